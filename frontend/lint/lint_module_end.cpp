// What can be said only when the whole module has been seen: undefined and unused names, missing callbacks.
#include <algorithm>
#include <filesystem>
#include <map>

#include "frontend/lint/linter.h"
#include "frontend/lint/spelling.h"

namespace hj::lint {

// -- undefined functions

void Linter::check_calls() {
  for (const CallSite& call : facts_.calls) {
    report(DiagnosticKind::UndefinedFunction, call.span, atom(call.function.name), call.function.arity);
    guess_function(call.function);
  }
}

void Linter::check_exports() {
  const CallSite* previous = nullptr;
  if (facts_.directives.export_all)
    for (NodeId id : ast_.forms) {
      if (ast_.kind(id) == AstKind::Compile && names_export_all(ast_.child(id, 0)))
        warn(WarningFlag::ExportAll, DiagnosticKind::ExportAll, word_at(ast_.place(id)));
    }
  for (const CallSite& entry : facts_.undefined_exports) {
    bool repeated = previous && previous->function == entry.function && previous->span.begin == entry.span.begin;
    previous = &entry;
    if (repeated) continue;
    report(DiagnosticKind::UndefinedFunction, entry.span, atom(entry.function.name), entry.function.arity);
    guess_function(entry.function);
  }
}

bool Linter::names_export_all(NodeId term) const {
  if (ast_.kind(term) == AstKind::Atom) return ast_.text(term) == "export_all";
  if (ast_.kind(term) != AstKind::List) return false;
  return std::ranges::any_of(ast_.children(term), [&](NodeId part) { return names_export_all(part); });
}

// The same name with another arity is the likeliest mistake; then a name that is nearly the same.
void Linter::guess_function(FunctionId wanted) {
  if (!may_guess()) return;
  SpellingGuess guess(text(wanted.name));
  std::vector<uint32_t> arities;
  for (const auto& [function, facts] : facts_.functions) {
    if (function.name == wanted.name) arities.push_back(function.arity);
  }
  if (!arities.empty()) {
    std::ranges::sort(arities);
    hint_name(fmt::format("{}/{}", text(wanted.name), arities.front()));
    return;
  }
  // In the order of the text, so that the hint does not depend on hashing.
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) == AstKind::Function) guess.offer(ast_.text(id));
  }
  if (guess.best().empty()) return;
  uint32_t arity = UINT32_MAX;
  for (const auto& [function, facts] : facts_.functions) {
    if (text(function.name) != guess.best()) continue;
    if (function.arity == wanted.arity || arity == UINT32_MAX || (arity != wanted.arity && function.arity < arity))
      arity = function.arity;
  }
  hint_name(fmt::format("{}/{}", guess.best(), arity));
}

// -- unused functions, imports, records

void Linter::check_unused_functions() {
  const Directives& directives = facts_.directives;
  if (directives.export_all || directives.has_parse_transform || !directives.flags.on(WarningFlag::UnusedFunction))
    return;
  FunctionSet reached;
  std::vector<FunctionId> queue(facts_.exports.begin(), facts_.exports.end());
  queue.insert(queue.end(), facts_.on_load.begin(), facts_.on_load.end());
  while (!queue.empty()) {
    FunctionId function = queue.back();
    queue.pop_back();
    auto found = facts_.functions.find(function);
    if (found == facts_.functions.end() || !reached.insert(function).second) continue;
    const std::vector<FunctionId>& called = found->second.references.functions;
    queue.insert(queue.end(), called.begin(), called.end());
  }
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) != AstKind::Function) continue;
    FunctionId function = function_id(id);
    bool first_definition = facts_.functions.at(function).node == id;
    if (!first_definition || reached.contains(function) || directives.nowarn_unused_functions.contains(function) ||
        is_predefined_function(function))
      continue;
    report(DiagnosticKind::UnusedFunction, word_at(ast_.place(id)), atom(function.name), function.arity);
  }
}

void Linter::check_unused_imports() {
  if (!facts_.directives.flags.on(WarningFlag::UnusedImport)) return;
  for (const auto& [function, import] : facts_.imports) {
    if (import.used) continue;
    report(DiagnosticKind::UnusedImport, import.span, atom(import.module), atom(function.name), function.arity);
  }
}

void Linter::check_unused_records() {
  if (!facts_.directives.flags.on(WarningFlag::UnusedRecord)) return;
  for (Name name : facts_.record_order) {
    const RecordFacts& record = facts_.records.at(name.index);
    // A header's records are there for those who want them.
    if (!record.in_main_file || facts_.used_records.contains(name.index)) continue;
    if (std::ranges::find(facts_.directives.nowarn_unused_records, name) !=
        facts_.directives.nowarn_unused_records.end())
      continue;
    report(DiagnosticKind::UnusedRecord, record.span, atom(name));
  }
}

// -- types, specs

void Linter::check_types() {
  for (const TypeUse& use : facts_.type_uses) {
    if (facts_.types.contains(use.type) || is_builtin_type(text(use.type.name), use.type.arity)) continue;
    report(DiagnosticKind::UndefinedType, use.span, type_text(use.type));
    if (!may_guess()) continue;
    SpellingGuess guess(text(use.type.name));
    for (FunctionId known : facts_.type_order) guess.offer(text(known.name));
    hint_name(guess.best());
  }
  FunctionSet reached;
  std::vector<FunctionId> queue = facts_.type_roots;
  while (!queue.empty()) {
    FunctionId name = queue.back();
    queue.pop_back();
    auto found = facts_.types.find(name);
    if (found == facts_.types.end() || !reached.insert(name).second) continue;
    queue.insert(queue.end(), found->second.references.begin(), found->second.references.end());
  }
  for (FunctionId name : facts_.type_order) {
    const TypeFacts& facts = facts_.types.at(name);
    if (facts.is_opaque && !facts_.exported_types.contains(name))
      report(DiagnosticKind::UnexportedOpaque, facts.span, type_text(name));
    if (facts.in_main_file && !reached.contains(name))
      warn(WarningFlag::UnusedType, DiagnosticKind::UnusedType, facts.span, type_text(name));
  }
}

void Linter::check_specs() {
  for (const auto& [function, span] : facts_.specs) {
    if (is_local(function)) continue;
    report(DiagnosticKind::SpecUndefinedFunction, span, atom(function.name), function.arity);
    guess_function(function);
  }
  const WarningFlags& flags = facts_.directives.flags;
  bool all = flags.on(WarningFlag::MissingSpecAll);
  if (!all && !flags.on(WarningFlag::MissingSpec)) return;
  for (NodeId id : ast_.forms) {
    if (ast_.kind(id) != AstKind::Function) continue;
    FunctionId function = function_id(id);
    if (facts_.specs.contains(function) || (!all && !facts_.exports.contains(function))) continue;
    report(DiagnosticKind::MissingSpec, word_at(ast_.place(id)), atom(function.name), function.arity);
  }
}

// -- behaviours

void Linter::check_callbacks() {
  for (const auto& [function, span] : facts_.optional_callbacks) {
    if (facts_.callbacks.contains(function)) continue;
    report(DiagnosticKind::UndefinedCallback, span, atom(function.name), function.arity);
  }
  bool has_info = false;
  for (const auto& [function, facts] : facts_.functions) {
    has_info = has_info || (function.arity == 1 && text(function.name) == "behaviour_info");
  }
  if (!has_info) return;
  for (const auto& [function, span] : facts_.callbacks) {
    report(DiagnosticKind::CallbackWithInfo, span, atom(function.name), function.arity);
  }
}

void Linter::check_behaviours() {
  // The first behaviour that requires each callback.
  std::map<std::pair<std::string_view, uint32_t>, const BehaviourUse*> first;
  for (const BehaviourUse& use : facts_.behaviours) {
    std::span<const Callback> callbacks = required_callbacks(use.name);
    if (callbacks.empty() && !is_behaviour_at_hand(use)) {
      report(DiagnosticKind::UndefinedBehaviour, use.span, syntax::atom_text(use.name));
      if (!may_guess()) continue;
      SpellingGuess guess(use.name);
      for (std::string_view known : known_behaviours()) guess.offer(known);
      hint_name(guess.best());
    }
    for (const Callback& callback : callbacks) {
      if (!exports(callback.function, callback.arity))
        report(DiagnosticKind::MissingCallback, use.span, callback.function, callback.arity, use.name);
      auto [earlier, fresh] = first.emplace(std::pair(callback.function, callback.arity), &use);
      if (fresh) continue;
      report(DiagnosticKind::ConflictingBehaviours, use.span, callback.function, callback.arity, use.name,
             earlier->second->name, place_text(earlier->second->span.begin));
    }
  }
}

bool Linter::exports(std::string_view name, uint32_t arity) const {
  return std::ranges::any_of(facts_.exports, [&](FunctionId function) {
    return function.arity == arity && text(function.name) == name && is_local(function);
  });
}

// A behaviour of the program's own: its source or code lies beside this module's.
bool Linter::is_behaviour_at_hand(const BehaviourUse& use) const {
  std::filesystem::path beside = std::filesystem::path(sources_.file_name(use.span.begin)).parent_path();
  for (std::string_view ending : {".erl", ".mod", ".beam"}) {
    std::error_code ignored;
    if (std::filesystem::exists(beside / (std::string(use.name) + std::string(ending)), ignored)) return true;
  }
  return false;
}

// -- deprecations

void Linter::check_deprecations() {
  for (const Deprecation& deprecation : facts_.deprecations) {
    Name name = deprecation.function.name;
    bool any = deprecation.function.arity == UINT32_MAX;
    bool exported = std::ranges::any_of(facts_.exports, [&](FunctionId function) {
      bool same_name = function.name == name || text(name) == "_";
      return same_name && (any || function.arity == deprecation.function.arity) && is_local(function);
    });
    std::string arity = any ? "'_'" : fmt::format("{}", deprecation.function.arity);
    if (!deprecation.is_removed && !exported) {
      report(DiagnosticKind::DeprecatedUnexported, deprecation.span, atom(name), arity);
    } else if (deprecation.is_removed && exported) {
      if (any) report(DiagnosticKind::RemovedStillMatches, deprecation.span, atom(name));
      if (!any) report(DiagnosticKind::RemovedExported, deprecation.span, atom(name), arity);
    }
  }
}

}  // namespace hj::lint
