// Checks the invariants that core.h numbers. Runs after each phase in debug builds and on everything tests produce, so
// it is written for modules of any size: one pass per property, dominators by the iterative algorithm over reverse
// postorder.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "frontend/core/core.h"
#include "frontend/core/core_names.h"
#include "frontend/core/dominators.h"

namespace hj::core {

namespace {

// The shape a terminator must have. Arguments or edges that vary are checked where the kind is.
struct TermShape {
  int args;   // -1: any number
  int edges;  // -1: any number
};

TermShape term_shape(TermKind kind) {
  switch (kind) {
    case TermKind::Return:
      return {1, 0};
    case TermKind::TailCall:
      return {-1, 0};
    case TermKind::Jump:
      return {0, 1};
    case TermKind::Branch:
      return {-1, 2};
    case TermKind::Switch:
      return {1, -1};
    case TermKind::SwitchArity:
      return {1, -1};
    case TermKind::TryBif:
      return {-1, 2};
    case TermKind::TryCall:
      return {-1, 2};
    case TermKind::RaiseError:
      return {-1, 0};
    case TermKind::Reraise:
      return {3, 0};
    case TermKind::RecvNext:
      return {0, 2};
    case TermKind::RecvWait:
      return {0, 1};
    case TermKind::RecvWaitTimeout:
      return {1, 2};
    case TermKind::Unreachable:
      return {0, 0};
  }
  return {0, 0};
}

enum class Current : uint8_t { Unknown, No, Yes, Mixed };

class FunctionVerifier {
 public:
  FunctionVerifier(const Module& module, FunctionId id)
      : module_(module), f_(module.functions[id.index]), id_(id), current_(f_.blocks.size()) {}

  // Empty when all is well.
  std::string run();

 private:
  std::string broken(uint32_t block, std::string text) const {
    return fmt::format("{}/{} b{}: {}", f_.name, f_.arity, block, text);
  }
  void shape();
  void instr_shape(uint32_t block, const Instr& instr);
  void term_arguments(uint32_t block, const Terminator& term);
  void call_shape(uint32_t block, const CallTarget& target, size_t arg_count, bool try_call);
  void ids(uint32_t block, const std::vector<Operand>& args);
  void site(uint32_t block, SiteId id);
  void reverse_postorder();
  void cycles();
  void definitions();
  void define(ValueId value, uint32_t block, uint32_t position);
  void uses();
  void use(Operand operand, uint32_t block, uint32_t position);
  void messages();
  Current through(uint32_t block, Current state);
  void error(uint32_t block, std::string text) {
    if (message_.empty()) message_ = broken(block, std::move(text));
  }

  const Module& module_;
  const Function& f_;
  FunctionId id_;
  std::string message_;
  std::vector<uint32_t> order_;  // reachable blocks, reverse postorder
  std::vector<uint32_t> rank_;   // position in order_, or UINT32_MAX
  std::optional<Dominators> dominators_;
  std::vector<uint32_t> edges_into_;                    // counts of edges, not of blocks
  std::vector<std::pair<uint32_t, uint32_t>> defined_;  // by value: block and position
  std::vector<Current> current_;
};

// Positions inside a block: parameters 0, instruction i at i + 1, the terminator after them. A terminator's result is
// visible from the position kOnEdge of its block, which only edges[0]'s arguments have.
constexpr uint32_t kOnEdge = UINT32_MAX - 1;
constexpr uint32_t kUndefined = UINT32_MAX;

std::string FunctionVerifier::run() {
  if (f_.blocks.empty()) return fmt::format("{}/{}: C1: no blocks", f_.name, f_.arity);
  shape();
  if (message_.empty()) reverse_postorder();
  if (message_.empty()) cycles();
  if (message_.empty()) dominators_.emplace(f_, order_, rank_);
  if (message_.empty()) definitions();
  if (message_.empty()) uses();
  if (message_.empty()) messages();
  return message_;
}

void FunctionVerifier::site(uint32_t block, SiteId id) {
  for (uint32_t steps = 0; id.valid(); id = module_.sites[id.index].inlined_at) {
    if (id.index >= module_.sites.size() || ++steps > module_.sites.size()) return error(block, "C6: bad site");
    const Site& s = module_.sites[id.index];
    if (s.file >= module_.files.size() && s.line != 0) return error(block, "C6: a site's file is out of range");
    if (s.function.valid() && s.function.index >= module_.functions.size())
      return error(block, "C6: a site's function");
  }
}

void FunctionVerifier::ids(uint32_t block, const std::vector<Operand>& args) {
  for (Operand arg : args) {
    bool ok =
        arg.is_literal() ? arg.literal().index < module_.literals.size() : arg.value().index < f_.value_types.size();
    if (!ok) return error(block, "C6: an operand is out of range");
  }
}

void FunctionVerifier::call_shape(uint32_t block, const CallTarget& target, size_t arg_count, bool try_call) {
  auto is_atom = [&](LiteralId id) {
    return id.index < module_.literals.size() && module_.literals[id.index].kind == LiteralKind::Atom;
  };
  switch (target.kind) {
    case CallKind::Local: {
      if (target.function.index >= module_.functions.size()) return error(block, "C6: call of no function");
      const Function& callee = module_.functions[target.function.index];
      if (callee.arity != arg_count)
        return error(block, fmt::format("call of {}/{} with {} arguments", callee.name, callee.arity, arg_count));
      if ((callee.kind == FunctionKind::TryBody) != try_call) return error(block, "C6: a TryBody is for TryCall only");
      break;
    }
    case CallKind::Remote:
      if (!is_atom(target.module) || !is_atom(target.name)) error(block, "C6: a remote call's names are atoms");
      break;
    case CallKind::Dynamic:
      if (arg_count < 2) error(block, "a dynamic call has a module and a function");
      break;
    case CallKind::Fun:
      if (arg_count < 1) error(block, "a fun call has a fun");
      break;
  }
}

void FunctionVerifier::instr_shape(uint32_t block, const Instr& i) {
  ids(block, i.args);
  site(block, i.site);
  bool has_result = i.kind != InstrKind::RecvAccept && i.kind != InstrKind::RecvReject;
  if (i.result.valid() != has_result) return error(block, "C2: result of an instruction");
  size_t expected = i.args.size();
  switch (i.kind) {
    case InstrKind::Bif:
      expected = bif_info(i.bif).arity;
      break;
    case InstrKind::Cons:
      expected = 2;
      break;
    case InstrKind::Tuple:
      break;
    case InstrKind::Hd:
    case InstrKind::Tl:
    case InstrKind::TupleElement:
    case InstrKind::BuildStacktrace:
      expected = 1;
      break;
    case InstrKind::MakeFun: {
      if (i.function.index >= module_.functions.size()) return error(block, "C6: fun of no function");
      const Function& lambda = module_.functions[i.function.index];
      bool named = lambda.kind == FunctionKind::Named;
      if (lambda.kind != FunctionKind::Lambda && !named)
        return error(block, "C6: a fun is made of a lambda or function");
      expected = named ? 0 : lambda.free_count;
      break;
    }
    case InstrKind::Call:
      call_shape(block, i.target, i.args.size(), false);
      break;
    case InstrKind::RecvAccept:
    case InstrKind::RecvReject:
      expected = 0;
      break;
  }
  if (i.args.size() != expected)
    error(block, fmt::format("instruction with {} arguments for {}", i.args.size(), expected));
}

void FunctionVerifier::term_arguments(uint32_t block, const Terminator& t) {
  switch (t.kind) {
    case TermKind::Branch:
      if (t.args.size() != test_arg_count(t.test)) error(block, "arguments of a test");
      break;
    case TermKind::TryBif:
      if (t.args.size() != bif_info(t.bif).arity || !bif_info(t.bif).guard) error(block, "arguments of trybif");
      break;
    case TermKind::TailCall:
      call_shape(block, t.target, t.args.size(), false);
      if (f_.kind == FunctionKind::TryBody) error(block, "C6: a tail call in a TryBody");
      break;
    case TermKind::TryCall:
      if (t.target.kind != CallKind::Local) return error(block, "C6: trycall of no TryBody");
      call_shape(block, t.target, t.args.size(), true);
      break;
    case TermKind::Switch: {
      if (t.edges.size() != t.cases.size() + 1) return error(block, "C3: edges of a switch");
      std::set<LiteralId> seen;
      for (LiteralId id : t.cases) {
        if (id.index >= module_.literals.size()) return error(block, "C6: a case is out of range");
        const Literal& l = module_.literals[id.index];
        bool small =
            l.kind == LiteralKind::Integer && l.integer >= -(int64_t{1} << 59) && l.integer < (int64_t{1} << 59);
        if (l.kind != LiteralKind::Atom && !small) return error(block, "a case is an atom or an integer of 60 bits");
        if (!seen.insert(id).second) return error(block, "two equal cases");
      }
      break;
    }
    case TermKind::SwitchArity:
      if (t.edges.size() != t.arities.size() + 1) return error(block, "C3: edges of a switch_arity");
      if (std::set<uint32_t>(t.arities.begin(), t.arities.end()).size() != t.arities.size())
        error(block, "two equal arities");
      break;
    default:
      break;
  }
}

void FunctionVerifier::shape() {
  if (f_.blocks[0].params.size() != f_.arity) return error(0, "C1: parameters of the entry");
  if (f_.kind == FunctionKind::Lambda && f_.free_count > f_.arity)
    return error(0, "more free variables than parameters");
  if (f_.trace_as.valid() && f_.trace_as.index >= module_.functions.size()) return error(0, "C6: trace_as");
  if ((f_.kind == FunctionKind::TryBody) != f_.trace_as.valid())
    return error(0, "trace_as is for a TryBody, and needed there");
  edges_into_.assign(f_.blocks.size(), 0);
  for (uint32_t b = 0; b < f_.blocks.size() && message_.empty(); ++b) {
    const Block& block = f_.blocks[b];
    for (const Instr& i : block.instrs) instr_shape(b, i);
    const Terminator& t = block.term;
    ids(b, t.args);
    site(b, t.site);
    TermShape expected = term_shape(t.kind);
    if (expected.args >= 0 && t.args.size() != static_cast<size_t>(expected.args))
      error(b, "arguments of a terminator");
    if (expected.edges >= 0 && t.edges.size() != static_cast<size_t>(expected.edges))
      error(b, "C3: edges of a terminator");
    term_arguments(b, t);
    bool has_result = t.kind == TermKind::TryBif || t.kind == TermKind::TryCall || t.kind == TermKind::RecvNext;
    if (t.result.valid() != has_result) error(b, "C2: result of a terminator");
    for (size_t e = 0; e < t.edges.size() && message_.empty(); ++e) {
      const Edge& edge = t.edges[e];
      ids(b, edge.args);
      if (edge.target.index >= f_.blocks.size()) return error(b, "C6: an edge leads nowhere");
      if (edge.target.index == 0) return error(b, "C1: an edge leads to the entry");
      size_t extra = t.kind == TermKind::TryCall && e == 1 ? 3 : 0;
      if (edge.args.size() + extra != f_.block(edge.target).params.size()) {
        return error(b, fmt::format("C3: {} arguments for b{}", edge.args.size() + extra, edge.target.index));
      }
      ++edges_into_[edge.target.index];
    }
  }
}

void FunctionVerifier::reverse_postorder() {
  std::vector<uint8_t> seen(f_.blocks.size());
  std::vector<std::pair<uint32_t, uint32_t>> stack{{0, 0}};
  seen[0] = 1;
  while (!stack.empty()) {
    auto& [b, next] = stack.back();
    const auto& edges = f_.blocks[b].term.edges;
    if (next < edges.size()) {
      uint32_t target = edges[next++].target.index;
      if (!seen[target]) {
        seen[target] = 1;
        stack.emplace_back(target, 0);
      }
    } else {
      order_.push_back(b);
      stack.pop_back();
    }
  }
  std::reverse(order_.begin(), order_.end());
  rank_.assign(f_.blocks.size(), UINT32_MAX);
  for (uint32_t i = 0; i < order_.size(); ++i) rank_[order_[i]] = i;
}

// C4: without the edges into RecvNext blocks the graph has no cycle.
void FunctionVerifier::cycles() {
  enum : uint8_t { New, Open, Done };
  std::vector<uint8_t> state(f_.blocks.size(), New);
  for (uint32_t root : order_) {
    if (state[root] != New) continue;
    std::vector<std::pair<uint32_t, uint32_t>> stack{{root, 0}};
    state[root] = Open;
    while (!stack.empty()) {
      auto& [b, next] = stack.back();
      const auto& edges = f_.blocks[b].term.edges;
      if (next == edges.size()) {
        state[b] = Done;
        stack.pop_back();
        continue;
      }
      uint32_t target = edges[next++].target.index;
      if (f_.blocks[target].term.kind == TermKind::RecvNext) continue;
      if (state[target] == Open) return error(b, fmt::format("C4: a loop through b{} without recv_next", target));
      if (state[target] == New) {
        state[target] = Open;
        stack.emplace_back(target, 0);
      }
    }
  }
}

void FunctionVerifier::define(ValueId value, uint32_t block, uint32_t position) {
  if (value.index >= defined_.size()) return error(block, "C6: a result is out of range");
  if (defined_[value.index].second != kUndefined)
    return error(block, fmt::format("C2: value {} is defined twice", value.index));
  defined_[value.index] = {block, position};
}

void FunctionVerifier::definitions() {
  defined_.assign(f_.value_types.size(), {0, kUndefined});
  for (uint32_t b : order_) {
    const Block& block = f_.blocks[b];
    for (ValueId param : block.params) define(param, b, 0);
    for (uint32_t i = 0; i < block.instrs.size(); ++i) {
      if (block.instrs[i].result.valid()) define(block.instrs[i].result, b, i + 1);
    }
    if (block.term.result.valid()) define(block.term.result, b, kOnEdge);
  }
}

void FunctionVerifier::use(Operand operand, uint32_t block, uint32_t position) {
  if (operand.is_literal()) return;
  uint32_t value = operand.value().index;
  auto [def_block, def_position] = defined_[value];
  bool ok = def_position != kUndefined;
  if (ok && def_block == block) {
    ok = def_position < position || (def_position == kOnEdge && position == kOnEdge);
    // Around a receive loop a block may come after itself, but not see a value of its last turn.
  } else if (ok && def_position == kOnEdge) {
    uint32_t target = f_.blocks[def_block].term.edges[0].target.index;
    ok = edges_into_[target] == 1 && dominators_->dominates(target, block);
  } else if (ok) {
    ok = dominators_->dominates(def_block, block);
  }
  if (!ok) error(block, fmt::format("C2: a value of b{} is used where it does not dominate", def_block));
}

void FunctionVerifier::uses() {
  for (uint32_t b : order_) {
    const Block& block = f_.blocks[b];
    uint32_t position = 1;
    for (const Instr& i : block.instrs) {
      for (Operand arg : i.args) use(arg, b, position);
      ++position;
    }
    for (Operand arg : block.term.args) use(arg, b, position);
    for (size_t e = 0; e < block.term.edges.size(); ++e) {
      for (Operand arg : block.term.edges[e].args) use(arg, b, e == 0 ? kOnEdge : position);
    }
  }
}

// C5 and C10: what is known of "a message is current" at each block, forward until nothing changes.
void FunctionVerifier::messages() {
  current_[0] = Current::No;
  for (bool changed = true; changed && message_.empty();) {
    changed = false;
    for (uint32_t b : order_) {
      if (current_[b] == Current::Unknown) continue;
      Current after = through(b, current_[b]);
      const Terminator& t = f_.blocks[b].term;
      for (size_t e = 0; e < t.edges.size(); ++e) {
        Current state = t.kind != TermKind::RecvNext ? after : e == 0 ? Current::Yes : Current::No;
        Current& in = current_[t.edges[e].target.index];
        Current merged = in == Current::Unknown || in == state ? state : Current::Mixed;
        changed = changed || merged != in;
        in = merged;
      }
    }
  }
}

static bool may_raise(const Instr& i) {
  return i.kind == InstrKind::Call || i.kind == InstrKind::BuildStacktrace ||
         (i.kind == InstrKind::Bif && !bif_is_total(i.bif));
}

Current FunctionVerifier::through(uint32_t b, Current state) {
  const Block& block = f_.blocks[b];
  for (const Instr& i : block.instrs) {
    if (i.kind == InstrKind::RecvAccept || i.kind == InstrKind::RecvReject) {
      if (state != Current::Yes) error(b, "C5: no message is current");
      state = Current::No;
    } else if (state != Current::No && may_raise(i)) {
      error(b, "C10: a call or raising BIF while a message is current");
    }
  }
  TermKind kind = block.term.kind;
  bool plain = kind == TermKind::Jump || kind == TermKind::Branch || kind == TermKind::Switch ||
               kind == TermKind::SwitchArity || kind == TermKind::TryBif || kind == TermKind::Unreachable;
  if (state != Current::No && !plain)
    error(b, "C10: the function is left, or another message taken, while one is current");
  return state;
}

}  // namespace

static std::string verify_literals(const Module& module) {
  for (uint32_t i = 0; i < module.literals.size(); ++i) {
    const Literal& l = module.literals[i];
    for (LiteralId part : l.elements) {
      if (part.index >= i) return fmt::format("C8: literal {} comes before its part", i);
    }
    size_t parts = l.kind == LiteralKind::Cons || l.kind == LiteralKind::ExportFun ? 2 : 0;
    if (l.kind != LiteralKind::Tuple && l.elements.size() != parts) return fmt::format("C8: parts of literal {}", i);
    if (l.kind == LiteralKind::String && l.characters.empty())
      return fmt::format("C8: literal {} is an empty string", i);
  }
  return {};
}

std::string verify_core(const Module& module) {
  if (std::string message = verify_literals(module); !message.empty()) return message;
  std::set<std::pair<std::string_view, uint32_t>> names;
  for (const Function& f : module.functions) {
    if (!names.emplace(f.name, f.arity).second) return fmt::format("C9: two functions {}/{}", f.name, f.arity);
  }
  if (module.on_load.valid() && module.on_load.index >= module.functions.size()) return "C6: on_load";
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    std::string message = FunctionVerifier(module, FunctionId{i}).run();
    if (!message.empty()) return message;
  }
  return {};
}

}  // namespace hj::core
