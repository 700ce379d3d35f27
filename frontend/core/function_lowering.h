// Lowers one function: the walk over its expressions, which the lower_*.cpp files share, an area each.
//
// One class and not one an area, because expressions hold patterns, patterns hold constants, clauses hold expressions.
//
// Every expression is lowered for what is wanted of it: its value, only its effect, or to be the last thing the
// function does. Wanted as a tail, a call becomes a tail call, and the branches of a `case` end the function each for
// itself; no join is written that the optimiser would have to take apart.
//
// Invariants:
//   W1  expr(id, Tail) leaves no block open and its result is not to be used.
//   W2  When code cannot be reached (behind erlang's errors, in a case without clauses that match) the builder opens a
//       block that nothing leads to; values made there are never used elsewhere.
//   W3  scope_ holds after a branch what it held before it; what all branches bind is bound at their join.
//   W4  Recursion is as deep as the tree times a small constant.
//
// Threads: owner only.
#pragma once
#include <string>

#include "frontend/core/free_variables.h"
#include "frontend/core/function_builder.h"
#include "frontend/core/module_lowering.h"
#include "frontend/core/scope.h"
#include "frontend/match/compile_match.h"
#include "frontend/match/pattern_lowering.h"

namespace hj::core {

using syntax::Name;
using syntax::NodeId;
using NodeIds = std::span<const NodeId>;

enum class Want : uint8_t { Value, Effect, Tail };

class Join;
struct Generator;

// What the functions made from one named function share.
struct FormContext {
  explicit FormContext(ModuleLowering& module)
      : scope(module.ast().names.count()), numbers(module.ast(), module.records()), free_variables(module.ast()) {}
  void start(std::string function_label) {
    label = std::move(function_label);
    next_lifted = next_try = next_place = default_depth = 0;
  }

  std::string label;  // "f/1"
  Scope scope;
  FunNumbers numbers;
  FreeVariables free_variables;
  uint32_t next_lifted = 0;  // the last number of '-f/1-lc$^0/1-0-'
  uint32_t next_try = 0;
  uint32_t next_place = 0;  // VariableRank
  uint32_t default_depth = 0;
};

class FunctionLowering {
 public:
  FunctionLowering(ModuleLowering& module, FormContext& form, FunctionId id, FunctionId trace_owner,
                   TailCalls tail_calls);

  // Each writes the whole function.
  void named_function(NodeId function);
  void lambda(NodeIds clauses, const std::vector<Name>& free, const std::vector<Name>& mentioned,
              std::optional<Name> self);
  // Returns the body's value, or a tuple of it and of what the body binds and `wanted` names. Says what that is.
  std::vector<Scope::Binding> try_body(NodeIds body, const std::vector<Name>& free, const std::vector<Name>& mentioned,
                                       const std::vector<Name>& wanted);
  void generator(NodeId comprehension, size_t qualifier, const std::vector<Name>& free,
                 const std::vector<Name>& mentioned, const Generator* outer);
  void try_and_clauses(NodeId id, const std::vector<Name>& free, const std::vector<Name>& mentioned);

 private:
  friend class Join;

  // -- lower_expr.cpp
  Operand expr(NodeId id, Want want);
  Operand value(NodeId id) { return expr(id, Want::Value); }
  Operands values(NodeIds ids);
  Operand finish(Operand value, Want want);
  Operand sequence(NodeIds ids, Want want);
  Operand variable(NodeId id);
  Operand list(NodeId id);
  Operand tuple(NodeId id);
  bool may_fold(NodeIds parts, const Operands& values);
  Operand unary(NodeId id, Want want);
  Operand binary(NodeId id, Want want);
  Operand append(NodeId id, Want want);
  Operand short_circuit(NodeId id, Want want);
  Operand boolean(BlockId yes, BlockId no);
  Operand atom(std::string_view text) { return b_.atom(text); }
  SiteId site(NodeId id) { return m_.site(ast_.place(id), owner_); }

  // -- lower_case.cpp
  Operand case_expr(NodeId id, Want want);
  Operand if_expr(NodeId id, Want want);
  Operand match_expr(NodeId id, Want want);
  Operand bind_variable(NodeId id, NodeId pattern, Operand value);
  struct Subjects {
    Operands values;
    bool is_tuple = false;  // a tuple that is not built: values are its elements
    NodeIds elements;
  };
  Subjects case_subjects(NodeId subject, NodeIds clauses);
  // What happens in a clause between its guard and its body.
  enum class OnEntry : uint8_t { Nothing, AcceptMessage, BindStacktrace };
  // Lowers clauses over subjects; where none matches control goes to `fail`, which is left to the caller.
  void clauses(const std::vector<match::LoweredClause>& lowered, NodeIds clauses, const Operands& subjects,
               BlockId fail, Want want, Join& join, OnEntry on_entry = OnEntry::Nothing, Operand raw_trace = {});
  void bind(const match::LoweredClause& clause, const match::Leaf& leaf);
  void bind_stacktrace(NodeId clause, Operand raw_trace);
  match::LoweredClause lower_clause(NodeIds patterns, NodeId guard);
  match::PatternLowering patterns() { return match::PatternLowering(m_, form_.scope, pool_); }

  // -- lower_guard.cpp
  void guard(NodeId guard, BlockId fail);
  void guard_tests(NodeIds tests, BlockId fail);
  void guard_test(NodeId id, BlockId yes, BlockId no, BlockId error);
  void guard_operator(NodeId id, BlockId yes, BlockId no, BlockId error);
  void guard_call(NodeId id, BlockId yes, BlockId no, BlockId error);
  void test_value(Operand value, BlockId yes, BlockId no, BlockId error);
  Operand guard_value(NodeId id, BlockId error);
  Operands guard_values(NodeIds ids, BlockId error);
  Operand guard_bif(Bif bif, Operands args, BlockId error);
  Operand guard_boolean(NodeId id, BlockId error);
  Operand guard_record(NodeId id, BlockId error);
  bool cannot_fail(NodeId id) const;
  bool is_safe_boolean(NodeId id) const;
  bool is_guard_test(NodeId id) const;
  struct GuardCall {
    std::string_view name;
    NodeIds args;
    bool known = false;  // a BIF of module erlang
  };
  GuardCall guard_callee(NodeId id) const;
  std::optional<uint32_t> record_test_size(NodeIds args) const;

  // -- lower_call.cpp
  Operand call(NodeId id, Want want);
  Operand local_call_expr(NodeId id, NodeIds args, Want want);
  Operand remote_call_expr(NodeId id, NodeIds args, Want want);
  Operand fun_call(NodeId id, NodeIds args, Want want);
  Operand call_erlang(NodeId id, std::string_view name, NodeIds args, Want want);
  bool apply_known(NodeId id, std::string_view name, NodeIds args, Want want, Operand& result);
  Operand apply_fun_literal(NodeId fun, NodeIds args, Want want);
  bool is_plain_fun(NodeId fun, size_t arity) const;
  Operand emit_call(CallTarget target, Operands args, SiteId site, Want want);
  Operand emit_remote(Operand module, Operand name, Operands args, SiteId site, Want want);
  Operand is_record(NodeId id, NodeIds args, Want want);
  Operand record_info(NodeIds args);

  // -- lower_fun.cpp
  void head(NodeIds clauses, SiteId site);
  Operand fun_expr(NodeId id);
  Operand fun_local(NodeId id);
  Operand fun_remote(NodeId id, Want want);
  std::vector<Name> free_of(const std::vector<Name>& mentioned) const;
  Operands free_values(const std::vector<Name>& free) const;
  void bind_parameters(const std::vector<Name>& free, const std::vector<Name>& mentioned, size_t first);

  // -- lower_record.cpp
  Operand record_new(NodeId id);
  Operands record_elements(NodeId id, const Record& record, BlockId guard_error);
  Operand record_update(NodeId id);
  Operand record_access(NodeId id);
  Operand record_index(NodeId id);
  void check_record(Operand value, const Record& record, SiteId site);

  // -- lower_comprehension.cpp
  Operand comprehension(NodeId id, Want want);
  Operand qualifiers(NodeId comprehension, size_t qualifier, const Generator* generator, BlockId skip, Want want);
  Operand generate(NodeId comprehension, size_t qualifier, const Generator* outer, Want want);
  void filter(NodeId id, BlockId skip);
  bool is_generator(NodeId id) const;

  // -- lower_receive.cpp
  Operand receive(NodeId id, Want want);

  // -- lower_try.cpp
  Operand try_expr(NodeId id, Want want);
  Operand try_clauses(NodeId id, Want want);
  void catch_clauses(NodeIds clauses, BlockId handler, Want want, Join& join);
  Operand try_after(NodeId id, Want want);
  Operand catch_expr(NodeId id, Want want);
  struct TryBody {
    FunctionId function;
    Operands args;
    std::vector<Scope::Binding> bound;  // what it returns besides its value
  };
  TryBody make_try_body(NodeId id, NodeIds body, NodeIds later);

  // -- lower_maybe.cpp
  Operand maybe_expr(NodeId id, Want want);
  Operand maybe_match(NodeId id, BlockId fail);

  ModuleLowering& m_;
  const syntax::Ast& ast_;
  FormContext& form_;
  FunctionId owner_;  // whose name stack traces show
  FunctionBuilder b_;
  match::PatternPool pool_;
};

// The arms of a case, if, receive or try, and the place behind them.
class Join {
 public:
  enum class Exports : uint8_t { No, Yes };
  Join(FunctionLowering& function, Want want, Exports exports) : f_(function), want_(want), exports_(exports) {}

  // Around each arm, which is written in between.
  void begin_arm();
  void end_arm(Operand value);
  // Goes on behind all arms: their value, with the variables that all of them bind.
  Operand finish();

 private:
  struct Arm {
    BlockId end;
    Operand value;
    std::vector<Scope::Binding> bindings;
  };
  Operand merge(BlockId block, const Operands& per_arm);
  std::vector<Scope::Binding> common_bindings(std::vector<Operands>& per_binding) const;

  FunctionLowering& f_;
  Want want_;
  Exports exports_;
  size_t mark_ = 0;
  std::vector<Arm> arms_;
  std::vector<Operands> arm_args_;
};

}  // namespace hj::core
