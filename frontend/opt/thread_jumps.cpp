// Jump threading. `case A andalso B of true -> ...` lowers to a join with a boolean parameter and a switch on it; each
// edge into the join that brings a constant can go where the switch would send it, and one that brings a comparison's
// result can branch on the comparison. What is left of the join disappears.
//
// An edge may be led past a block only if nothing below the block still needs the block's parameters: a use elsewhere
// is fine only in a dead end (the error of a case) that the edge is not led to.
#include <algorithm>

#include "frontend/core/core_names.h"
#include "frontend/opt/fold.h"
#include "frontend/opt/passes.h"

namespace hj::opt {

using core::Block;
using core::BlockId;
using core::Edge;
using core::Function;
using core::Instr;
using core::InstrKind;
using core::Literal;
using core::LiteralKind;
using core::Module;
using core::Operand;
using core::Terminator;
using core::TermKind;
using core::TestKind;
using core::ValueId;

namespace {

// Edges are followed past so many blocks in one pass.
constexpr int kMaxHops = 16;

class JumpThreader {
 public:
  JumpThreader(Module& module, Function& function) : m_(module), f_(function) {}
  Changed run();

 private:
  void index();
  void count_use(Operand operand, uint32_t block);
  bool is_decider(uint32_t b) const;
  bool may_skip(uint32_t b, uint32_t target) const;
  Operand inside(uint32_t b, const Edge& edge, Operand operand) const;
  Edge through(uint32_t b, const Edge& in, const Edge& out) const;
  bool follow(Edge& edge);
  std::optional<size_t> decision(uint32_t b, const Edge& edge) const;
  bool branch_here(uint32_t from);
  void join_blocks();

  Module& m_;
  Function& f_;
  std::vector<uint32_t> param_of_;              // by value: the block whose parameter it is
  std::vector<const Instr*> test_of_;           // by value: the comparison or type test that made it
  std::vector<std::vector<uint32_t>> used_in_;  // by block: other blocks that use its parameters
  std::vector<std::vector<uint32_t>> from_;     // by block: where edges into it come from
  Changed changed_ = Changed::No;
};

void JumpThreader::count_use(Operand operand, uint32_t block) {
  if (operand.is_literal()) return;
  uint32_t owner = param_of_[operand.value().index];
  if (owner == UINT32_MAX || owner == block) return;
  if (used_in_[owner].empty() || used_in_[owner].back() != block) used_in_[owner].push_back(block);
}

void JumpThreader::index() {
  param_of_.assign(f_.value_types.size(), UINT32_MAX);
  test_of_.assign(f_.value_types.size(), nullptr);
  used_in_.assign(f_.blocks.size(), {});
  from_.assign(f_.blocks.size(), {});
  for (uint32_t b = 0; b < f_.blocks.size(); ++b) {
    for (ValueId param : f_.blocks[b].params) param_of_[param.index] = b;
  }
  for (uint32_t b = 0; b < f_.blocks.size(); ++b) {
    const Block& block = f_.blocks[b];
    for (const Instr& instr : block.instrs) {
      for (Operand arg : instr.args) count_use(arg, b);
      if (instr.kind == InstrKind::Bif && core::test_of_bif(instr.bif)) test_of_[instr.result.index] = &instr;
    }
    for (Operand arg : block.term.args) count_use(arg, b);
    for (const Edge& edge : block.term.edges) {
      for (Operand arg : edge.args) count_use(arg, b);
      from_[edge.target.index].push_back(b);
    }
  }
}

// A block that does nothing but go somewhere.
bool JumpThreader::is_decider(uint32_t b) const {
  const Block& block = f_.blocks[b];
  if (b == 0 || !block.instrs.empty()) return false;
  return block.term.kind == TermKind::Jump || block.term.kind == TermKind::Switch ||
         block.term.kind == TermKind::Branch;
}

bool JumpThreader::may_skip(uint32_t b, uint32_t target) const {
  return std::all_of(used_in_[b].begin(), used_in_[b].end(), [&](uint32_t user) {
    bool dead_end = f_.blocks[user].term.edges.empty();
    bool only_from_b = std::all_of(from_[user].begin(), from_[user].end(), [&](uint32_t from) { return from == b; });
    return dead_end && only_from_b && user != target;
  });
}

// An operand of block b, where b was entered by `edge`.
Operand JumpThreader::inside(uint32_t b, const Edge& edge, Operand operand) const {
  if (operand.is_literal() || param_of_[operand.value().index] != b) return operand;
  const auto& params = f_.blocks[b].params;
  return edge.args[static_cast<size_t>(std::find(params.begin(), params.end(), operand.value()) - params.begin())];
}

Edge JumpThreader::through(uint32_t b, const Edge& in, const Edge& out) const {
  Edge edge{out.target, {}};
  for (Operand arg : out.args) edge.args.push_back(inside(b, in, arg));
  return edge;
}

// Which edge block b takes when entered by `edge`, if that can be seen.
std::optional<size_t> JumpThreader::decision(uint32_t b, const Edge& edge) const {
  const Terminator& t = f_.blocks[b].term;
  if (t.kind == TermKind::Jump) return 0;
  Operand subject = inside(b, edge, t.args[0]);
  if (!subject.is_literal()) return std::nullopt;
  if (t.kind == TermKind::Switch) {
    auto found = std::find(t.cases.begin(), t.cases.end(), subject.literal());
    // Constants that are no atoms or integers are never among the cases.
    return static_cast<size_t>(found - t.cases.begin());
  }
  const Literal& literal = m_.literals[subject.literal().index];
  bool atom = literal.kind == LiteralKind::Atom;
  switch (t.test) {
    case TestKind::IsTrue:
      return atom && literal.text == "true" ? 0 : 1;
    case TestKind::IsFalse:
      return atom && literal.text == "false" ? 0 : 1;
    case TestKind::ExactEqual:
    case TestKind::NotExactEqual: {
      Operand other = inside(b, edge, t.args[1]);
      if (!other.is_literal()) return std::nullopt;
      auto outcome = fold_comparison(m_, t.test, subject.literal(), other.literal());
      return outcome ? std::optional<size_t>(*outcome ? 0 : 1) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

bool JumpThreader::follow(Edge& edge) {
  uint32_t b = edge.target.index;
  if (!is_decider(b)) return false;
  auto taken = decision(b, edge);
  if (!taken) return false;
  const Edge& out = f_.blocks[b].term.edges[*taken];
  if (out.target.index == b || !may_skip(b, out.target.index)) return false;
  uint32_t target = out.target.index;
  edge = through(b, edge, out);
  from_[target].push_back(UINT32_MAX);
  changed_ = Changed::Yes;
  return true;
}

// `jump b(V)` where V is a test's result and b switches on it: the test, here.
bool JumpThreader::branch_here(uint32_t from) {
  Terminator& t = f_.blocks[from].term;
  if (t.kind != TermKind::Jump) return false;
  Edge in = t.edges[0];
  uint32_t b = in.target.index;
  const Terminator& decider = f_.blocks[b].term;
  if (!is_decider(b) || decider.kind != TermKind::Switch) return false;
  Operand subject = inside(b, in, decider.args[0]);
  if (subject.is_literal() || test_of_[subject.value().index] == nullptr) return false;
  const Instr& test = *test_of_[subject.value().index];
  auto edge_for = [&](std::string_view text) -> const Edge& {
    for (size_t i = 0; i < decider.cases.size(); ++i) {
      const Literal& l = m_.literals[decider.cases[i].index];
      if (l.kind == LiteralKind::Atom && l.text == text) return decider.edges[i];
    }
    return decider.edges.back();
  };
  const Edge& yes = edge_for("true");
  const Edge& no = edge_for("false");
  if (!may_skip(b, yes.target.index) || !may_skip(b, no.target.index)) return false;
  Terminator branch;
  branch.kind = TermKind::Branch;
  branch.test = *core::test_of_bif(test.bif);
  branch.args = test.args;
  branch.edges = {through(b, in, yes), through(b, in, no)};
  for (Operand arg : branch.args) count_use(arg, from);
  for (const Edge& edge : branch.edges) from_[edge.target.index].push_back(UINT32_MAX);
  t = std::move(branch);
  changed_ = Changed::Yes;
  return true;
}

// A block and the only one that follows it become one.
void JumpThreader::join_blocks() {
  std::vector<uint32_t> incoming(f_.blocks.size());
  std::vector<bool> reached(f_.blocks.size());
  std::vector<uint32_t> pending{0};
  reached[0] = true;
  while (!pending.empty()) {
    uint32_t b = pending.back();
    pending.pop_back();
    for (const Edge& edge : f_.blocks[b].term.edges) {
      ++incoming[edge.target.index];
      if (reached[edge.target.index]) continue;
      reached[edge.target.index] = true;
      pending.push_back(edge.target.index);
    }
  }
  Substitution substitution(f_.value_types.size());
  for (uint32_t b = 0; b < f_.blocks.size(); ++b) {
    if (!reached[b]) continue;
    while (f_.blocks[b].term.kind == TermKind::Jump) {
      Edge edge = f_.blocks[b].term.edges[0];
      uint32_t next = edge.target.index;
      if (incoming[next] != 1 || next == b) break;
      Block& block = f_.blocks[b];
      Block& rest = f_.blocks[next];
      for (size_t i = 0; i < rest.params.size(); ++i) substitution.set(rest.params[i], edge.args[i]);
      std::move(rest.instrs.begin(), rest.instrs.end(), std::back_inserter(block.instrs));
      block.term = std::move(rest.term);
      rest = Block{};
      reached[next] = false;
      changed_ = Changed::Yes;
    }
  }
  for (Block& block : f_.blocks) {
    for (Instr& instr : block.instrs) substitution.apply(instr.args);
    substitution.apply(block.term.args);
    for (Edge& edge : block.term.edges) substitution.apply(edge.args);
  }
}

Changed JumpThreader::run() {
  index();
  for (uint32_t b = 0; b < f_.blocks.size(); ++b) {
    Terminator& t = f_.blocks[b].term;
    for (size_t e = 0; e < t.edges.size(); ++e) {
      // A handler's first parameters come from the exception, not from the edge.
      if (t.kind == TermKind::TryCall && e == 1) continue;
      for (int hops = 0; hops < kMaxHops && follow(t.edges[e]); ++hops) {
      }
    }
    branch_here(b);
  }
  join_blocks();
  return changed_;
}

}  // namespace

Changed thread_jumps(Module& module, Function& function) { return JumpThreader(module, function).run(); }

}  // namespace hj::opt
