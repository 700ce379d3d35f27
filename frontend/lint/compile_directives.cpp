// -compile attributes: they hold for the whole module, so they are read before anything else.
#include "frontend/lint/linter.h"

namespace hj::lint {

void Linter::collect_directives() {
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) == AstKind::Compile) directive(ast_.child(id, 0), word_at(ast_.place(id)));
  }
  if (facts_.directives.export_all) {
    for (const auto& [function, unused] : facts_.functions) facts_.exports.insert(function);
  }
}

void Linter::directive(NodeId term, Span span) {
  switch (ast_.kind(term)) {
    case AstKind::List:
      for (NodeId element : ast_.children(term)) directive(element, span);
      return;
    case AstKind::Tuple: directive_tuple(term, span); return;
    case AstKind::Atom: break;
    default: return;
  }
  std::string_view option = ast_.text(term);
  Directives& directives = facts_.directives;
  if (option == "export_all") {
    directives.export_all = true;
  } else if (option == "no_auto_import") {
    directives.no_auto_import_all = true;
  } else if (option == "nowarn_bif_clash") {
    nowarn_bif_clash(span);
  } else {
    directives.flags.apply_option(option);
  }
}

// An error, but one that says it all: the clashes it wanted to silence need no errors of their own.
void Linter::nowarn_bif_clash(Span span) {
  report(DiagnosticKind::NowarnBifClash, span);
  facts_.directives.silent_bif_clash = true;
}

void Linter::directive_tuple(NodeId tuple, Span span) {
  NodeIds parts = ast_.children(tuple);
  if (parts.size() != 2 || ast_.kind(parts[0]) != AstKind::Atom) return;
  std::string_view option = ast_.text(parts[0]);
  Directives& directives = facts_.directives;
  std::vector<FunctionId> functions;
  if (option == "parse_transform") {
    directives.has_parse_transform = true;
    if (ast_.kind(parts[1]) == AstKind::Atom) report(DiagnosticKind::UndefinedTransform, span, ast_.text(parts[1]));
  } else if (option == "no_auto_import") {
    if (function_ids(parts[1], functions)) directives.no_auto_import.insert(functions.begin(), functions.end());
  } else if (option == "nowarn_unused_function") {
    if (!function_ids(parts[1], functions)) return;
    directives.nowarn_unused_functions.insert(functions.begin(), functions.end());
    check_functions_exist(functions, DiagnosticKind::UndefinedFunction, span);
  } else if (option == "nowarn_bif_clash") {
    if (!function_ids(parts[1], functions)) return;
    // Naming functions one by one was the old way to silence what is now an error.
    bool all_known = true;
    for (FunctionId id : functions) all_known = all_known && is_local(id);
    if (all_known) {
      nowarn_bif_clash(span);
    } else {
      check_functions_exist(functions, DiagnosticKind::UndefinedFunction, span);
    }
  } else if (option == "inline") {
    if (function_ids(parts[1], functions)) check_functions_exist(functions, DiagnosticKind::UndefinedInline, span);
  } else if (option == "nowarn_unused_record") {
    if (ast_.kind(parts[1]) == AstKind::Atom) directives.nowarn_unused_records.push_back(ast_.name(parts[1]));
    if (ast_.kind(parts[1]) != AstKind::List) return;
    for (NodeId record : ast_.children(parts[1])) {
      if (ast_.kind(record) == AstKind::Atom) directives.nowarn_unused_records.push_back(ast_.name(record));
    }
  }
}

void Linter::check_functions_exist(const std::vector<FunctionId>& functions, DiagnosticKind kind, Span span) {
  for (FunctionId id : functions) {
    if (is_local(id)) continue;
    report(kind, span, atom(id.name), id.arity);
    guess_function(id);
  }
}

bool Linter::function_ids(NodeId term, std::vector<FunctionId>& ids) const {
  NodeIds parts = ast_.children(term);
  switch (ast_.kind(term)) {
    case AstKind::Nil: return true;
    case AstKind::List:
      for (NodeId part : parts) {
        if (!function_ids(part, ids)) return false;
      }
      return true;
    case AstKind::NameArity: ids.push_back(name_arity(term)); return true;
    case AstKind::Tuple: {
      if (parts.size() != 2 || ast_.kind(parts[0]) != AstKind::Atom || ast_.kind(parts[1]) != AstKind::Integer)
        return false;
      const syntax::IntegerLiteral& arity = ast_.integer(parts[1]);
      if (!arity.is_small) return false;
      ids.push_back({ast_.name(parts[0]), static_cast<uint32_t>(arity.small)});
      return true;
    }
    default: return false;
  }
}

FunctionId Linter::name_arity(NodeId id) const {
  const syntax::IntegerLiteral& arity = ast_.integer(ast_.child(id, 0));
  // No function has an arity that does not fit; any number nobody uses will do.
  return {ast_.name(id), arity.is_small ? static_cast<uint32_t>(arity.small) : UINT32_MAX};
}

}  // namespace hj::lint
