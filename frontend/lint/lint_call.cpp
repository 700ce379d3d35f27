// Calls: whom a name means, and what is said about calling him.
#include <algorithm>

#include "frontend/lint/linter.h"

namespace hj::lint {

namespace {

struct OldCall {
  std::string_view module;
  std::string_view function;
  uint32_t arity;
  std::string_view advice;
};

}  // namespace

// The few that old programs still hold; OTP's own list has hundreds.
static constexpr OldCall kDeprecated[] = {
    {"erlang", "now", 0,
     "see the \"Time and Time Correction in Erlang\" chapter of the ERTS User's Guide for more information"},
    {"random", "uniform", 0, "use the 'rand' module instead"},
    {"random", "uniform", 1, "use the 'rand' module instead"},
    {"random", "seed", 0, "use the 'rand' module instead"},
    {"random", "seed", 1, "use the 'rand' module instead"},
    {"random", "seed", 3, "use the 'rand' module instead"},
};
static constexpr OldCall kRemoved[] = {
    {"erlang", "get_stacktrace", 0, "use the new try/catch syntax for retrieving the stack backtrace"},
    {"erlang", "hash", 2, "use erlang:phash2/2 instead"},
};

void Linter::call_expr(NodeId id) {
  NodeIds children = ast_.children(id);
  NodeId callee = children[0];
  switch (ast_.kind(callee)) {
    case AstKind::Atom: local_call(id, ast_.name(callee), children.subspan(1)); break;
    case AstKind::Remote: remote_call(id, callee, children.subspan(1)); break;
    default: siblings(children); break;
  }
}

bool Linter::is_auto_imported(FunctionId function) const {
  if (facts_.directives.no_auto_import_all || facts_.directives.no_auto_import.contains(function)) return false;
  return auto_imported_bif(text(function.name), function.arity).has_value();
}

void Linter::local_call(NodeId id, Name name, NodeIds arguments) {
  FunctionId function{name, static_cast<uint32_t>(arguments.size())};
  if (record_bif(id, text(name), arguments)) return;
  siblings(arguments);
  if (is_local(function)) {
    if (is_auto_imported(function) && !facts_.directives.silent_bif_clash) bif_clash(id, function);
    reference_function(function, call_head(id));
    return;
  }
  if (auto imported = facts_.imports.find(function); imported != facts_.imports.end()) {
    imported->second.used = true;
    return;
  }
  if (is_auto_imported(function)) {
    old_call(id, "erlang", text(name), function.arity);
    return;
  }
  reference_function(function, call_head(id));
}

// is_record/2 with a literal name and record_info/2 mean records, whoever else has these names.
bool Linter::record_bif(NodeId id, std::string_view name, NodeIds arguments) {
  if (arguments.size() != 2) return false;
  if (name == "is_record") {
    if (ast_.kind(arguments[1]) != AstKind::Atom) return false;
    expr(arguments[0]);
    if (known_record(ast_.name(arguments[1]), ast_.span(arguments[1]))) use_record(ast_.name(arguments[1]));
    return true;
  }
  if (name != "record_info") return false;
  bool literal = ast_.kind(arguments[0]) == AstKind::Atom && ast_.kind(arguments[1]) == AstKind::Atom;
  if (literal && (ast_.text(arguments[0]) == "fields" || ast_.text(arguments[0]) == "size")) {
    if (known_record(ast_.name(arguments[1]), ast_.span(id))) use_record(ast_.name(arguments[1]));
    return true;
  }
  report(DiagnosticKind::IllegalRecordInfo, ast_.span(literal ? arguments[0] : id));
  siblings(arguments);
  return true;
}

void Linter::bif_clash(NodeId id, FunctionId function) {
  bool is_old = auto_imported_bif(text(function.name), function.arity)->age == BifAge::Old;
  Span span = call_head(id);
  if (is_old) report(DiagnosticKind::OldBifCallClash, span, atom(function.name), function.arity);
  if (!is_old) warn(WarningFlag::BifClash, DiagnosticKind::BifCallClash, span, atom(function.name), function.arity);
}

// The callee with its opening parenthesis left out: arguments may be long.
Span Linter::call_head(NodeId id) const {
  NodeId callee = ast_.child(id, 0);
  Span span{ast_.span(id).begin, ast_.span(callee).end};
  return span.end < span.begin ? ast_.span(id) : span;
}

void Linter::reference_function(FunctionId function, Span span) {
  if (references_ && is_local(function)) references_->functions.push_back(function);
  if (!is_local(function) && !is_predefined_function(function)) facts_.calls.push_back({function, span});
}

void Linter::remote_call(NodeId id, NodeId remote, NodeIds arguments) {
  NodeId module = ast_.child(remote, 0);
  NodeId function = ast_.child(remote, 1);
  const uint32_t arity = static_cast<uint32_t>(arguments.size());
  bool literal = ast_.kind(module) == AstKind::Atom && ast_.kind(function) == AstKind::Atom;
  if (literal && ast_.text(module) == "erlang" && ast_.text(function) == "is_record" &&
      record_bif(id, "is_record", arguments))
    return;
  // Module, function and arguments are evaluated in no particular order.
  std::vector<NodeId> parts = {module, function};
  parts.insert(parts.end(), arguments.begin(), arguments.end());
  siblings(parts);
  if (!literal) return;
  old_call(id, ast_.text(module), ast_.text(function), arity);
  if (ast_.text(module) == "qlc" && ast_.text(function) == "q" && (arity == 1 || arity == 2) &&
      ast_.kind(arguments[0]) == AstKind::ListComp)
    report(DiagnosticKind::QlcHeaderMissing, call_head(id), arity);
  if (facts_.directives.flags.on(WarningFlag::Format)) format_call(id, arguments);
}

void Linter::old_call(NodeId id, std::string_view module, std::string_view function, uint32_t arity) {
  auto same = [&](const OldCall& old) {
    return old.function == function && old.arity == arity && old.module == module;
  };
  if (auto old = std::ranges::find_if(kDeprecated, same); old != std::end(kDeprecated))
    warn(WarningFlag::DeprecatedFunction, DiagnosticKind::DeprecatedCall, call_head(id), module, function, arity,
         old->advice);
  if (auto old = std::ranges::find_if(kRemoved, same); old != std::end(kRemoved))
    warn(WarningFlag::Removed, DiagnosticKind::RemovedCall, call_head(id), module, function, arity, old->advice);
}

}  // namespace hj::lint
