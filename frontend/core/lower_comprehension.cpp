// List comprehensions. Each generator is a function over its list, as in OTP, whose traces show it:
//
//     [E || P1 <- L1, F, P2 <- L2]
//
//     lc1([P1 | T1]) when F -> lc2(L2, T1);      lc2([P2 | T2], T1) -> [E | lc2(T2, T1)];
//     lc1([_ | T1])         -> lc1(T1);          lc2([_ | T2], T1)  -> lc2(T2, T1);
//     lc1([])               -> [].               lc2([], T1)        -> lc1(T1).
//
// At the end of an inner list the outer generator goes on, so its tail is a free variable of the inner function, and so
// is whatever is free in the outer one.
#include <algorithm>

#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

// A generator's function, as the code inside sees it.
struct Generator {
  FunctionId function;
  // In the function that is being written: the rest of the list, and the function's further arguments.
  Operand tail;
  Operands captured;
  NodeId node;

  Operands continue_args() const {
    Operands args{tail};
    args.insert(args.end(), captured.begin(), captured.end());
    return args;
  }
};

bool FunctionLowering::is_generator(NodeId id) const {
  AstKind kind = ast_.kind(id);
  return kind == AstKind::Generator || kind == AstKind::BinGenerator || kind == AstKind::MapGenerator;
}

Operand FunctionLowering::comprehension(NodeId id, Want want) {
  size_t mark = form_.scope.mark();
  Operand result;
  if (is_generator(ast_.child(id, 1))) {
    result = generate(id, 1, nullptr, want);
  } else {
    // Filters in front of all generators: false makes the list empty.
    BlockId skip = b_.new_block();
    Join join(*this, want, Join::Exports::No);
    join.begin_arm();
    join.end_arm(qualifiers(id, 1, nullptr, skip, want));
    b_.set(skip);
    join.begin_arm();
    join.end_arm(finish(b_.nil(), want));
    result = join.finish();
  }
  form_.scope.undo(mark);
  return result;
}

// The qualifiers from `qualifier` on, then the template. What a filter refuses goes to `skip`.
Operand FunctionLowering::qualifiers(NodeId comprehension, size_t qualifier, const Generator* generator, BlockId skip,
                                     Want want) {
  NodeIds children = ast_.children(comprehension);
  for (; qualifier < children.size(); ++qualifier) {
    if (is_generator(children[qualifier])) return generate(comprehension, qualifier, generator, want);
    filter(children[qualifier], skip);
  }
  Operand element = value(children[0]);
  if (generator == nullptr) return finish(b_.cons(element, b_.nil()), want);
  Operand rest = b_.call(local_call(generator->function), generator->continue_args(), site(generator->node));
  return finish(b_.cons(element, rest), want);
}

void FunctionLowering::filter(NodeId id, BlockId skip) {
  if (is_guard_test(id)) {
    NodeId tests[] = {id};
    return guard_tests(tests, skip);
  }
  Operand result = value(id);
  BlockId next = b_.new_block();
  BlockId bad = b_.new_block();
  BlockId targets[] = {next, skip};
  b_.switch_on(result, {m_.module().atom("true"), m_.module().atom("false")}, targets, bad);
  b_.set(bad);
  b_.raise(ErrorKind::BadFilter, {result}, site(id));
  b_.set(next);
}

// Makes the generator's function and calls it with the list.
Operand FunctionLowering::generate(NodeId comprehension, size_t qualifier, const Generator* outer, Want want) {
  NodeId node = ast_.child(comprehension, static_cast<uint32_t>(qualifier));
  if (ast_.kind(node) != AstKind::Generator) {
    m_.unsupported(node);
    return finish(b_.nil(), want);
  }
  uint32_t number = form_.numbers.take(comprehension);
  uint32_t lifted = form_.next_lifted++;
  std::vector<Name> mentioned = form_.free_variables.mentioned_in_comprehension(comprehension, qualifier);
  std::vector<Name> free = free_of(mentioned);
  Operands captured = free_values(free);
  if (outer != nullptr) {
    for (Operand operand : outer->continue_args()) {
      if (std::find(captured.begin(), captured.end(), operand) == captured.end()) captured.push_back(operand);
    }
  }
  FunctionId function =
      m_.add_function(fmt::format("-{}-lc$^{}/1-{}-", form_.label, number, lifted),
                      static_cast<uint32_t>(1 + captured.size()), FunctionKind::Comprehension, SiteId{});
  m_.module().functions[function.index].site = m_.site(ast_.place(comprehension), function);
  // The outer generator as the new function sees it: by its parameters.
  FunctionLowering inner(m_, form_, function, function, TailCalls::Allowed);
  Generator seen;
  if (outer != nullptr) {
    auto inside = [&](Operand operand) -> Operand {
      size_t at = static_cast<size_t>(std::find(captured.begin(), captured.end(), operand) - captured.begin());
      return inner.b_.function().blocks[0].params[1 + at];
    };
    seen = {outer->function, inside(outer->tail), {}, outer->node};
    for (Operand operand : outer->captured) seen.captured.push_back(inside(operand));
  }
  inner.generator(comprehension, qualifier, free, mentioned, outer == nullptr ? nullptr : &seen);
  // After the function: OTP completes it first, and its order of functions shows.
  Operands args{value(ast_.child(node, 1))};
  args.insert(args.end(), captured.begin(), captured.end());
  return emit_call(local_call(function), std::move(args), site(node), want);
}

// The function itself. Parameters: the list, the free variables, what the outer generator needs.
void FunctionLowering::generator(NodeId comprehension, size_t qualifier, const std::vector<Name>& free,
                                 const std::vector<Name>& mentioned, const Generator* outer) {
  NodeId node = ast_.child(comprehension, static_cast<uint32_t>(qualifier));
  Scope& scope = form_.scope;
  size_t mark = scope.mark();
  bind_parameters(free, mentioned, 1);
  std::vector<ValueId> params = b_.function().blocks[0].params;
  BlockId cons = b_.new_block();
  BlockId no_cons = b_.new_block();
  BlockId done = b_.new_block();
  BlockId bad = b_.new_block();
  BlockId skip = b_.new_block();
  b_.branch(TestKind::IsCons, {params[0]}, cons, no_cons);

  b_.set(cons);
  Generator self{b_.id(), b_.tl(params[0]), Operands(params.begin() + 1, params.end()), node};
  std::vector<Name> hidden;
  form_.free_variables.pattern_variables(ast_.child(node, 0), hidden);
  for (Name name : hidden) scope.unbind(name);
  NodeId pattern[] = {ast_.child(node, 0)};
  match::LoweredClause clause = patterns().lower(pattern);
  Operand element = b_.hd(params[0]);
  std::vector<match::Leaf> leaves = match::compile_match(b_, pool_, {element}, {clause.match}, skip);
  if (leaves[0].reachable()) {
    b_.set(leaves[0].block);
    bind(clause, leaves[0]);
    qualifiers(comprehension, qualifier + 1, &self, skip, Want::Tail);
  }

  b_.set(skip);
  b_.tail_call(local_call(self.function), self.continue_args(), site(node));
  b_.set(no_cons);
  b_.branch(TestKind::IsNil, {params[0]}, done, bad);
  b_.set(done);
  if (outer == nullptr) {
    b_.ret(b_.nil());
  } else {
    b_.tail_call(local_call(outer->function), outer->continue_args(), site(outer->node));
  }
  b_.set(bad);
  b_.raise(ErrorKind::BadGenerator, {params[0]}, site(ast_.child(node, 1)));
  scope.undo(mark);
  b_.finish();
  m_.completed(b_.id());
}

}  // namespace hj::core
