// Liveness from the roots: what has an effect, what control depends on. A parameter is wanted when something wanted
// uses it; then every edge's argument for it is.
#include "frontend/core/core_names.h"
#include "frontend/core/function_builder.h"
#include "frontend/opt/passes.h"

namespace hj::opt {

using core::Block;
using core::Edge;
using core::Function;
using core::Instr;
using core::InstrKind;
using core::Operand;
using core::TermKind;
using core::ValueId;

static bool has_effect(const Instr& instr) {
  switch (instr.kind) {
    case InstrKind::Bif:
      return !core::bif_is_total(instr.bif);
    case InstrKind::Call:
    case InstrKind::RecvAccept:
    case InstrKind::RecvReject:
      return true;
    default:
      return false;
  }
}

namespace {

class DeadCode {
 public:
  explicit DeadCode(Function& function)
      : f_(function),
        wanted_(function.value_types.size()),
        makers_(function.value_types.size()),
        param_of_(function.value_types.size()),
        incoming_(function.blocks.size()) {}
  void run();

 private:
  void want(Operand operand);
  void want_all(const std::vector<Operand>& operands) {
    for (Operand operand : operands) want(operand);
  }
  void index();
  void roots();
  void propagate();
  void sweep();

  Function& f_;
  std::vector<bool> wanted_;
  std::vector<const Instr*> makers_;
  std::vector<std::pair<uint32_t, uint32_t>> param_of_;                  // block + 1, index
  std::vector<std::vector<std::pair<const Edge*, uint32_t>>> incoming_;  // edge, parameters in front of its arguments
  std::vector<ValueId> pending_;
};

void DeadCode::want(Operand operand) {
  if (operand.is_literal() || wanted_[operand.value().index]) return;
  wanted_[operand.value().index] = true;
  pending_.push_back(operand.value());
}

void DeadCode::index() {
  for (uint32_t b = 0; b < f_.blocks.size(); ++b) {
    const Block& block = f_.blocks[b];
    for (uint32_t i = 0; i < block.params.size(); ++i) param_of_[block.params[i].index] = {b + 1, i};
    for (const Instr& instr : block.instrs) {
      if (instr.result.valid()) makers_[instr.result.index] = &instr;
    }
    for (size_t e = 0; e < block.term.edges.size(); ++e) {
      uint32_t in_front = block.term.kind == TermKind::TryCall && e == 1 ? 3 : 0;
      incoming_[block.term.edges[e].target.index].emplace_back(&block.term.edges[e], in_front);
    }
  }
}

void DeadCode::roots() {
  for (const Block& block : f_.blocks) {
    for (const Instr& instr : block.instrs) {
      if (has_effect(instr)) want_all(instr.args);
    }
    want_all(block.term.args);
  }
  for (ValueId param : f_.blocks[0].params) want(param);
  // A handler keeps its first three, whatever is done with them.
  for (const Block& block : f_.blocks) {
    if (block.term.kind != TermKind::TryCall) continue;
    const Block& handler = f_.block(block.term.edges[1].target);
    for (size_t i = 0; i < 3; ++i) want(handler.params[i]);
  }
}

void DeadCode::propagate() {
  while (!pending_.empty()) {
    ValueId value = pending_.back();
    pending_.pop_back();
    if (const Instr* maker = makers_[value.index]) want_all(maker->args);
    auto [block, index] = param_of_[value.index];
    if (block == 0) continue;
    for (auto [edge, in_front] : incoming_[block - 1]) {
      if (index >= in_front) want(edge->args[index - in_front]);
    }
  }
}

void DeadCode::sweep() {
  for (Block& block : f_.blocks) {
    std::erase_if(block.instrs, [&](const Instr& instr) {
      return !has_effect(instr) && instr.result.valid() && !wanted_[instr.result.index];
    });
    for (size_t e = 0; e < block.term.edges.size(); ++e) {
      Edge& edge = block.term.edges[e];
      size_t in_front = block.term.kind == TermKind::TryCall && e == 1 ? 3 : 0;
      const auto& params = f_.block(edge.target).params;
      size_t kept = 0;
      for (size_t i = 0; i < edge.args.size(); ++i) {
        if (wanted_[params[i + in_front].index]) edge.args[kept++] = edge.args[i];
      }
      edge.args.resize(kept);
    }
  }
  for (Block& block : f_.blocks) {
    std::erase_if(block.params, [&](ValueId param) { return !wanted_[param.index]; });
  }
}

void DeadCode::run() {
  index();
  roots();
  propagate();
  sweep();
}

}  // namespace

void remove_dead_code(Function& function) {
  core::renumber_blocks(function);
  DeadCode(function).run();
}

}  // namespace hj::opt
