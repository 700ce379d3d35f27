// Inlining of small functions that neither call nor raise: `is_foo({foo, _}) -> true; is_foo(_) -> false.` Legal
// because a local call can never leave its version, and invisible because nothing in such a function can appear in a
// stack trace.
//
// Such a function has no calls in it, so one pass over all callers inlines everything there is; a second one catches
// what became small by the first.
//
// And, for the same reasons, the leaf clauses of tree recursion: `fib(N) when N < 2 -> N` is tried in the place of each
// fib(N - 1) that fib/1 makes, and only when another clause is to be taken is there a call. At least half of all calls
// of a function that calls itself twice end in its leaves.
#include <algorithm>

#include "frontend/core/core_names.h"
#include "frontend/opt/passes.h"

namespace hj::opt {

using core::Block;
using core::BlockId;
using core::CallKind;
using core::Edge;
using core::Function;
using core::FunctionId;
using core::FunctionKind;
using core::Instr;
using core::InstrKind;
using core::Module;
using core::Operand;
using core::Terminator;
using core::TermKind;
using core::ValueId;

static constexpr size_t kMaxBlocks = 6;
static constexpr size_t kMaxInstrs = 12;
// A function grows to at most this many times its size, and a little.
static constexpr size_t kMaxGrowth = 2;
static constexpr size_t kFreeGrowth = 100;
static constexpr int kPasses = 2;
// What may stand in front of a leaf.
static constexpr size_t kMaxLeafBlocks = 4;
static constexpr size_t kMaxLeafInstrs = 4;

static bool is_quiet(const Instr& instr) {
  switch (instr.kind) {
    case InstrKind::Bif:
      return core::bif_is_total(instr.bif);
    case InstrKind::Cons:
    case InstrKind::Tuple:
    case InstrKind::Hd:
    case InstrKind::Tl:
    case InstrKind::TupleElement:
    case InstrKind::MakeFun:
      return true;
    default:
      return false;
  }
}

static bool is_quiet(const Terminator& t) {
  switch (t.kind) {
    case TermKind::Return:
    case TermKind::Jump:
    case TermKind::Branch:
    case TermKind::Switch:
    case TermKind::SwitchArity:
    case TermKind::TryBif:
      return true;
    default:
      return false;
  }
}

static bool is_inlinable(const Function& f) {
  if (f.kind == FunctionKind::TryBody || f.blocks.size() > kMaxBlocks) return false;
  size_t instrs = 0;
  for (const Block& block : f.blocks) {
    instrs += block.instrs.size();
    if (!is_quiet(block.term)) return false;
    for (const Instr& instr : block.instrs) {
      if (!is_quiet(instr)) return false;
    }
  }
  return instrs <= kMaxInstrs;
}

// By block: what is tried in the place of a call. All but returns must be worth doing in vain.
static std::vector<bool> leaf_region(const Function& f) {
  std::vector<bool> region(f.blocks.size());
  std::vector<uint32_t> pending{0};
  size_t blocks = 0;
  bool returns = false;
  while (!pending.empty()) {
    const uint32_t b = pending.back();
    pending.pop_back();
    const Block& block = f.blocks[b];
    const bool is_return = block.term.kind == TermKind::Return;
    const bool is_test = block.term.kind == TermKind::Branch || block.term.kind == TermKind::Switch;
    const bool fits = blocks < kMaxLeafBlocks && block.instrs.size() <= (is_return ? kMaxLeafInstrs : 0);
    if (region[b] || !fits || !(is_return || is_test)) continue;
    if (!std::all_of(block.instrs.begin(), block.instrs.end(), [](const Instr& i) { return is_quiet(i); })) continue;
    region[b] = true;
    ++blocks;
    returns = returns || is_return;
    for (const Edge& edge : block.term.edges) pending.push_back(edge.target.index);
  }
  return returns ? region : std::vector<bool>{};
}

static bool is_call_of(FunctionId f, const core::CallTarget& target) {
  return target.kind == CallKind::Local && target.function == f;
}

// Whether f calls itself more than once, and not only in tail position.
static bool is_tree_recursive(const Module& module, FunctionId f) {
  size_t calls = 0;
  size_t tail_calls = 0;
  for (const Block& block : module.functions[f.index].blocks) {
    for (const Instr& instr : block.instrs) {
      if (instr.kind == InstrKind::Call && is_call_of(f, instr.target)) ++calls;
    }
    if (block.term.kind == TermKind::TailCall && is_call_of(f, block.term.target)) ++tail_calls;
  }
  return calls >= 1 && calls + tail_calls >= 2;
}

namespace {

class Inliner {
 public:
  Inliner(Module& module, const std::vector<bool>& inlinable, FunctionId caller)
      : module_(module), inlinable_(inlinable), f_(module.functions[caller.index]), caller_(caller) {}
  bool run();
  // Tries the leaves in front of the function's calls of itself.
  void inline_leaves(const std::vector<bool>& region);

 private:
  bool wanted(const core::CallTarget& target) const {
    return target.kind == CallKind::Local && target.function != caller_ && inlinable_[target.function.index];
  }
  // Cuts `block` in front of the instruction; what stands behind it becomes a block whose parameter is its result.
  BlockId split(uint32_t block, size_t instr);
  void inline_call(uint32_t block, size_t instr);
  void inline_tail_call(uint32_t block);
  // Which blocks of the callee are copied (empty: all), and where edges out of them lead.
  struct Region {
    std::vector<bool> blocks;
    BlockId otherwise;
  };
  // Continues `block` with a copy of the function; returns lead to `rest`, or return.
  void copy(const Function& callee, const std::vector<Operand>& args, uint32_t block, BlockId rest, const Region& region);

  Module& module_;
  const std::vector<bool>& inlinable_;
  Function& f_;
  FunctionId caller_;
};

void Inliner::copy(const Function& callee, const std::vector<Operand>& args, uint32_t block, BlockId rest,
                   const Region& region) {
  auto is_copied = [&](size_t i) { return region.blocks.empty() || region.blocks[i]; };
  std::vector<Operand> values(callee.value_types.size());
  auto define = [&](ValueId old) {
    ValueId fresh = f_.new_value(callee.value_types[old.index]);
    values[old.index] = fresh;
    return fresh;
  };
  auto map = [&](const std::vector<Operand>& operands) {
    std::vector<Operand> mapped;
    for (Operand operand : operands) mapped.push_back(operand.is_literal() ? operand : values[operand.value().index]);
    return mapped;
  };
  for (size_t i = 0; i < args.size(); ++i) values[callee.blocks[0].params[i].index] = args[i];
  std::vector<uint32_t> blocks{block};
  for (size_t i = 1; i < callee.blocks.size(); ++i) {
    blocks.push_back(is_copied(i) ? f_.new_block().index : region.otherwise.index);
  }
  // Definitions first: a use may stand in an earlier block of the list than its definition.
  for (size_t i = 0; i < callee.blocks.size(); ++i) {
    if (!is_copied(i)) continue;
    if (i > 0) {
      for (ValueId param : callee.blocks[i].params) f_.blocks[blocks[i]].params.push_back(define(param));
    }
    for (const Instr& instr : callee.blocks[i].instrs) define(instr.result);
    if (callee.blocks[i].term.result.valid()) define(callee.blocks[i].term.result);
  }
  for (size_t i = 0; i < callee.blocks.size(); ++i) {
    if (!is_copied(i)) continue;
    Block& to = f_.blocks[blocks[i]];
    for (Instr instr : callee.blocks[i].instrs) {
      instr.args = map(instr.args);
      instr.result = values[instr.result.index].value();
      to.instrs.push_back(std::move(instr));
    }
    Terminator term = callee.blocks[i].term;
    term.args = map(term.args);
    if (term.result.valid()) term.result = values[term.result.index].value();
    for (Edge& edge : term.edges) {
      const bool leaves = !is_copied(edge.target.index);
      edge.target = BlockId{blocks[edge.target.index]};
      edge.args = leaves ? std::vector<Operand>{} : map(edge.args);
    }
    if (term.kind == TermKind::Return && rest.valid()) {
      term = Terminator{.kind = TermKind::Jump, .edges = {{rest, std::move(term.args)}}};
    }
    to.term = std::move(term);
  }
}

BlockId Inliner::split(uint32_t block, size_t at) {
  BlockId rest = f_.new_block();
  Block& from = f_.blocks[block];
  Block& to = f_.block(rest);
  to.params = {from.instrs[at].result};
  auto next = from.instrs.begin() + static_cast<ptrdiff_t>(at) + 1;
  to.instrs.assign(std::make_move_iterator(next), std::make_move_iterator(from.instrs.end()));
  to.term = std::move(from.term);
  from.instrs.resize(at);
  return rest;
}

void Inliner::inline_call(uint32_t block, size_t at) {
  const Instr call = f_.blocks[block].instrs[at];
  const BlockId rest = split(block, at);
  copy(module_.functions[call.target.function.index], call.args, block, rest, {});
}

void Inliner::inline_leaves(const std::vector<bool>& region) {
  const Function callee = f_;
  // Blocks that are added, with what stood behind a call, are visited too; but not the calls added.
  std::vector<bool> is_added_call(f_.blocks.size());
  for (uint32_t b = 0; b < f_.blocks.size(); ++b) {
    if (b < is_added_call.size() && is_added_call[b]) continue;
    for (size_t i = 0; i < f_.blocks[b].instrs.size(); ++i) {
      const Instr& instr = f_.blocks[b].instrs[i];
      if (instr.kind != InstrKind::Call || !is_call_of(caller_, instr.target)) continue;
      Instr call = instr;
      const BlockId rest = split(b, i);
      const BlockId otherwise = f_.new_block();
      copy(callee, call.args, b, rest, {region, otherwise});
      call.result = f_.new_value(f_.value_types[call.result.index]);
      f_.block(otherwise).term = Terminator{.kind = TermKind::Jump, .edges = {{rest, {call.result}}}};
      f_.block(otherwise).instrs.push_back(std::move(call));
      is_added_call.resize(f_.blocks.size());
      is_added_call[otherwise.index] = true;
      break;
    }
  }
}

void Inliner::inline_tail_call(uint32_t block) {
  Terminator call = std::move(f_.blocks[block].term);
  copy(module_.functions[call.target.function.index], call.args, block, BlockId{}, {});
}

bool Inliner::run() {
  size_t size = 0;
  for (const Block& block : f_.blocks) size += 1 + block.instrs.size();
  size_t limit = size * kMaxGrowth + kFreeGrowth;
  bool any = false;
  // Blocks that are added, with what stood behind a call, are visited too.
  for (uint32_t b = 0; b < f_.blocks.size() && size < limit; ++b) {
    for (size_t i = 0; i < f_.blocks[b].instrs.size(); ++i) {
      const Instr& instr = f_.blocks[b].instrs[i];
      if (instr.kind != InstrKind::Call || !wanted(instr.target)) continue;
      size += kMaxInstrs;
      inline_call(b, i);
      any = true;
      break;
    }
    if (f_.blocks[b].term.kind == TermKind::TailCall && wanted(f_.blocks[b].term.target)) {
      size += kMaxInstrs;
      inline_tail_call(b);
      any = true;
    }
  }
  return any;
}

}  // namespace

std::vector<FunctionId> inline_small_functions(Module& module) {
  std::vector<bool> changed(module.functions.size());
  for (int pass = 0; pass < kPasses; ++pass) {
    std::vector<bool> inlinable(module.functions.size());
    bool any = false;
    for (size_t i = 0; i < inlinable.size(); ++i) {
      inlinable[i] = is_inlinable(module.functions[i]);
      any = any || inlinable[i];
    }
    if (!any) break;
    for (uint32_t i = 0; i < inlinable.size(); ++i) {
      if (!inlinable[i] && Inliner(module, inlinable, FunctionId{i}).run()) changed[i] = true;
    }
  }
  const std::vector<bool> nothing(module.functions.size());
  for (uint32_t i = 0; i < changed.size(); ++i) {
    const FunctionId id{i};
    if (!is_tree_recursive(module, id)) continue;
    const std::vector<bool> region = leaf_region(module.functions[i]);
    if (region.empty()) continue;
    Inliner(module, nothing, id).inline_leaves(region);
    changed[i] = true;
  }
  std::vector<FunctionId> result;
  for (uint32_t i = 0; i < changed.size(); ++i) {
    if (changed[i]) result.push_back(FunctionId{i});
  }
  return result;
}

}  // namespace hj::opt
