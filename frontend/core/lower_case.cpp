// Clauses: case, if, and `P = E`.
#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

// -- clauses in general

match::LoweredClause FunctionLowering::lower_clause(NodeIds clause_patterns, NodeId guard) {
  match::LoweredClause clause = patterns().lower(clause_patterns);
  if (!ast_.children(guard).empty()) clause.match.guard = match::HasGuard::Yes;
  return clause;
}

void FunctionLowering::bind(const match::LoweredClause& clause, const match::Leaf& leaf) {
  // From the last to the first: the order of the places is OTP's (VariableRank).
  for (size_t i = clause.variables.size(); i-- > 0;) {
    auto [name, slot] = clause.variables[i];
    form_.scope.bind(name, leaf.slots[slot.index], {form_.next_place++});
  }
}

void FunctionLowering::clauses(const std::vector<match::LoweredClause>& lowered, NodeIds clauses,
                               const Operands& subjects, BlockId fail, Want want, Join& join, OnEntry on_entry,
                               Operand raw_trace) {
  std::vector<match::Clause> to_match;
  to_match.reserve(lowered.size());
  for (const match::LoweredClause& clause : lowered) to_match.push_back(clause.match);
  std::vector<match::Leaf> leaves = match::compile_match(b_, pool_, subjects, to_match, fail);
  for (size_t i = 0; i < clauses.size(); ++i) {
    if (!leaves[i].reachable()) continue;
    b_.set(leaves[i].block);
    join.begin_arm();
    bind(lowered[i], leaves[i]);
    guard(ast_.child(clauses[i], 1), leaves[i].on_guard_fail);
    if (on_entry == OnEntry::AcceptMessage) b_.recv_accept();
    if (on_entry == OnEntry::BindStacktrace) bind_stacktrace(clauses[i], raw_trace);
    join.end_arm(sequence(ast_.children(ast_.child(clauses[i], 2)), want));
  }
}

// -- case

// `case {A, B} of` with tuples in all clauses needs no tuple: its elements are the subjects.
FunctionLowering::Subjects FunctionLowering::case_subjects(NodeId subject, NodeIds clauses) {
  Subjects result;
  NodeIds elements = ast_.children(subject);
  result.is_tuple = ast_.kind(subject) == AstKind::Tuple && !elements.empty();
  for (NodeId clause : clauses) {
    NodeId pattern = ast_.child(ast_.child(clause, 0), 0);
    bool tuple = ast_.kind(pattern) == AstKind::Tuple && ast_.children(pattern).size() == elements.size();
    bool any = ast_.kind(pattern) == AstKind::Var && ast_.text(pattern) == "_";
    result.is_tuple = result.is_tuple && (tuple || any);
  }
  result.values = result.is_tuple ? values(elements) : Operands{value(subject)};
  return result;
}

Operand FunctionLowering::case_expr(NodeId id, Want want) {
  NodeIds case_clauses = ast_.children(id).subspan(1);
  Subjects subjects = case_subjects(ast_.child(id, 0), case_clauses);
  std::vector<match::LoweredClause> lowered;
  for (NodeId clause : case_clauses) {
    NodeIds pattern = ast_.children(ast_.child(clause, 0));
    if (subjects.is_tuple && ast_.kind(pattern[0]) == AstKind::Tuple) {
      lowered.push_back(lower_clause(ast_.children(pattern[0]), ast_.child(clause, 1)));
    } else if (subjects.is_tuple) {
      std::vector<NodeId> any(subjects.values.size(), pattern[0]);
      lowered.push_back(lower_clause(any, ast_.child(clause, 1)));
    } else {
      lowered.push_back(lower_clause(pattern, ast_.child(clause, 1)));
    }
  }
  BlockId fail = b_.new_block();
  Join join(*this, want, Join::Exports::Yes);
  clauses(lowered, case_clauses, subjects.values, fail, want, join);
  b_.set(fail);
  Operand value = subjects.is_tuple ? Operand(b_.tuple(subjects.values)) : subjects.values[0];
  b_.raise(ErrorKind::CaseClause, {value}, site(id));
  return join.finish();
}

// -- if

Operand FunctionLowering::if_expr(NodeId id, Want want) {
  Join join(*this, want, Join::Exports::Yes);
  for (NodeId clause : ast_.children(id)) {
    BlockId next = b_.new_block();
    join.begin_arm();
    guard(ast_.child(clause, 1), next);
    join.end_arm(sequence(ast_.children(ast_.child(clause, 2)), want));
    b_.set(next);
  }
  b_.raise(ErrorKind::IfClause, {}, site(id));
  return join.finish();
}

// -- P = E

Operand FunctionLowering::bind_variable(NodeId id, NodeId pattern, Operand value) {
  Name name = ast_.name(pattern);
  if (ast_.text(pattern) == "_") return value;
  if (!form_.scope.is_bound(name)) {
    form_.scope.bind(name, value, {});
    return value;
  }
  BlockId same = b_.new_block();
  BlockId different = b_.new_block();
  b_.branch(TestKind::ExactEqual, {value, form_.scope.value(name)}, same, different);
  b_.set(different);
  b_.raise(ErrorKind::Badmatch, {value}, site(id));
  b_.set(same);
  return value;
}

Operand FunctionLowering::match_expr(NodeId id, Want want) {
  // P1 = P2 = E is one match of both patterns.
  std::vector<NodeId> left{ast_.child(id, 0)};
  NodeId right = ast_.child(id, 1);
  while (ast_.kind(right) == AstKind::Match) {
    left.push_back(ast_.child(right, 0));
    right = ast_.child(right, 1);
  }
  Operand subject = value(right);
  if (left.size() == 1 && ast_.kind(left[0]) == AstKind::Var) return finish(bind_variable(id, left[0], subject), want);
  match::LoweredClause clause = patterns().lower_aliases(left);
  BlockId fail = b_.new_block();
  std::vector<match::Leaf> leaves = match::compile_match(b_, pool_, {subject}, {clause.match}, fail);
  b_.set(fail);
  b_.raise(ErrorKind::Badmatch, {subject}, site(id));
  // A pattern that can never match leaves nothing to go on with, but its variables are used behind it.
  if (!leaves[0].reachable()) {
    for (auto [name, slot] : clause.variables) form_.scope.bind(name, atom("undefined"), {});
    return atom("ok");
  }
  b_.set(leaves[0].block);
  bind(clause, leaves[0]);
  return finish(subject, want);
}

}  // namespace hj::core
