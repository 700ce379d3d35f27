// Expressions: what each kind binds, uses and may hold.
#include "frontend/lint/linter.h"
#include "frontend/lint/spelling.h"

namespace hj::lint {

void Linter::expr(NodeId id) {
  NodeIds children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::Var: use_variable(id); break;
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil: break;
    case AstKind::List:
    case AstKind::Tuple: siblings(children); break;
    case AstKind::Map:
      for (NodeId field : children) {
        if (ast_.kind(field) == AstKind::MapExact) report(DiagnosticKind::ExactInMapConstruction, at(field));
      }
      siblings(children);
      break;
    case AstKind::MapUpdate:
    case AstKind::MapAssoc:
    case AstKind::MapExact: siblings(children); break;
    case AstKind::Remote:
      // m:f that is not called; erlc looks no further into it.
      report(DiagnosticKind::IllegalExpression, ast_.span(children[0]));
      break;
    case AstKind::Binary: binary_expr(id); break;
    case AstKind::RecordNew: record_new(id); break;
    case AstKind::RecordUpdate: record_update(id); break;
    case AstKind::RecordAccess:
      record_field_access(id);
      expr(children[0]);
      break;
    case AstKind::RecordIndex: record_field_access(id); break;
    case AstKind::Call: call_expr(id); break;
    case AstKind::Unary: expr(children[0]); break;
    case AstKind::Binary2: operator_expr(id); break;
    case AstKind::Match:
    case AstKind::MaybeMatch:
      expr(children[1]);
      whole_pattern(children[0], PatternMode::Match);
      break;
    case AstKind::Catch: {
      const Scope::Mark mark = scope_.mark();
      expr(children[0]);
      unsafe_result(scope_.take(mark), Construct::Catch, ast_.place(id));
      break;
    }
    case AstKind::Block: sequence(children); break;
    case AstKind::Case:
      expr(children[0]);
      branches(children.subspan(1), Construct::Case, ast_.place(id));
      break;
    case AstKind::If: branches(children, Construct::If, ast_.place(id)); break;
    case AstKind::Receive: receive_expr(id); break;
    case AstKind::Try: try_expr(id); break;
    case AstKind::Maybe: maybe_expr(id); break;
    case AstKind::Fun: fun_expr(id); break;
    case AstKind::NamedFun: named_fun_expr(id); break;
    case AstKind::FunLocal: fun_local(id); break;
    case AstKind::FunRemote: siblings(children); break;
    case AstKind::ListComp:
    case AstKind::BinComp:
    case AstKind::MapComp: comprehension(id); break;
    // Parts of the above, forms and types stand in no expression (A2).
    default: break;
  }
}

void Linter::sequence(NodeIds ids) {
  for (NodeId id : ids) expr(id);
}

void Linter::siblings(NodeIds ids) {
  siblings(ids.size(), [&](size_t i) { expr(ids[i]); });
}

void Linter::operator_expr(NodeId id) {
  NodeIds operands = ast_.children(id);
  Op op = ast_.op(id);
  if (op != Op::Andalso && op != Op::Orelse) {
    siblings(operands);
    return;
  }
  // The right side sees the left one's variables, and may not run.
  expr(operands[0]);
  const Scope::Mark mark = scope_.mark();
  expr(operands[1]);
  unsafe_result(scope_.take(mark), op == Op::Andalso ? Construct::Andalso : Construct::Orelse, ast_.place(id));
}

void Linter::unsafe_result(Delta delta, Construct construct, Loc where) {
  Scope::make_unsafe(delta, construct, where);
  scope_.apply(delta);
}

void Linter::use_variable(NodeId id) {
  Name name = ast_.name(id);
  Variable variable = scope_.get(name);
  switch (variable.status) {
    case VariableStatus::Unknown: scope_.set(name, unbound_variable(id)); return;
    case VariableStatus::Bound: break;
    case VariableStatus::Exported:
      if (facts_.directives.flags.on(WarningFlag::ExportVars)) {
        report(DiagnosticKind::ExportedVariable, ast_.span(id), text(name), construct_text(variable.construct),
               place_text(variable.where));
        variable.status = VariableStatus::Bound;
        scope_.set(name, variable);
      }
      break;
    case VariableStatus::Unsafe:
      report(DiagnosticKind::UnsafeVariable, ast_.span(id), text(name), construct_text(variable.construct),
             place_text(variable.where));
      // One complaint is enough for what follows.
      variable.status = VariableStatus::Bound;
      scope_.set(name, variable);
      break;
  }
  scope_.use(variable);
  if (name != stacktrace_) return;
  report(DiagnosticKind::StacktraceInGuard, ast_.span(id), text(name));
  stacktrace_ = {};
}

// Reports it, and returns what silences further complaints about the same name.
Variable Linter::unbound_variable(NodeId id) {
  report(DiagnosticKind::UnboundVariable, ast_.span(id), ast_.text(id));
  if (ast_.text(id) != "_" && may_guess()) {
    SpellingGuess guess(ast_.text(id));
    for (const Binding& binding : scope_.bindings()) {
      if (scope_.get(binding.name).status != VariableStatus::Unknown) guess.offer(text(binding.name));
    }
    hint_name(guess.best());
  }
  return {VariableStatus::Bound, Construct::None, UINT32_MAX, {}};
}

}  // namespace hj::lint
