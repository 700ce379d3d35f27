#include "jit/codegen/heap_needs.h"

#include <algorithm>

#include "base/check.h"

namespace hj::codegen {

using core::Bif;
using core::InstrKind;
using core::TermKind;
using core::ValueType;

namespace {
constexpr uint32_t kFloatWords = 2;
constexpr uint32_t kConsWords = 2;
constexpr uint32_t kClosureHeadWords = 2;
// A check that would be repeated more often than this stays in front.
constexpr size_t kMaxChecks = 3;
}  // namespace

uint32_t packed_words(size_t arg_count) {
  return arg_count <= kPackedAt + 1 ? 0 : static_cast<uint32_t>(1 + arg_count - kPackedAt);
}

uint32_t entry_arity(const core::Function& function) {
  return function.arity <= kPackedAt + 1 ? function.arity : kPackedAt + 1;
}

ValueType type_of(const core::Module& module, const core::Function& function, core::Operand operand) {
  if (operand.is_value()) return function.value_types[operand.value().index];
  switch (module.literals[operand.literal().index].kind) {
    case core::LiteralKind::Integer: {
      const int64_t value = module.literals[operand.literal().index].integer;
      return rt::Term::fits_small(value) ? ValueType::SmallInteger : ValueType::Integer;
    }
    case core::LiteralKind::BigInteger: return ValueType::Integer;
    case core::LiteralKind::Float: return ValueType::Float;
    case core::LiteralKind::Atom: return ValueType::Atom;
    case core::LiteralKind::Nil: return ValueType::List;
    case core::LiteralKind::Cons: return ValueType::Cons;
    case core::LiteralKind::String: return ValueType::List;
    case core::LiteralKind::Tuple: return ValueType::Tuple;
    case core::LiteralKind::ExportFun: return ValueType::Fun;
  }
  HJ_UNREACHABLE("literal kind");
}

static bool may_be_number(ValueType type) {
  switch (type) {
    case ValueType::Any:
    case ValueType::SmallInteger:
    case ValueType::Integer:
    case ValueType::Float:
    case ValueType::Number: return true;
    case ValueType::Atom:
    case ValueType::Boolean:
    case ValueType::Cons:
    case ValueType::List:
    case ValueType::Tuple:
    case ValueType::Fun: return false;
  }
  HJ_UNREACHABLE("value type");
}

ArithmeticForm arithmetic_form(const core::Module& module, const core::Function& function, Bif bif,
                               std::span<const core::Operand> args) {
  if (bif != Bif::FloatDiv && bif != Bif::Add && bif != Bif::Sub && bif != Bif::Mul) return ArithmeticForm::Integer;
  auto is_possible = [&](core::Operand operand) { return may_be_number(type_of(module, function, operand)); };
  if (!std::all_of(args.begin(), args.end(), is_possible)) return ArithmeticForm::Integer;
  if (bif == Bif::FloatDiv) return ArithmeticForm::Float;
  auto is_float = [&](core::Operand operand) { return type_of(module, function, operand) == ValueType::Float; };
  return is_float(args[0]) || is_float(args[1]) ? ArithmeticForm::Float : ArithmeticForm::Integer;
}

uint32_t bif_words(const core::Module& module, const core::Function& function, Bif bif,
                   std::span<const core::Operand> args) {
  switch (bif) {
    case Bif::Add:
    case Bif::Sub:
    case Bif::Mul:
    case Bif::FloatDiv:
      return arithmetic_form(module, function, bif, args) == ArithmeticForm::Float ? kFloatWords : 0;
    default: return 0;
  }
}

uint32_t instr_words(const core::Module& module, const core::Function& function, const core::Instr& instr) {
  switch (instr.kind) {
    case InstrKind::Bif: return bif_words(module, function, instr.bif, instr.args);
    case InstrKind::Cons: return kConsWords;
    case InstrKind::Tuple: return static_cast<uint32_t>(1 + instr.args.size());
    case InstrKind::MakeFun: return static_cast<uint32_t>(kClosureHeadWords + instr.args.size());
    case InstrKind::Hd:
    case InstrKind::Tl:
    case InstrKind::TupleElement:
    case InstrKind::Call:
    case InstrKind::RecvAccept:
    case InstrKind::RecvReject:
    case InstrKind::BuildStacktrace: return 0;
  }
  HJ_UNREACHABLE("instruction kind {}", static_cast<int>(instr.kind));
}

uint32_t push_growth(const FunctionPlan& plan, FrameId found, FrameId frame) {
  const uint32_t before = found.valid() ? plan.frames[found.index].words : 0;
  const uint32_t after = plan.frames[frame.index].words;
  return after > before ? after - before : 0;
}

namespace {

class Needs {
 public:
  Needs(const core::Module& module, const core::Function& function, FunctionPlan& plan)
      : module_(module), function_(function), plan_(plan), need_of_(plan.nodes.size()), ways_in_(plan.nodes.size()) {}

  void run(EntryPlan& entry) {
    if (entry.is_wrapper) {
      entry.need = packed_words(function_.arity);
      return;
    }
    entry.needs.resize(entry.nodes.size());
    for (size_t i = entry.nodes.size(); i-- > 0;) {
      entry.needs[i] = need_of_[entry.nodes[i].index] = node_need(entry, plan_.nodes[entry.nodes[i].index]);
    }
    entry.need = entry.needs[0];
    place_checks(entry);
  }

 private:
  void place_checks(EntryPlan& entry);
  bool can_repeat(const Node& node) const;
  bool can_part_at(const EntryPlan& entry, const Node& node) const;

  uint32_t node_need(const EntryPlan& entry, const Node& node) {
    const core::Block& block = function_.block(node.block);
    uint32_t words = 0;
    for (uint32_t i = node.first; i < node.last; ++i) words += instr_words(module_, function_, block.instrs[i]);
    if (node.end == NodeEnd::Call) {
      return words + push_growth(plan_, entry.frame, node.frame) + call_words(block.instrs[node.last].target,
                                                                              block.instrs[node.last].args.size());
    }
    if (node.end == NodeEnd::Terminator) words += terminator_words(entry, node, block.term);
    uint32_t behind = 0;
    for (NodeId next : node.successors) behind = std::max(behind, edge_need(entry, next));
    return words + behind;
  }

  // A packed argument tuple.
  uint32_t call_words(const core::CallTarget& target, size_t arg_count) const {
    return target.kind == core::CallKind::Local ? packed_words(arg_count) : 0;
  }

  uint32_t terminator_words(const EntryPlan& entry, const Node& node, const core::Terminator& term) const {
    switch (term.kind) {
      case TermKind::TailCall: return call_words(term.target, term.args.size());
      case TermKind::TryCall: return push_growth(plan_, entry.frame, node.frame) + packed_words(term.args.size());
      case TermKind::TryBif: return bif_words(module_, function_, term.bif, term.args);
      default: return 0;
    }
  }

  uint32_t edge_need(const EntryPlan& entry, NodeId next) const {
    const EntryId root = plan_.nodes[next.index].entry;
    if (!root.valid()) return need_of_[next.index];
    const EntryPlan& target = plan_.entry(root);
    return target.jumped_to ? push_growth(plan_, entry.frame, target.frame) : 0;
  }

  const core::Module& module_;
  const core::Function& function_;
  FunctionPlan& plan_;
  std::vector<uint32_t> need_of_;   // by NodeId, within the entry at hand
  std::vector<uint32_t> ways_in_;   // the same
};

// Nothing but tests and loads: doing it again after a collection does no harm.
bool Needs::can_repeat(const Node& node) const {
  const core::Block& block = function_.block(node.block);
  for (uint32_t i = node.first; i < node.last; ++i) {
    const InstrKind kind = block.instrs[i].kind;
    if (kind != InstrKind::Hd && kind != InstrKind::Tl && kind != InstrKind::TupleElement) return false;
  }
  if (node.end != NodeEnd::Terminator) return false;
  switch (block.term.kind) {
    case TermKind::Branch:
    case TermKind::Switch:
    case TermKind::SwitchArity:
    case TermKind::Jump: return true;
    default: return false;
  }
}

// Whether a check in front of the node may as well stand in front of those behind it that need words.
bool Needs::can_part_at(const EntryPlan& entry, const Node& node) const {
  if (!can_repeat(node)) return false;
  return std::all_of(node.successors.begin(), node.successors.end(), [&](NodeId next) {
    const bool is_inside = !plan_.nodes[next.index].entry.valid();
    return is_inside ? ways_in_[next.index] == 1 : edge_need(entry, next) == 0;
  });
}

void Needs::place_checks(EntryPlan& entry) {
  entry.checks.assign(entry.nodes.size(), false);
  if (entry.need == 0) return;
  for (NodeId id : entry.nodes) ways_in_[id.index] = 0;
  for (NodeId id : entry.nodes) {
    for (NodeId next : plan_.nodes[id.index].successors) ++ways_in_[next.index];
  }
  // Downwards from the root: the nodes where checks stand, and whether some path escapes them.
  std::vector<NodeId> at;
  std::vector<NodeId> work{entry.root};
  bool is_useful = false;
  while (!work.empty() && at.size() <= kMaxChecks) {
    const NodeId id = work.back();
    work.pop_back();
    const Node& node = plan_.nodes[id.index];
    if (!can_part_at(entry, node)) {
      at.push_back(id);
      continue;
    }
    for (NodeId next : node.successors) {
      const bool is_inside = !plan_.nodes[next.index].entry.valid();
      if (is_inside && need_of_[next.index] > 0) {
        work.push_back(next);
      } else {
        is_useful = true;
      }
    }
  }
  if (!is_useful || at.size() > kMaxChecks) at = {entry.root};
  for (size_t i = 0; i < entry.nodes.size(); ++i) {
    entry.checks[i] = std::find(at.begin(), at.end(), entry.nodes[i]) != at.end();
  }
}

}  // namespace

void compute_needs(const core::Module& module, const core::Function& function, FunctionPlan& plan) {
  Needs needs(module, function, plan);
  for (EntryPlan& entry : plan.entries) needs.run(entry);
}

}  // namespace hj::codegen
