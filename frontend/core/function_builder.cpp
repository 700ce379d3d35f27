#include "frontend/core/function_builder.h"

#include <algorithm>

#include "base/check.h"

namespace hj::core {

FunctionBuilder::FunctionBuilder(Module& module, FunctionId id, TailCalls tail_calls)
    : module_(module), id_(id), tail_calls_(tail_calls), f_(std::move(module.functions[id.index])) {
  BlockId entry = new_block(f_.arity);
  set(entry);
  // Others ask for it while it is being written: its name, arity and kind stay readable.
  Function& kept = module_.functions[id.index];
  kept.name = f_.name;
  kept.arity = f_.arity;
  kept.kind = f_.kind;
  kept.free_count = f_.free_count;
  kept.trace_as = f_.trace_as;
  kept.site = f_.site;
}

void FunctionBuilder::finish() {
  HJ_CHECK(!is_open(), "B1: function {} has an open block", f_.name);
  renumber_blocks(f_);
  module_.functions[id_.index] = std::move(f_);
}

// -- blocks

BlockId FunctionBuilder::new_block() { return f_.new_block(); }

BlockId FunctionBuilder::new_block(size_t param_count) {
  BlockId block = f_.new_block();
  for (size_t i = 0; i < param_count; ++i) add_param(block);
  return block;
}

ValueId FunctionBuilder::add_param(BlockId block) {
  ValueId value = f_.new_value();
  f_.block(block).params.push_back(value);
  return value;
}

void FunctionBuilder::set(BlockId block) {
  HJ_DCHECK(!is_open(), "B1: a block is left open");
  current_ = block;
}

BlockId FunctionBuilder::leave() {
  BlockId block = is_open() ? current_ : new_block();
  current_ = BlockId{};
  return block;
}

ValueId FunctionBuilder::add(Instr instr) {
  if (!is_open()) current_ = new_block();
  ValueId result = instr.result;
  f_.block(current_).instrs.push_back(std::move(instr));
  return result;
}

ValueId FunctionBuilder::add_result(Instr instr) {
  instr.result = f_.new_value();
  return add(std::move(instr));
}

void FunctionBuilder::close(Terminator term) {
  if (!is_open()) current_ = new_block();
  f_.block(current_).term = std::move(term);
  current_ = BlockId{};
}

// -- instructions

ValueId FunctionBuilder::bif(Bif bif, Operands args, SiteId site) {
  return add_result({.kind = InstrKind::Bif, .bif = bif, .args = std::move(args), .site = site});
}
ValueId FunctionBuilder::cons(Operand head, Operand tail) {
  return add_result({.kind = InstrKind::Cons, .args = {head, tail}});
}
ValueId FunctionBuilder::tuple(Operands elements) {
  return add_result({.kind = InstrKind::Tuple, .args = std::move(elements)});
}
ValueId FunctionBuilder::hd(Operand list) { return add_result({.kind = InstrKind::Hd, .args = {list}}); }
ValueId FunctionBuilder::tl(Operand list) { return add_result({.kind = InstrKind::Tl, .args = {list}}); }
ValueId FunctionBuilder::element(Operand tuple, uint32_t index) {
  return add_result({.kind = InstrKind::TupleElement, .index = index, .args = {tuple}});
}
ValueId FunctionBuilder::make_fun(FunctionId function, Operands free) {
  return add_result({.kind = InstrKind::MakeFun, .function = function, .args = std::move(free)});
}
ValueId FunctionBuilder::call(CallTarget target, Operands args, SiteId site) {
  return add_result({.kind = InstrKind::Call, .target = target, .args = std::move(args), .site = site});
}
ValueId FunctionBuilder::build_stacktrace(Operand trace) {
  return add_result({.kind = InstrKind::BuildStacktrace, .args = {trace}});
}

// -- terminators

void FunctionBuilder::ret(Operand value) { close({.kind = TermKind::Return, .args = {value}}); }

void FunctionBuilder::tail_call(CallTarget target, Operands args, SiteId site) {
  if (tail_calls_ == TailCalls::Forbidden) return ret(call(target, std::move(args), site));
  close({.kind = TermKind::TailCall, .target = target, .args = std::move(args), .site = site});
}

void FunctionBuilder::jump(BlockId target, Operands args) {
  close({.kind = TermKind::Jump, .edges = {{target, std::move(args)}}});
}

void FunctionBuilder::branch(TestKind test, Operands args, BlockId yes, BlockId no, uint32_t index) {
  close({.kind = TermKind::Branch, .test = test, .index = index, .args = std::move(args), .edges = {{yes}, {no}}});
}

static std::vector<Edge> edges_to(std::span<const BlockId> targets, BlockId otherwise) {
  std::vector<Edge> edges;
  edges.reserve(targets.size() + 1);
  for (BlockId target : targets) edges.push_back({target});
  edges.push_back({otherwise});
  return edges;
}

void FunctionBuilder::switch_on(Operand subject, std::vector<LiteralId> cases, std::span<const BlockId> targets,
                                BlockId otherwise) {
  close(
      {.kind = TermKind::Switch, .args = {subject}, .cases = std::move(cases), .edges = edges_to(targets, otherwise)});
}

void FunctionBuilder::switch_arity(Operand tuple, std::vector<uint32_t> arities, std::span<const BlockId> targets,
                                   BlockId otherwise) {
  close({.kind = TermKind::SwitchArity,
         .args = {tuple},
         .arities = std::move(arities),
         .edges = edges_to(targets, otherwise)});
}

ValueId FunctionBuilder::try_bif(Bif bif, Operands args, BlockId fail) {
  BlockId next = new_block();
  ValueId result = f_.new_value();
  close({.kind = TermKind::TryBif, .bif = bif, .args = std::move(args), .edges = {{next}, {fail}}, .result = result});
  set(next);
  return result;
}

ValueId FunctionBuilder::try_call(FunctionId body, Operands args, BlockId normal, BlockId handler) {
  ValueId result = f_.new_value();
  close({.kind = TermKind::TryCall,
         .target = local_call(body),
         .args = std::move(args),
         .edges = {{normal}, {handler}},
         .result = result});
  return result;
}

void FunctionBuilder::raise(ErrorKind error, Operands args, SiteId site) {
  close({.kind = TermKind::RaiseError, .error = error, .args = std::move(args), .site = site});
}

void FunctionBuilder::reraise(Operand error_class, Operand reason, Operand trace, SiteId site) {
  close({.kind = TermKind::Reraise, .args = {error_class, reason, trace}, .site = site});
}

ValueId FunctionBuilder::recv_next(BlockId message, BlockId none) {
  ValueId result = f_.new_value();
  close({.kind = TermKind::RecvNext, .edges = {{message}, {none}}, .result = result});
  return result;
}

void FunctionBuilder::recv_wait(BlockId next) { close({.kind = TermKind::RecvWait, .edges = {{next}}}); }

void FunctionBuilder::recv_wait_timeout(Operand timeout, BlockId next, BlockId timed_out, SiteId site) {
  close({.kind = TermKind::RecvWaitTimeout, .args = {timeout}, .edges = {{next}, {timed_out}}, .site = site});
}

// -- order of blocks

void renumber_blocks(Function& f) {
  enum : uint32_t { kUnseen = UINT32_MAX };
  std::vector<uint32_t> number(f.blocks.size(), kUnseen);
  std::vector<uint32_t> order;
  // Edges are visited last first, so that the first edge's block comes first in the reversed order: the likely path of
  // a branch follows it, and a dump reads like the source.
  std::vector<std::pair<uint32_t, size_t>> stack{{0, f.blocks[0].term.edges.size()}};
  number[0] = 0;
  while (!stack.empty()) {
    auto& [block, edges_left] = stack.back();
    if (edges_left == 0) {
      order.push_back(block);
      stack.pop_back();
      continue;
    }
    uint32_t target = f.blocks[block].term.edges[--edges_left].target.index;
    if (number[target] != kUnseen) continue;
    number[target] = 0;
    stack.emplace_back(target, f.blocks[target].term.edges.size());
  }
  std::reverse(order.begin(), order.end());
  for (uint32_t i = 0; i < order.size(); ++i) number[order[i]] = i;
  std::vector<Block> blocks;
  blocks.reserve(order.size());
  for (uint32_t old : order) {
    Block& block = blocks.emplace_back(std::move(f.blocks[old]));
    for (Edge& edge : block.term.edges) edge.target = BlockId{number[edge.target.index]};
  }
  f.blocks = std::move(blocks);
}

}  // namespace hj::core
