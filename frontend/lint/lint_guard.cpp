// Guards, and what is a guard elsewhere: if clauses, filters, keys and sizes in patterns.
#include "frontend/lint/linter.h"

namespace hj::lint {

void Linter::illegal_guard(NodeId id) {
  bool is_size = guard_kind_ == GuardKind::BitSize;
  report(is_size ? DiagnosticKind::IllegalBitSize : DiagnosticKind::IllegalGuardExpression, at(id));
}

void Linter::illegal_guard_call(NodeId id, FunctionId function) {
  bool is_size = guard_kind_ == GuardKind::BitSize;
  report(is_size ? DiagnosticKind::IllegalBitSizeCall : DiagnosticKind::IllegalGuardCall, call_head(id),
         atom(function.name), function.arity);
}

void Linter::guard(NodeId guard) {
  for (NodeId alternative : ast_.children(guard)) {
    for (NodeId test : ast_.children(alternative)) guard_test(test);
  }
}

// A test may also be one of the old ones, which are no functions: list(X).
void Linter::guard_test(NodeId id) {
  NodeIds children = ast_.children(id);
  bool is_local_call = ast_.kind(id) == AstKind::Call && ast_.kind(children[0]) == AstKind::Atom;
  uint32_t arity = static_cast<uint32_t>(children.size()) - 1;
  if (!is_local_call || !is_obsolete_test(ast_.text(children[0]), arity)) {
    guard_expr(id);
    return;
  }
  std::string_view name = ast_.text(children[0]);
  warn(WarningFlag::ObsoleteGuard, DiagnosticKind::ObsoleteGuard, call_head(id), name, arity);
  FunctionId function{ast_.name(children[0]), arity};
  if ((is_local(function) || is_imported(function)) && !is_auto_imported(function)) illegal_guard_call(id, function);
  if (name == "record") {
    guard_is_record(id, children.subspan(1));
  } else {
    guard_siblings(children.subspan(1));
  }
}

bool Linter::is_guard_test(NodeId id) const {
  if (ast_.kind(id) != AstKind::Call || ast_.kind(ast_.child(id, 0)) != AstKind::Atom) return false;
  uint32_t arity = static_cast<uint32_t>(ast_.children(id).size()) - 1;
  if (is_local({ast_.name(ast_.child(id, 0)), arity})) return false;
  return is_obsolete_test(ast_.text(ast_.child(id, 0)), arity);
}

void Linter::guard_siblings(NodeIds ids) {
  siblings(ids.size(), [&](size_t i) { guard_expr(ids[i]); });
}

void Linter::guard_expr(NodeId id) {
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
    case AstKind::Tuple:
    case AstKind::MapUpdate:
    case AstKind::MapAssoc:
    case AstKind::MapExact: guard_siblings(children); break;
    case AstKind::Map:
      for (NodeId field : children) {
        if (ast_.kind(field) == AstKind::MapExact) report(DiagnosticKind::ExactInMapConstruction, at(field));
      }
      guard_siblings(children);
      break;
    case AstKind::Binary: binary_guard(id); break;
    case AstKind::RecordNew: record_guard_new(id); break;
    case AstKind::RecordAccess:
      record_field_access(id);
      guard_expr(children[0]);
      break;
    case AstKind::RecordIndex: record_field_access(id); break;
    case AstKind::Call: guard_call(id); break;
    case AstKind::Unary: guard_expr(children[0]); break;
    case AstKind::Binary2: {
      guard_siblings(children);
      Op op = ast_.op(id);
      if (op == Op::Send || op == Op::Append || op == Op::Subtract) illegal_guard(id);
      break;
    }
    default: illegal_guard(id); break;
  }
}

void Linter::guard_call(NodeId id) {
  NodeIds children = ast_.children(id);
  NodeId callee = children[0];
  if (ast_.kind(callee) == AstKind::Atom) {
    guard_local_call(id, ast_.name(callee), children.subspan(1));
  } else if (ast_.kind(callee) == AstKind::Remote) {
    guard_remote_call(id, callee, children.subspan(1));
  } else {
    illegal_guard(id);
  }
}

void Linter::guard_local_call(NodeId id, Name name, NodeIds arguments) {
  FunctionId function{name, static_cast<uint32_t>(arguments.size())};
  if (text(name) == "is_record" && function.arity == 2) {
    guard_is_record(id, arguments);
    return;
  }
  guard_siblings(arguments);
  if (text(name) == "is_record" && function.arity == 3 && !is_record_test(arguments)) {
    illegal_guard(id);
    return;
  }
  auto imported = facts_.imports.find(function);
  bool foreign = imported != facts_.imports.end() && text(imported->second.module) != "erlang";
  bool is_local_name = is_local(function) || foreign;
  bool is_bif = is_auto_imported(function) && is_guard_function(text(name), function.arity);
  if (is_bif && !is_local_name) return;
  // Without its import, even a BIF is but a function that is not there.
  bool hidden_bif = !is_auto_imported(function) && is_guard_function(text(name), function.arity);
  if (is_local_name || hidden_bif) {
    illegal_guard_call(id, function);
  } else {
    illegal_guard(id);
  }
}

bool Linter::is_record_test(NodeIds arguments) const {
  return ast_.kind(arguments[1]) == AstKind::Atom && ast_.kind(arguments[2]) == AstKind::Integer;
}

void Linter::guard_remote_call(NodeId id, NodeId remote, NodeIds arguments) {
  NodeId module = ast_.child(remote, 0);
  NodeId function = ast_.child(remote, 1);
  uint32_t arity = static_cast<uint32_t>(arguments.size());
  bool is_erlang =
      ast_.kind(module) == AstKind::Atom && ast_.kind(function) == AstKind::Atom && ast_.text(module) == "erlang";
  bool allowed = is_erlang && is_guard_function(ast_.text(function), arity);
  if (allowed && ast_.text(function) == "is_record") {
    if (arity == 2) {
      guard_is_record(id, arguments);
      return;
    }
    allowed = is_record_test(arguments);
  }
  if (is_erlang) guard_siblings(arguments);
  if (!allowed) illegal_guard(id);
}

// is_record(Term, name): the name must be a record's.
void Linter::guard_is_record(NodeId id, NodeIds arguments) {
  guard_expr(arguments[0]);
  if (ast_.kind(arguments[1]) != AstKind::Atom) {
    guard_expr(arguments[1]);
    illegal_guard(id);
    return;
  }
  Name name = ast_.name(arguments[1]);
  if (known_record(name, ast_.span(arguments[1]))) use_record(name);
}

}  // namespace hj::lint
