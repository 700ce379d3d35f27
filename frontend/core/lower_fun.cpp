// Functions and funs: heads, closures, free variables.
#include <algorithm>

#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

// Writes the function: its clauses over its first parameters. All parameters are what function_clause reports.
void FunctionLowering::head(NodeIds head_clauses, SiteId site) {
  Function& f = b_.function();
  size_t arity = f.arity - f.free_count;
  Operands subjects;
  Operands all;
  for (size_t i = 0; i < f.arity; ++i) {
    all.push_back(f.blocks[0].params[i]);
    if (i < arity) subjects.push_back(all.back());
  }
  // Heads hide what is bound around a fun.
  Scope& scope = form_.scope;
  std::vector<match::LoweredClause> lowered;
  size_t mark = scope.mark();
  for (NodeId clause : head_clauses) {
    size_t clause_mark = scope.mark();
    std::vector<Name> own;
    form_.free_variables.pattern_variables(ast_.child(clause, 0), own);
    for (Name name : own) scope.unbind(name);
    lowered.push_back(lower_clause(ast_.children(ast_.child(clause, 0)), ast_.child(clause, 1)));
    scope.undo(clause_mark);
  }
  BlockId fail = b_.new_block();
  Join join(*this, Want::Tail, Join::Exports::No);
  clauses(lowered, head_clauses, subjects, fail, Want::Tail, join);
  b_.set(fail);
  b_.raise(ErrorKind::FunctionClause, std::move(all), site);
  scope.undo(mark);
}

void FunctionLowering::named_function(NodeId function) {
  form_.numbers.number(function);
  head(ast_.children(function), b_.function().site);
  b_.finish();
}

// -- free variables

// Those of the mentioned variables that are bound here to something that is no literal, in OTP's order.
std::vector<Name> FunctionLowering::free_of(const std::vector<Name>& mentioned) const {
  std::vector<Name> free;
  for (Name name : mentioned) {
    if (form_.scope.is_bound(name) && form_.scope.value(name).is_value()) free.push_back(name);
  }
  std::sort(free.begin(), free.end(), [&](Name a, Name b) {
    uint32_t x = form_.scope.rank(a).place;
    uint32_t y = form_.scope.rank(b).place;
    return x != y ? x < y : ast_.names.text(a) < ast_.names.text(b);
  });
  // Two names of one value are one free variable.
  std::vector<Name> distinct;
  for (Name name : free) {
    bool known = std::any_of(distinct.begin(), distinct.end(),
                             [&](Name other) { return form_.scope.value(other) == form_.scope.value(name); });
    if (!known) distinct.push_back(name);
  }
  return distinct;
}

Operands FunctionLowering::free_values(const std::vector<Name>& free) const {
  Operands values;
  for (Name name : free) values.push_back(form_.scope.value(name));
  return values;
}

// Inside the new function: free variables are its parameters from `first` on, under every name they have.
void FunctionLowering::bind_parameters(const std::vector<Name>& free, const std::vector<Name>& mentioned,
                                       size_t first) {
  Scope& scope = form_.scope;
  Operands outside = free_values(free);
  std::vector<std::pair<Name, size_t>> bindings;
  for (Name name : mentioned) {
    if (!scope.is_bound(name) || scope.value(name).is_literal()) continue;
    for (size_t i = 0; i < free.size(); ++i) {
      if (scope.value(name) == outside[i]) bindings.emplace_back(name, i);
    }
  }
  for (auto [name, i] : bindings) scope.bind(name, b_.function().blocks[0].params[first + i], scope.rank(name));
}

// -- funs

void FunctionLowering::lambda(NodeIds fun_clauses, const std::vector<Name>& free, const std::vector<Name>& mentioned,
                              std::optional<Name> self) {
  Function& f = b_.function();
  size_t arity = f.arity - f.free_count;
  size_t mark = form_.scope.mark();
  bind_parameters(free, mentioned, arity);
  if (self) {
    // The fun by its own name: a closure over the same variables. Calls of it become direct, see opt/known_calls.
    Operands own;
    for (size_t i = arity; i < f.arity; ++i) own.push_back(f.blocks[0].params[i]);
    ValueId closure = b_.make_fun(b_.id(), std::move(own));
    form_.scope.unbind(*self);
    form_.scope.bind(*self, closure, {form_.next_place++});
  }
  head(fun_clauses, f.site);
  form_.scope.undo(mark);
  b_.finish();
  m_.completed(b_.id());
}

Operand FunctionLowering::fun_expr(NodeId id) {
  NodeIds fun_clauses = ast_.children(id);
  uint32_t arity = static_cast<uint32_t>(ast_.children(ast_.child(fun_clauses[0], 0)).size());
  uint32_t number = form_.numbers.take(id);
  std::optional<Name> self;
  std::string name = fmt::format("-{}-fun-{}-", form_.label, number);
  if (ast_.kind(id) == AstKind::NamedFun && ast_.text(id) != "_") {
    self = ast_.name(id);
    name = fmt::format("-{}-{}/{}-{}-", form_.label, ast_.text(id), arity, form_.next_lifted++);
  }
  std::vector<Name> mentioned = form_.free_variables.mentioned_in_clauses(fun_clauses);
  if (self) std::erase(mentioned, *self);
  std::vector<Name> free = free_of(mentioned);
  uint32_t free_count = static_cast<uint32_t>(free.size());
  FunctionId lambda_id = m_.add_function(std::move(name), arity + free_count, FunctionKind::Lambda, SiteId{});
  Function& f = m_.module().functions[lambda_id.index];
  f.free_count = free_count;
  f.site = m_.site(ast_.place(id), lambda_id);
  FunctionLowering(m_, form_, lambda_id, lambda_id, TailCalls::Allowed).lambda(fun_clauses, free, mentioned, self);
  return b_.make_fun(lambda_id, free_values(free));
}

// fun f/1: a fun of the function itself, or of the one it is imported from or built in as.
Operand FunctionLowering::fun_local(NodeId id) {
  form_.numbers.take(id);
  Name name = ast_.name(ast_.child(id, 0));
  const syntax::IntegerLiteral& literal = ast_.integer(ast_.child(id, 1));
  uint32_t arity = literal.is_small ? static_cast<uint32_t>(literal.small) : UINT32_MAX;
  if (auto function = m_.local_function(name, arity)) return b_.make_fun(*function, {});
  if (auto function = m_.generated_function(ast_.names.text(name), arity)) return b_.make_fun(*function, {});
  auto import = m_.import_of(name, arity);
  LiteralId module = import ? m_.atom(*import) : m_.module().atom("erlang");
  return m_.export_fun(module, m_.atom(name), arity);
}

Operand FunctionLowering::fun_remote(NodeId id, Want want) {
  if (auto literal = m_.constant(id)) return finish(*literal, want);
  Operands parts = values(ast_.children(id));
  return emit_remote(atom("erlang"), atom("make_fun"), std::move(parts), site(id), want);
}

}  // namespace hj::core
