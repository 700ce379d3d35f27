// Clauses, and the constructs that choose one: which variables reach what follows.
#include "frontend/lint/linter.h"

namespace hj::lint {

// A clause's parts.
struct ClauseParts {
  NodeIds patterns;
  NodeId guard;
  NodeIds body;
};

static ClauseParts parts_of(const Ast& ast, NodeId clause) {
  return {ast.children(ast.child(clause, 0)), ast.child(clause, 1), ast.children(ast.child(clause, 2))};
}

void Linter::function_clause(NodeId clause) {
  clause_body(clause, PatternMode::Match);
  report_unused_variables();
  scope_.clear();
}

void Linter::clause_body(NodeId clause, PatternMode mode) {
  ClauseParts parts = parts_of(ast_, clause);
  if (parts.patterns.size() == 1 && ast_.kind(parts.patterns[0]) == AstKind::CatchPattern) {
    catch_clause(clause);
    return;
  }
  PatternWalk walk{.mode = mode};
  for (NodeId id : parts.patterns) pattern(id, walk);
  if (!walk.compares) linear_clauses_.insert(clause.index);
  finish_pattern(walk);
  guard(parts.guard);
  sequence(parts.body);
}

// Class:Reason:Trace. The trace is bound late and cheaply only because nothing may compare or test it.
void Linter::catch_clause(NodeId clause) {
  ClauseParts parts = parts_of(ast_, clause);
  NodeIds pattern_parts = ast_.children(parts.patterns[0]);
  NodeId trace = pattern_parts[2];
  PatternWalk walk;
  pattern(pattern_parts[0], walk);
  pattern(pattern_parts[1], walk);
  if (!walk.compares) linear_clauses_.insert(clause.index);
  Name outer_trace = stacktrace_;
  if (ast_.kind(trace) == AstKind::Var && ast_.text(trace) != "_") {
    Name name = ast_.name(trace);
    bool bound = scope_.get(name).status != VariableStatus::Unknown;
    for (const PatternWalk::NewVariable& variable : walk.fresh) bound = bound || variable.name == name;
    if (bound) report(DiagnosticKind::StacktraceBound, ast_.span(trace), text(name));
    pattern(trace, walk);
    stacktrace_ = bound ? Name{} : name;
  }
  finish_pattern(walk);
  guard(parts.guard);
  stacktrace_ = outer_trace;
  sequence(parts.body);
}

Delta Linter::clause_delta(NodeId clause) {
  const Scope::Mark mark = scope_.mark();
  clause_body(clause, PatternMode::Match);
  return scope_.take(mark);
}

void Linter::branches(NodeIds clauses, Construct construct, Loc where) {
  std::vector<Delta> deltas;
  for (NodeId clause : clauses) deltas.push_back(clause_delta(clause));
  scope_.apply(scope_.merge_branches(deltas, construct, where));
}

void Linter::receive_expr(NodeId id) {
  NodeIds clauses = ast_.children(id);
  std::vector<Delta> deltas;
  Delta timeout;
  for (NodeId clause : clauses) {
    if (ast_.kind(clause) != AstKind::After) {
      deltas.push_back(clause_delta(clause));
      continue;
    }
    // The time-out is evaluated whatever happens then, but its variables reach only what follows the receive.
    const Scope::Mark mark = scope_.mark();
    expr(ast_.child(clause, 0));
    timeout = scope_.take(mark);
    sequence(ast_.children(ast_.child(clause, 1)));
    deltas.push_back(scope_.take(mark));
  }
  scope_.apply(
      scope_.merge_parts(std::move(timeout), scope_.merge_branches(deltas, Construct::Receive, ast_.place(id))));
}

// Nothing that a try binds is safe afterwards: the body may have been left at any point.
void Linter::try_expr(NodeId id) {
  NodeIds parts = ast_.children(id);
  Loc where = ast_.place(id);
  const Scope::Mark mark = scope_.mark();
  sequence(ast_.children(parts[0]));
  Delta body = scope_.take(mark);
  std::vector<Delta> clause_deltas;
  // The clauses of `of` run only after the whole body did.
  scope_.apply(body);
  for (NodeId clause : ast_.children(parts[1])) clause_deltas.push_back(clause_delta(clause));
  scope_.undo(mark);
  Scope::make_unsafe(body, Construct::Try, where);
  scope_.apply(body);
  for (NodeId clause : ast_.children(parts[2])) clause_deltas.push_back(clause_delta(clause));
  scope_.undo(mark);
  Delta result =
      unsafe_union(std::move(body), scope_.merge_branches(clause_deltas, Construct::Try, where), Construct::Try, where);
  scope_.apply(result);
  const Scope::Mark after_mark = scope_.mark();
  sequence(ast_.children(parts[3]));
  Delta after = scope_.take(after_mark);
  scope_.undo(mark);
  scope_.apply(unsafe_union(std::move(result), std::move(after), Construct::Try, where));
}

void Linter::maybe_expr(NodeId id) {
  NodeIds parts = ast_.children(id);
  Loc where = ast_.place(id);
  const Scope::Mark mark = scope_.mark();
  sequence(ast_.children(parts[0]));
  Delta body = scope_.take(mark);
  Scope::make_unsafe(body, Construct::Maybe, where);
  scope_.apply(body);
  std::vector<Delta> deltas;
  for (NodeId clause : ast_.children(parts[1])) deltas.push_back(clause_delta(clause));
  scope_.undo(mark);
  scope_.apply(
      unsafe_union(std::move(body), scope_.merge_branches(deltas, Construct::Maybe, where), Construct::Maybe, where));
}

// Changes of two parts of which the second saw the first's as unsafe: what either binds is unsafe, also where the
// second has complained about it.
Delta Linter::unsafe_union(Delta first, Delta second, Construct construct, Loc where) {
  Delta all = scope_.merge_parts(std::move(first), std::move(second));
  Scope::make_unsafe(all, construct, where);
  return all;
}

void Linter::report_unused_variables() {
  if (!facts_.directives.flags.on(WarningFlag::UnusedVars)) return;
  for (const Binding& binding : scope_.bindings()) {
    if (binding.used || text(binding.name).starts_with('_')) continue;
    report(DiagnosticKind::UnusedVariable, binding.span, text(binding.name));
  }
}

}  // namespace hj::lint
