// Attributes without a node kind of their own that OTP's compiler checks nevertheless.
#include <algorithm>

#include "frontend/lint/linter.h"
#include "frontend/lint/term_text.h"

namespace hj::lint {

static constexpr std::string_view kDialyzerOptions[] = {
    "error_handling",   "extra_return",      "missing_return", "no_behaviours",     "no_contracts",
    "no_extra_return",  "no_fail_call",      "no_fun_app",     "no_improper_lists", "no_match",
    "no_missing_calls", "no_missing_return", "no_opaque",      "no_return",         "no_undefined_callbacks",
    "no_underspecs",    "no_unknown",        "no_unused",      "overspecs",         "race_conditions",
    "specdiffs",        "underspecs",        "unknown",        "unmatched_returns",
};

void Linter::wild_attribute(NodeId id) {
  std::string_view name = ast_.text(id);
  NodeId term = ast_.child(id, 0);
  Span span = word_at(ast_.place(id));
  if (name == "dialyzer") {
    dialyzer_attribute(term, span);
  } else if (name == "deprecated" || name == "removed") {
    deprecated_attribute(id, term);
  } else if (name == "on_load") {
    report(DiagnosticKind::BadOnLoad, span, term_text(ast_, term));
  }
}

static bool is_dialyzer_option(std::string_view option, bool for_function) {
  if (option == "nowarn_function") return for_function;
  return std::ranges::find(kDialyzerOptions, option) != std::end(kDialyzerOptions);
}

void Linter::dialyzer_attribute(NodeId term, Span span) {
  NodeIds parts = ast_.children(term);
  switch (ast_.kind(term)) {
    case AstKind::List:
      for (NodeId part : parts) {
        if (ast_.kind(part) != AstKind::Nil) dialyzer_attribute(part, span);
      }
      return;
    case AstKind::Atom:
      if (!is_dialyzer_option(ast_.text(term), false))
        report(DiagnosticKind::BadDialyzerOption, span, atom(ast_.name(term)));
      return;
    case AstKind::Tuple: break;
    default: return;
  }
  std::vector<FunctionId> functions;
  if (parts.size() != 2 || !function_ids(parts[1], functions)) return;
  std::vector<NodeId> options{parts[0]};
  if (ast_.kind(parts[0]) == AstKind::List)
    options.assign(ast_.children(parts[0]).begin(), ast_.children(parts[0]).end());
  for (NodeId option : options) {
    if (ast_.kind(option) == AstKind::Atom && !is_dialyzer_option(ast_.text(option), true))
      report(DiagnosticKind::BadDialyzerOption, span, atom(ast_.name(option)));
  }
  check_functions_exist(functions, DiagnosticKind::UndefinedFunction, span);
}

// -deprecated and -removed: module, {F, A}, {F, A, Explanation} or a list of these.
void Linter::deprecated_attribute(NodeId id, NodeId term) {
  if (ast_.kind(term) == AstKind::List) {
    for (NodeId part : ast_.children(term)) {
      if (ast_.kind(part) != AstKind::Nil) deprecated_attribute(id, part);
    }
    return;
  }
  Span span = word_at(ast_.place(id));
  std::string_view attribute = ast_.text(id);
  bool is_removed = attribute == "removed";
  if (ast_.kind(term) == AstKind::Atom && ast_.text(term) == "module") return;
  NodeIds parts = ast_.children(term);
  bool good =
      ast_.kind(term) == AstKind::Tuple && (parts.size() == 2 || parts.size() == 3) &&
      ast_.kind(parts[0]) == AstKind::Atom &&
      (ast_.kind(parts[1]) == AstKind::Integer || (ast_.kind(parts[1]) == AstKind::Atom && ast_.text(parts[1]) == "_"));
  if (good && parts.size() == 3) good = is_explanation(parts[2], is_removed);
  if (!good) {
    report(DiagnosticKind::BadDeprecated, span, attribute, term_text(ast_, term));
    return;
  }
  bool any_arity = ast_.kind(parts[1]) == AstKind::Atom;
  uint32_t arity = any_arity ? UINT32_MAX : static_cast<uint32_t>(ast_.integer(parts[1]).small);
  facts_.deprecations.push_back({{ast_.name(parts[0]), arity}, span, is_removed});
}

bool Linter::is_explanation(NodeId term, bool is_removed) const {
  if (ast_.kind(term) == AstKind::String) return true;
  if (is_removed || ast_.kind(term) != AstKind::Atom) return false;
  std::string_view flag = ast_.text(term);
  return flag == "next_version" || flag == "next_major_release" || flag == "eventually";
}

}  // namespace hj::lint
