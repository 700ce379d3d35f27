// Funs and comprehensions: inner scopes, whose patterns hide the variables outside.
#include <algorithm>

#include "frontend/lint/linter.h"

namespace hj::lint {

void Linter::fun_expr(NodeId id) { fun_clauses(ast_.children(id)); }

void Linter::fun_clauses(NodeIds clauses) {
  for (NodeId clause : clauses) {
    const Scope::Mark mark = scope_.mark();
    const size_t hidden = hidden_.size();
    clause_body(clause, PatternMode::ShadowInFun);
    leave_inner_scope(mark, hidden);
  }
}

void Linter::named_fun_expr(NodeId id) {
  Name name = ast_.name(id);
  const Scope::Mark mark = scope_.mark();
  const size_t hidden = hidden_.size();
  if (text(name) != "_") {
    Span span = word_at(ast_.place(id));
    warn_shadowed(name, "'named fun'", span);
    // As in erl_lint, where a fun's name counts as a use of the variable it hides.
    scope_.use(scope_.get(name));
    hidden_.push_back(name);
    scope_.set(name, scope_.bind(name, span));
  }
  fun_clauses(ast_.children(id));
  leave_inner_scope(mark, hidden);
}

void Linter::warn_shadowed(Name name, std::string_view construct, Span span) {
  const Variable& outer = scope_.get(name);
  // Nobody can use an unsafe variable but by taking its name for another.
  if (outer.status == VariableStatus::Unsafe) scope_.use(outer);
  if (outer.status != VariableStatus::Bound && outer.status != VariableStatus::Exported) return;
  warn(WarningFlag::ShadowVars, DiagnosticKind::ShadowedVariable, span, text(name), construct);
}

void Linter::leave_inner_scope(Scope::Mark mark, size_t hidden_before) {
  Delta delta = scope_.take(mark);
  Scope::keep_known(delta);
  std::erase_if(delta, [&](const Change& change) {
    return std::find(hidden_.begin() + static_cast<ptrdiff_t>(hidden_before), hidden_.end(), change.name) !=
           hidden_.end();
  });
  hidden_.resize(hidden_before);
  scope_.apply(delta);
}

void Linter::fun_local(NodeId id) {
  const syntax::IntegerLiteral& arity = ast_.integer(ast_.child(id, 1));
  FunctionId function{ast_.name(ast_.child(id, 0)), arity.is_small ? static_cast<uint32_t>(arity.small) : UINT32_MAX};
  // Imports do not reach here: fun f/1 means a function of this module or an auto-imported BIF.
  if (is_auto_imported(function) && !is_local(function)) return;
  if (function.arity == 2 && text(function.name) == "record_info") {
    report(DiagnosticKind::IllegalRecordInfo, ast_.span(id));
    return;
  }
  reference_function(function, ast_.span(id));
}

void Linter::comprehension(NodeId id) {
  NodeIds parts = ast_.children(id);
  const Scope::Mark mark = scope_.mark();
  const size_t hidden = hidden_.size();
  for (NodeId qualifier : parts.subspan(1)) {
    AstKind kind = ast_.kind(qualifier);
    bool is_generator = kind == AstKind::Generator || kind == AstKind::BinGenerator || kind == AstKind::MapGenerator;
    if (is_generator) {
      generator(qualifier);
    } else {
      filter(qualifier);
    }
  }
  expr(parts[0]);
  leave_inner_scope(mark, hidden);
}

void Linter::generator(NodeId id) {
  // What the source expression binds is gone before the pattern is tried.
  const Scope::Mark mark = scope_.mark();
  expr(ast_.child(id, 1));
  Delta delta = scope_.take(mark);
  Scope::keep_known(delta);
  scope_.apply(delta);
  PatternWalk walk{.mode = PatternMode::ShadowInGenerator};
  walk.in_binary_generator = ast_.kind(id) == AstKind::BinGenerator;
  pattern(ast_.child(id, 0), walk);
  finish_pattern(walk);
}

void Linter::filter(NodeId id) {
  if (is_guard_test(id)) {
    guard_test(id);
  } else {
    expr(id);
  }
}

}  // namespace hj::lint
