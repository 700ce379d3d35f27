// The walk over one module: state and methods that the lint_*.cpp files share, one area each.
//
// One class and not a class per area: expressions hold patterns, patterns hold guards, guards hold records, so the
// areas call each other in circles anyway. What belongs to one area only is static in its file.
//
// Invariants:
//   W1  expr() leaves in scope_ exactly what its node binds or changes.
//   W2  A finished function clause leaves scope_ empty.
//   W3  Recursion is as deep as the tree (A4) times a small constant.
//
// Threads: owner only.
#pragma once
#include <string>
#include <string_view>

#include "frontend/lint/bif_table.h"
#include "frontend/lint/module_facts.h"
#include "frontend/lint/scope.h"
#include "frontend/pipeline.h"
#include "frontend/syntax/atom_text.h"

namespace hj::lint {

using syntax::Ast;
using syntax::AstKind;
using syntax::Name;
using syntax::NodeId;
using syntax::Op;
using NodeIds = std::span<const NodeId>;

// Whether a pattern's variables compare with those of the same name outside, or hide them.
enum class PatternMode : uint8_t { Match, ShadowInFun, ShadowInGenerator };

// One pattern, or the patterns of one head: new variables are bound together when all of it has been seen.
struct PatternWalk {
  struct NewVariable {
    Name name;
    Variable variable;
    Span first;
    bool repeated = false;
  };
  PatternMode mode = PatternMode::Match;
  std::vector<NewVariable> fresh = {};
  // Known variables that the pattern made usable by complaining about them.
  std::vector<std::pair<Name, Variable>> repaired = {};
  // Inside a binary pattern, whose sizes may use what it has bound so far.
  bool is_in_binary = false;
  // The pattern of a <= generator, where a segment that takes the rest makes no sense.
  bool in_binary_generator = false;
  // A variable stands twice, or was bound before: the pattern compares.
  bool compares = false;
};

// What guard expressions are read as: a guard's tests and keys of map patterns, or the size of a segment in a pattern.
enum class GuardKind : uint8_t { Test, BitSize };

class Linter {
 public:
  Linter(const Ast& ast, const SourceMap& sources, const CompileOptions& options, Diagnostics& diagnostics);
  void run();

 private:
  // -- reporting (linter.cpp)
  template <class... Args>
  void report(DiagnosticKind kind, Span span, const Args&... args) {
    if (!options_.warnings && diagnostic_severity(kind) == Severity::Warning) return;
    diagnostics_.report(kind, span, args...);
  }
  template <class... Args>
  void warn(WarningFlag flag, DiagnosticKind kind, Span span, const Args&... args) {
    if (facts_.directives.flags.on(flag)) report(kind, span, args...);
  }
  // From the place erl_lint names to the node's end.
  Span at(NodeId id) const;
  // The word that stands at `loc`: attributes and function heads are too long to underline.
  Span word_at(Loc loc) const;
  std::string atom(Name name) const;
  std::string_view text(Name name) const { return ast_.names.text(name); }
  // "(line 4, column 5)"
  std::string place_text(Loc loc) const;
  void hint_name(std::string_view guess);
  // Guessing compares with every known name; a broken generated module must not pay for thousands of guesses.
  bool may_guess();
  bool in_main_file(Loc loc) const;

  // -- forms (lint_forms.cpp, lint_attribute.cpp, compile_directives.cpp)
  void collect_directives();
  void directive(NodeId term, Span span);
  void directive_tuple(NodeId tuple, Span span);
  void nowarn_bif_clash(Span span);
  void collect_functions();
  void check_functions_exist(const std::vector<FunctionId>& functions, DiagnosticKind kind, Span span);
  void form(NodeId id);
  bool before_module(NodeId id);
  void module_attribute(NodeId id);
  void check_file_name(NodeId id);
  bool attribute_allowed_here(NodeId id);
  void export_attribute(NodeId id);
  void export_type_attribute(NodeId id);
  void import_attribute(NodeId id);
  void on_load_attribute(NodeId id);
  void wild_attribute(NodeId id);
  void dialyzer_attribute(NodeId term, Span span);
  void deprecated_attribute(NodeId id, NodeId term);
  bool is_explanation(NodeId term, bool is_removed) const;
  void function(NodeId id);
  // f/1, {f, 1} and lists of them; returns false for anything else.
  bool function_ids(NodeId term, std::vector<FunctionId>& ids) const;
  FunctionId name_arity(NodeId id) const;
  FunctionId function_id(NodeId function) const;

  // -- end of the module (lint_module_end.cpp)
  void check_calls();
  void check_exports();
  void check_unused_functions();
  void check_unused_imports();
  void check_unused_records();
  void check_types();
  void check_specs();
  void check_callbacks();
  void check_behaviours();
  bool is_behaviour_at_hand(const BehaviourUse& use) const;
  bool exports(std::string_view name, uint32_t arity) const;
  bool names_export_all(NodeId term) const;
  void check_deprecations();
  void guess_function(FunctionId wanted);
  bool is_predefined_function(FunctionId id) const;

  // -- expressions (lint_expr.cpp)
  void expr(NodeId id);
  void sequence(NodeIds ids);
  void siblings(NodeIds ids);
  template <class Evaluate>
  void siblings(size_t count, Evaluate evaluate);
  void use_variable(NodeId id);
  Variable unbound_variable(NodeId id);
  void operator_expr(NodeId id);
  void map_expr(NodeId id, NodeIds fields);
  void unsafe_result(Delta delta, Construct construct, Loc where);

  // -- clauses and the constructs made of them (lint_clause.cpp)
  void function_clause(NodeId clause);
  void clause_body(NodeId clause, PatternMode mode);
  Delta clause_delta(NodeId clause);
  void branches(NodeIds clauses, Construct construct, Loc where);
  void receive_expr(NodeId id);
  void try_expr(NodeId id);
  void catch_clause(NodeId clause);
  void maybe_expr(NodeId id);
  Delta unsafe_union(Delta first, Delta second, Construct construct, Loc where);
  void report_unused_variables();

  // -- funs and comprehensions (lint_fun.cpp)
  void fun_expr(NodeId id);
  void named_fun_expr(NodeId id);
  void fun_clauses(NodeIds clauses);
  void fun_local(NodeId id);
  void comprehension(NodeId id);
  void generator(NodeId id);
  void filter(NodeId id);
  void warn_shadowed(Name name, std::string_view construct, Span span);
  // Takes what an inner scope changed and applies only what concerns variables known outside and not hidden inside.
  void leave_inner_scope(Scope::Mark mark, size_t hidden_before);

  // -- calls (lint_call.cpp, lint_format.cpp)
  void call_expr(NodeId id);
  void local_call(NodeId id, Name name, NodeIds arguments);
  bool record_bif(NodeId id, std::string_view name, NodeIds arguments);
  void remote_call(NodeId id, NodeId remote, NodeIds arguments);
  void bif_clash(NodeId id, FunctionId function);
  void old_call(NodeId id, std::string_view module, std::string_view function, uint32_t arity);
  Span call_head(NodeId id) const;
  void reference_function(FunctionId function, Span span);
  bool is_local(FunctionId function) const { return facts_.functions.contains(function); }
  bool is_imported(FunctionId function) const { return facts_.imports.contains(function); }
  bool is_auto_imported(FunctionId function) const;
  void format_call(NodeId id, NodeIds arguments);

  // -- patterns (lint_pattern.cpp)
  void pattern(NodeId id, PatternWalk& walk);
  void pattern_variable(NodeId id, PatternWalk& walk);
  void pattern_map(NodeId id, PatternWalk& walk);
  void pattern_guard_expr(NodeId id, PatternWalk& walk);
  void pattern_operator(NodeId id, PatternWalk& walk);
  void reject_parallel_binaries(NodeId left, NodeId right);
  // Binds the new variables. Patterns of one head share the walk and end it once.
  void finish_pattern(PatternWalk& walk);
  PatternWalk::NewVariable* find_fresh(PatternWalk& walk, Name name);
  void whole_pattern(NodeId id, PatternMode mode);

  // -- guards (lint_guard.cpp)
  void illegal_guard(NodeId id);
  void illegal_guard_call(NodeId id, FunctionId function);
  void guard(NodeId guard);
  void guard_test(NodeId id);
  void guard_expr(NodeId id);
  void guard_call(NodeId id);
  void guard_local_call(NodeId id, Name name, NodeIds arguments);
  void guard_remote_call(NodeId id, NodeId remote, NodeIds arguments);
  void guard_is_record(NodeId id, NodeIds arguments);
  bool is_record_test(NodeIds arguments) const;
  void guard_siblings(NodeIds ids);
  bool is_guard_test(NodeId id) const;

  // -- bit syntax (lint_binary.cpp)
  void binary_expr(NodeId id);
  void binary_guard(NodeId id);
  void binary_pattern(NodeId id, PatternWalk& walk);
  void pattern_element_value(NodeId value, PatternWalk& walk);
  void pattern_element_size(NodeId size, PatternWalk& walk);
  struct BitType;
  BitType bit_type(NodeId element);
  bool bit_type_word(NodeId word, NodeId element, BitType& type);
  bool is_never_integer(NodeId size) const;

  // -- records (lint_record.cpp)
  void record_definition(NodeId id);
  void record_field_definition(NodeId field, RecordFacts& record, std::string_view record_name);
  void record_default(NodeId id, References& references);
  // The record, or nothing after complaining at `span`.
  const RecordFacts* known_record(Name name, Span span);
  bool known_field(const RecordFacts& record, Name record_name, Name field, Span span);
  std::vector<NodeId> record_field_values(const RecordFacts& record, Name record_name, NodeIds fields);
  void instantiate_defaults(const RecordFacts& record, NodeIds fields);
  void record_new(NodeId id);
  void record_guard_new(NodeId id);
  void record_update(NodeId id);
  void record_field_access(NodeId id);
  void record_pattern(NodeId id, PatternWalk& walk);
  void use_record(Name name);

  // -- types (lint_type.cpp)
  void type_definition(NodeId id);
  void spec(NodeId id);
  void spec_clause(NodeId clause, uint32_t arity, bool is_callback);
  std::string type_text(FunctionId type) const;
  struct TypeWalk;
  void type(NodeId id, TypeWalk& walk);
  void type_call(NodeId id, TypeWalk& walk);
  void type_record(NodeId id, TypeWalk& walk);
  void record_field_type(NodeId id);
  void report_singletons(TypeWalk& walk);

  // -- what only errorless modules are told (lint_effect.cpp, lint_nomatch.cpp, lint_literal.cpp)
  void check_effects();
  void value(NodeId id);
  void effect(NodeId id);
  void effect_body(NodeId body);
  void effect_clauses(NodeIds clauses);
  void unused_elements(NodeId id);
  void effect_operator(NodeId id);
  void effect_call(NodeId id);
  void check_unreachable_clauses();
  void unreachable_clauses(NodeIds clauses, NodeId value, const FunctionId* function);
  std::string literal_patterns(NodeIds patterns) const;
  bool takes_everything(NodeId pattern, NodeId value) const;
  Span clause_head(NodeId clause) const;
  void check_literals();
  void repeated_keys(NodeIds fields);
  void failing_segments(NodeId id);

  const Ast& ast_;
  const SourceMap& sources_;
  const CompileOptions& options_;
  Diagnostics& diagnostics_;
  ModuleFacts facts_;
  Scope scope_;

  // Where the walk is.
  enum class Section : uint8_t { BeforeModule, Attributes, Functions };
  Section section_ = Section::BeforeModule;
  // What the code under the walk refers to: the function's or the record default's.
  References* references_ = nullptr;
  bool in_record_default_ = false;
  // Set while a stack trace variable must not be used: the guard of its clause.
  Name stacktrace_;
  GuardKind guard_kind_ = GuardKind::Test;
  // Names that funs and generators around the walk hide.
  std::vector<Name> hidden_;
  // Where a pattern's new variable of this name stands in PatternWalk::fresh, if it is one.
  std::vector<uint32_t> fresh_slots_;
  // Noted on the way for the checks of errorless modules, by node index.
  std::unordered_set<uint32_t> linear_clauses_;
  std::unordered_set<uint32_t> pattern_binaries_;
  // Clauses that no value reaches: nothing in them is worth another word.
  std::unordered_set<uint32_t> unreachable_;
  bool late_module_allowed_ = false;
  bool qlc_included_ = false;
  uint32_t guesses_left_ = 30;
  std::string_view main_file_;
  std::string_view module_name_;
};

template <class Evaluate>
void Linter::siblings(size_t count, Evaluate evaluate) {
  const Scope::Mark mark = scope_.mark();
  std::vector<Delta> deltas;
  for (size_t i = 0; i < count; ++i) {
    evaluate(i);
    // Most operands change nothing; the last one needs no taking apart when it is the only one that did.
    bool last = i + 1 == count;
    if (scope_.mark() != mark && !(last && deltas.empty())) deltas.push_back(scope_.take(mark));
  }
  if (!deltas.empty()) scope_.apply(scope_.merge_siblings(deltas));
}

}  // namespace hj::lint
