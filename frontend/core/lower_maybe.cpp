// maybe ... else ... end: a sequence in which `P ?= E` may leave for the end, with E's value.
#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

// Goes to `fail`, which has one parameter, when the pattern does not match.
Operand FunctionLowering::maybe_match(NodeId id, BlockId fail) {
  Operand subject = value(ast_.child(id, 1));
  NodeId pattern[] = {ast_.child(id, 0)};
  match::LoweredClause clause = patterns().lower(pattern);
  BlockId no_match = b_.new_block();
  std::vector<match::Leaf> leaves = match::compile_match(b_, pool_, {subject}, {clause.match}, no_match);
  b_.set(no_match);
  b_.jump(fail, {subject});
  if (!leaves[0].reachable()) {
    for (auto [name, slot] : clause.variables) form_.scope.bind(name, atom("undefined"), {});
    return subject;
  }
  b_.set(leaves[0].block);
  bind(clause, leaves[0]);
  return subject;
}

Operand FunctionLowering::maybe_expr(NodeId id, Want want) {
  NodeIds body = ast_.children(ast_.child(id, 0));
  NodeIds else_clauses = ast_.children(ast_.child(id, 1));
  BlockId mismatch = b_.new_block(1);
  Join join(*this, want, Join::Exports::No);
  join.begin_arm();
  Operand last = atom("ok");
  for (size_t i = 0; i < body.size(); ++i) {
    bool is_last = i + 1 == body.size();
    Want wanted = is_last ? want : Want::Effect;
    if (ast_.kind(body[i]) == AstKind::MaybeMatch) {
      last = finish(maybe_match(body[i], mismatch), wanted);
    } else {
      last = expr(body[i], wanted);
    }
  }
  join.end_arm(last);

  b_.set(mismatch);
  Operand unmatched = b_.param(mismatch, 0);
  if (else_clauses.empty()) {
    join.begin_arm();
    join.end_arm(finish(unmatched, want));
    return join.finish();
  }
  std::vector<match::LoweredClause> lowered;
  for (NodeId clause : else_clauses) {
    lowered.push_back(lower_clause(ast_.children(ast_.child(clause, 0)), ast_.child(clause, 1)));
  }
  BlockId fail = b_.new_block();
  clauses(lowered, else_clauses, {unmatched}, fail, want, join);
  b_.set(fail);
  b_.raise(ErrorKind::ElseClause, {unmatched}, site(id));
  return join.finish();
}

}  // namespace hj::core
