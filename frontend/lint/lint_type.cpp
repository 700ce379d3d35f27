// Types, specs and callbacks: names only. Nothing here knows what a type means.
#include "frontend/lint/linter.h"

namespace hj::lint {

// One type, or one clause of a spec.
struct Linter::TypeWalk {
  struct TypeVariable {
    Name name;
    Span span;
    uint32_t count = 0;
  };
  std::vector<TypeVariable> variables = {};
  std::unordered_map<uint32_t, size_t> index = {};
  // Where the types named go: the definition's own list, or the module's roots.
  std::vector<FunctionId>* references = nullptr;

  void see(Name name, Span span) {
    auto [found, fresh] = index.emplace(name.index, variables.size());
    if (fresh) variables.push_back({name, span, 0});
    ++variables[found->second].count;
  }
};

// t(_, _) as messages show a type.
std::string Linter::type_text(FunctionId type) const {
  std::string shown = atom(type.name) + "(";
  for (uint32_t i = 0; i < type.arity; ++i) shown += i == 0 ? "_" : ",_";
  return shown + ")";
}

void Linter::type_definition(NodeId id) {
  NodeId parameters = ast_.child(id, 0);
  FunctionId name{ast_.name(id), static_cast<uint32_t>(ast_.children(parameters).size())};
  Span span = word_at(ast_.place(id));
  TypeFacts facts{span, static_cast<bool>(ast_.node(id).flags & syntax::kOpaque), in_main_file(span.begin), {}};
  TypeWalk walk{.references = &facts.references};
  for (NodeId parameter : ast_.children(parameters)) type(parameter, walk);
  type(ast_.child(id, 1), walk);
  report_singletons(walk);
  if (is_builtin_type(text(name.name), name.arity)) {
    report(DiagnosticKind::BuiltinType, span, type_text(name));
  } else if (!facts_.types.emplace(name, std::move(facts)).second) {
    report(DiagnosticKind::RedefinedType, span, type_text(name));
  } else {
    facts_.type_order.push_back(name);
  }
}

void Linter::record_field_type(NodeId id) {
  TypeWalk walk{.references = &facts_.type_roots};
  type(id, walk);
  report_singletons(walk);
}

void Linter::report_singletons(TypeWalk& walk) {
  for (const TypeWalk::TypeVariable& variable : walk.variables) {
    if (variable.count > 1 || text(variable.name).starts_with('_')) continue;
    report(DiagnosticKind::SingletonTypeVariable, variable.span, text(variable.name));
  }
}

void Linter::type(NodeId id, TypeWalk& walk) {
  NodeIds children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::Var: walk.see(ast_.name(id), ast_.span(id)); return;
    case AstKind::TypeCall: type_call(id, walk); return;
    case AstKind::TypeRecord: type_record(id, walk); return;
    // The name before :: is for readers, no use of the variable.
    case AstKind::TypeAnnotated: type(children[1], walk); return;
    case AstKind::TypeRemote: children = children.subspan(1); break;
    case AstKind::TypeConstraint:
      type(children[0], walk);
      // Here it is: V :: T says what V is.
      for (NodeId constraint : children.subspan(1)) {
        for (NodeId part : ast_.children(constraint)) type(part, walk);
      }
      return;
    default: break;
  }
  for (NodeId child : children) type(child, walk);
}

void Linter::type_call(NodeId id, TypeWalk& walk) {
  NodeIds arguments = ast_.children(id);
  for (NodeId argument : arguments) type(argument, walk);
  FunctionId name{ast_.name(id), static_cast<uint32_t>(arguments.size())};
  if (is_builtin_type(text(name.name), name.arity)) return;
  facts_.type_uses.push_back({name, ast_.span(id)});
  walk.references->push_back(name);
}

void Linter::type_record(NodeId id, TypeWalk& walk) {
  Name name = ast_.name(id);
  // Also a record that is defined further down is named here.
  use_record(name);
  const RecordFacts* record = known_record(name, at(id));
  if (!record) return;
  std::unordered_set<uint32_t> seen;
  for (NodeId field : ast_.children(id)) {
    Name field_name = ast_.name(field);
    Span span = word_at(ast_.place(field));
    if (!seen.insert(field_name.index).second) {
      report(DiagnosticKind::RedefinedField, span, atom(field_name), atom(name));
      continue;
    }
    if (known_field(*record, name, field_name, span)) type(ast_.child(field, 0), walk);
  }
}

void Linter::spec(NodeId id) {
  NodeIds parts = ast_.children(id);
  const bool is_callback = ast_.node(id).flags & syntax::kCallback;
  Span span = word_at(ast_.place(id));
  const syntax::IntegerLiteral& arity_literal = ast_.integer(parts[1]);
  const uint32_t arity = static_cast<uint32_t>(arity_literal.small);
  const bool is_remote = ast_.kind(parts[0]) == AstKind::Remote;
  NodeId name_id = is_remote ? ast_.child(parts[0], 1) : parts[0];
  FunctionId function{ast_.name(name_id), arity};
  if (is_remote && (is_callback || ast_.text(ast_.child(parts[0], 0)) != module_name_)) {
    report(is_callback ? DiagnosticKind::CallbackOtherModule : DiagnosticKind::SpecOtherModule, span,
           atom(ast_.name(ast_.child(parts[0], 0))), atom(function.name), arity);
    return;
  }
  FunctionMap<Span>& known = is_callback ? facts_.callbacks : facts_.specs;
  if (!known.emplace(function, span).second) {
    report(is_callback ? DiagnosticKind::RedefinedCallback : DiagnosticKind::RedefinedSpec, span, atom(function.name),
           arity);
    return;
  }
  for (NodeId clause : parts.subspan(2)) spec_clause(clause, arity, is_callback);
}

void Linter::spec_clause(NodeId clause, uint32_t arity, bool is_callback) {
  NodeId fun_type = ast_.kind(clause) == AstKind::TypeConstraint ? ast_.child(clause, 0) : clause;
  // Parameters and one result.
  if (ast_.children(fun_type).size() != arity + 1)
    report(is_callback ? DiagnosticKind::CallbackWrongArity : DiagnosticKind::SpecWrongArity, at(fun_type));
  TypeWalk walk{.references = &facts_.type_roots};
  type(clause, walk);
  report_singletons(walk);
}

}  // namespace hj::lint
