// Comprehensions for their effect: `[io:format("~p~n", [X]) || X <- L], ok`.
//
// When nobody wants the list, OTP does not build it: a generator's function ends in a tail call of itself instead of
// consing the element onto what the call returns. That saves the list and its stack, and stack traces show it: there is
// one frame of the comprehension, however many elements came before. So we do the same.
//
// The result of a generator's function is wanted when some call of it is used, except for uses that only carry it into
// the result of another generator's function: the element or the rest of a list that is returned, or a tail call.
#include "frontend/opt/passes.h"

namespace hj::opt {

using core::Block;
using core::CallKind;
using core::CallTarget;
using core::Function;
using core::FunctionKind;
using core::Instr;
using core::InstrKind;
using core::Module;
using core::Operand;
using core::TermKind;

namespace {

class UnusedComprehensions {
 public:
  explicit UnusedComprehensions(Module& module)
      : m_(module), wanted_(module.functions.size()), carried_by_(module.functions.size()) {}
  void run();

 private:
  bool is_generator(const CallTarget& target) const {
    return target.kind == CallKind::Local && m_.functions[target.function.index].kind == FunctionKind::Comprehension;
  }
  void collect(uint32_t function);
  void want(uint32_t function);
  void cut(Function& f) const;

  Module& m_;
  std::vector<bool> wanted_;
  // By function: generators' functions whose results go into its result.
  std::vector<std::vector<uint32_t>> carried_by_;
};

// How often each value is used, and by which returned cons cell alone.
struct Uses {
  std::vector<uint32_t> count;
  std::vector<bool> only_in_returned_cons;
};

Uses count_uses(const Function& f) {
  Uses uses{std::vector<uint32_t>(f.value_types.size()), std::vector<bool>(f.value_types.size())};
  auto count = [&](const std::vector<Operand>& operands) {
    for (Operand operand : operands) {
      if (operand.is_value()) ++uses.count[operand.value().index];
    }
  };
  for (const Block& block : f.blocks) {
    for (const Instr& instr : block.instrs) count(instr.args);
    count(block.term.args);
    for (const core::Edge& edge : block.term.edges) count(edge.args);
  }
  for (const Block& block : f.blocks) {
    if (block.term.kind != TermKind::Return || block.instrs.empty()) continue;
    const Instr& last = block.instrs.back();
    if (last.kind != InstrKind::Cons || block.term.args[0] != Operand(last.result)) continue;
    for (Operand part : last.args) {
      if (part.is_value() && uses.count[part.value().index] == 1) uses.only_in_returned_cons[part.value().index] = true;
    }
  }
  return uses;
}

void UnusedComprehensions::want(uint32_t function) {
  std::vector<uint32_t> pending{function};
  while (!pending.empty()) {
    uint32_t f = pending.back();
    pending.pop_back();
    if (wanted_[f]) continue;
    wanted_[f] = true;
    pending.insert(pending.end(), carried_by_[f].begin(), carried_by_[f].end());
  }
}

// Generators whose results go into f's result are remembered; other uses make them wanted at once.
void UnusedComprehensions::collect(uint32_t function) {
  const Function& f = m_.functions[function];
  bool generator = f.kind == FunctionKind::Comprehension;
  bool any = false;
  for (const Block& block : f.blocks) {
    any = any || (block.term.kind == TermKind::TailCall && is_generator(block.term.target));
    for (const Instr& instr : block.instrs) any = any || (instr.kind == InstrKind::Call && is_generator(instr.target));
  }
  if (!any) return;
  Uses uses = count_uses(f);
  auto use = [&](const CallTarget& target, bool carried) {
    if (carried && generator) {
      carried_by_[function].push_back(target.function.index);
      if (wanted_[function]) want(target.function.index);
    } else {
      want(target.function.index);
    }
  };
  for (const Block& block : f.blocks) {
    for (const Instr& instr : block.instrs) {
      if (instr.kind != InstrKind::Call || !is_generator(instr.target)) continue;
      if (uses.count[instr.result.index] == 0) continue;
      use(instr.target, uses.only_in_returned_cons[instr.result.index]);
    }
    if (block.term.kind == TermKind::TailCall && is_generator(block.term.target)) use(block.term.target, true);
  }
}

// call self; cons; return  becomes  tailcall self.
void UnusedComprehensions::cut(Function& f) const {
  for (Block& block : f.blocks) {
    if (block.term.kind != TermKind::Return || block.instrs.size() < 2) continue;
    Instr& last = block.instrs.back();
    Instr& call = block.instrs[block.instrs.size() - 2];
    if (last.kind != InstrKind::Cons || block.term.args[0] != Operand(last.result)) continue;
    if (call.kind != InstrKind::Call || !is_generator(call.target) || last.args[1] != Operand(call.result)) continue;
    block.term = {.kind = TermKind::TailCall, .target = call.target, .args = std::move(call.args), .site = call.site};
    block.instrs.resize(block.instrs.size() - 2);
  }
}

void UnusedComprehensions::run() {
  for (uint32_t i = 0; i < m_.functions.size(); ++i) collect(i);
  for (uint32_t i = 0; i < m_.functions.size(); ++i) {
    if (m_.functions[i].kind == FunctionKind::Comprehension && !wanted_[i]) cut(m_.functions[i]);
  }
}

}  // namespace

void drop_unused_lists(Module& module) { UnusedComprehensions(module).run(); }

}  // namespace hj::opt
