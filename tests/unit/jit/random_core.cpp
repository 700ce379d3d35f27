#include "random_core.h"

#include <fmt/format.h>

#include <random>

namespace hj::core {

namespace {

class Generator {
 public:
  Generator(uint64_t seed, const RandomShape& shape) : random_(seed), shape_(shape) { module_.name = "random"; }

  Module run() {
    for (uint32_t i = 0; i < shape_.functions; ++i) make_function(i);
    make_main();
    for (Function& function : module_.functions) {
      if (function.kind == FunctionKind::TryBody) function.trace_as = FunctionId{module_.functions.size() - 1};
    }
    return std::move(module_);
  }

 private:
  // What a block can see.
  struct Scope {
    std::vector<ValueId> values;
    std::vector<ValueId> numbers;   // those of them that arithmetic made
    std::vector<ValueId> funs;      // known to be funs; only called
    std::vector<FunctionId> fun_of; // beside funs
  };
  // Where straight code may go on instead of ending the function.
  struct JoinPoint {
    BlockId block;
    size_t params;
  };

  uint32_t below(uint32_t limit) { return limit == 0 ? 0 : static_cast<uint32_t>(random_() % limit); }
  bool chance(uint32_t percent) { return below(100) < percent; }

  void make_function(uint32_t number);
  FunctionId make_attempt(FunctionId callee);
  void make_main();
  void fill(BlockId block, Scope scope, uint32_t depth, const JoinPoint* join);
  void add_instr(BlockId block, Scope& scope);
  void add_call(BlockId block, Scope& scope);
  void end(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join);
  void end_leaf(BlockId block, Scope& scope, const JoinPoint* join);
  void end_branch(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join);
  void end_switch(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join);
  void end_try_call(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join);
  void end_try_bif(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join);
  void end_join(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join);
  void take_apart(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join);
  CallTarget any_call(const Scope& scope, std::vector<Operand>& args);
  Operand any_operand(const Scope& scope);
  Operand any_number(const Scope& scope);
  Operand any_literal();
  std::vector<Operand> operands(const Scope& scope, size_t count);
  Instr& append(BlockId block, Instr instr) { return f_->block(block).instrs.emplace_back(std::move(instr)); }
  ValueId result(Scope& scope, ValueType type = ValueType::Any) {
    scope.values.push_back(f_->new_value(type));
    return scope.values.back();
  }
  std::vector<FunctionId> callable(FunctionKind kind) const;

  std::mt19937_64 random_;
  const RandomShape& shape_;
  Module module_;
  Function* f_ = nullptr;
  Function building_;
};

Operand Generator::any_literal() {
  switch (below(12)) {
    case 0: return module_.integer(INT64_MAX >> below(8));
    case 1: return module_.integer(INT64_MIN >> below(8));
    case 2: return module_.atom(fmt::format("a{}", below(4)));
    case 3: return module_.nil();
    case 4: {
      Literal literal;
      literal.kind = LiteralKind::Float;
      literal.number = below(5) * 0.5 - 1;
      return module_.literal(literal);
    }
    case 5: {
      const LiteralId parts[] = {module_.integer(below(3)), module_.atom("a1")};
      return module_.tuple(parts);
    }
    case 6: {
      const LiteralId parts[] = {module_.integer(below(3)), module_.atom("a2")};
      return module_.list(parts, module_.nil());
    }
    case 7: return module_.atom(chance(50) ? "true" : "false");
    default: return module_.integer(static_cast<int64_t>(below(10)) - 3);
  }
}

Operand Generator::any_operand(const Scope& scope) {
  if (scope.values.empty() || chance(25)) return any_literal();
  // Old values as often as new ones: they must survive calls.
  return scope.values[below(static_cast<uint32_t>(scope.values.size()))];
}

// Mostly a number: an operation that raises ends the function.
Operand Generator::any_number(const Scope& scope) {
  if (chance(3)) return any_operand(scope);
  if (!scope.numbers.empty() && chance(60)) return scope.numbers[below(static_cast<uint32_t>(scope.numbers.size()))];
  if (chance(10)) return module_.integer(INT64_MAX >> below(8));
  return module_.integer(static_cast<int64_t>(below(10)) - 3);
}

std::vector<Operand> Generator::operands(const Scope& scope, size_t count) {
  std::vector<Operand> result;
  for (size_t i = 0; i < count; ++i) result.push_back(any_operand(scope));
  return result;
}

std::vector<FunctionId> Generator::callable(FunctionKind kind) const {
  std::vector<FunctionId> result;
  for (size_t i = 0; i < module_.functions.size(); ++i) {
    if (module_.functions[i].kind == kind) result.push_back(FunctionId{i});
  }
  return result;
}

void Generator::make_function(uint32_t number) {
  building_ = {};
  f_ = &building_;
  f_->name = fmt::format("f{}", number);
  f_->arity = chance(50) ? below(4) : below(shape_.max_arity + 1);
  const uint32_t what = below(4);
  if (what == 0) {
    f_->kind = FunctionKind::Lambda;
    f_->free_count = below(f_->arity + 1);
    f_->lambda_index = static_cast<uint32_t>(callable(FunctionKind::Lambda).size());
  } else if (what == 1) {
    f_->kind = FunctionKind::TryBody;
  }
  Scope scope;
  const BlockId entry = f_->new_block();
  for (uint32_t i = 0; i < f_->arity; ++i) f_->block(entry).params.push_back(result(scope));
  fill(entry, scope, shape_.depth, nullptr);
  module_.functions.push_back(std::move(building_));
}

// A try body that calls the function with random arguments.
FunctionId Generator::make_attempt(FunctionId callee) {
  building_ = {};
  f_ = &building_;
  f_->name = fmt::format("try{}", callee.index);
  f_->kind = FunctionKind::TryBody;
  const BlockId entry = f_->new_block();
  Instr call{.kind = InstrKind::Call};
  call.target.function = callee;
  call.args = operands({}, module_.functions[callee.index].arity);
  call.result = f_->new_value();
  f_->block(entry).term.kind = TermKind::Return;
  f_->block(entry).term.args = {call.result};
  append(entry, std::move(call));
  module_.functions.push_back(std::move(building_));
  return FunctionId{module_.functions.size() - 1};
}

// main() -> {try f0(...) of V -> {ok, V} catch C:R -> {raised, C, R} end, ...}.
void Generator::make_main() {
  std::vector<FunctionId> attempts;
  for (FunctionId id : callable(FunctionKind::Named)) attempts.push_back(make_attempt(id));
  building_ = {};
  f_ = &building_;
  f_->name = "main";
  f_->exported = true;
  BlockId at = f_->new_block();
  std::vector<Operand> answers;
  for (FunctionId body : attempts) {
    const BlockId done = f_->new_block(), raised = f_->new_block(), next = f_->new_block();
    const ValueId value = f_->new_value(), ok = f_->new_value(), error = f_->new_value(), answer = f_->new_value();
    const ValueId params[] = {f_->new_value(), f_->new_value(), f_->new_value()};
    Terminator& attempt = f_->block(at).term;
    attempt.kind = TermKind::TryCall;
    attempt.target.function = body;
    attempt.result = value;
    attempt.edges = {{done, {}}, {raised, {}}};
    f_->block(raised).params = {params[0], params[1], params[2]};
    append(done, {.kind = InstrKind::Tuple, .args = {module_.atom("ok"), value}, .result = ok});
    append(raised, {.kind = InstrKind::Tuple, .args = {module_.atom("raised"), params[0], params[1]}, .result = error});
    f_->block(done).term.kind = f_->block(raised).term.kind = TermKind::Jump;
    f_->block(done).term.edges = {{next, {ok}}};
    f_->block(raised).term.edges = {{next, {error}}};
    f_->block(next).params = {answer};
    answers.push_back(answer);
    at = next;
  }
  const ValueId all = f_->new_value();
  append(at, {.kind = InstrKind::Tuple, .args = answers, .result = all});
  f_->block(at).term.kind = TermKind::Return;
  f_->block(at).term.args = {all};
  module_.functions.push_back(std::move(building_));
}

CallTarget Generator::any_call(const Scope& scope, std::vector<Operand>& args) {
  CallTarget target;
  if (!scope.funs.empty() && chance(40)) {
    const uint32_t which = below(static_cast<uint32_t>(scope.funs.size()));
    const Function& lambda = module_.functions[scope.fun_of[which].index];
    target.kind = CallKind::Fun;
    args = operands(scope, lambda.arity - lambda.free_count);
    args.insert(args.begin(), Operand(scope.funs[which]));
    return target;
  }
  std::vector<FunctionId> known = callable(FunctionKind::Named);
  const std::vector<FunctionId> lambdas = callable(FunctionKind::Lambda);
  known.insert(known.end(), lambdas.begin(), lambdas.end());
  if (known.empty()) return target;
  target.function = known[below(static_cast<uint32_t>(known.size()))];
  args = operands(scope, module_.functions[target.function.index].arity);
  return target;
}

void Generator::add_call(BlockId block, Scope& scope) {
  Instr call{.kind = InstrKind::Call};
  call.target = any_call(scope, call.args);
  if (call.target.kind == CallKind::Local && !call.target.function.valid()) return;
  call.result = result(scope);
  append(block, std::move(call));
}

void Generator::add_instr(BlockId block, Scope& scope) {
  const uint32_t what = below(10);
  if (what < 2) return add_call(block, scope);
  if (what == 2) {
    const std::vector<FunctionId> lambdas = callable(FunctionKind::Lambda);
    if (lambdas.empty()) return;
    Instr make{.kind = InstrKind::MakeFun};
    make.function = lambdas[below(static_cast<uint32_t>(lambdas.size()))];
    make.args = operands(scope, module_.functions[make.function.index].free_count);
    make.result = f_->new_value(ValueType::Fun);
    scope.funs.push_back(make.result);
    scope.fun_of.push_back(make.function);
    append(block, std::move(make));
    return;
  }
  Instr instr{.kind = InstrKind::Bif};
  if (what < 5) {
    instr.kind = chance(50) ? InstrKind::Cons : InstrKind::Tuple;
    instr.args = operands(scope, instr.kind == InstrKind::Cons ? 2 : 1 + below(5));
    instr.result = result(scope, instr.kind == InstrKind::Cons ? ValueType::Cons : ValueType::Tuple);
  } else if (what < 7) {
    static constexpr Bif kTests[] = {Bif::Equal, Bif::ExactEqual, Bif::Less, Bif::GreaterEqual,
                                     Bif::IsInteger, Bif::IsAtom, Bif::IsTuple};
    instr.bif = kTests[below(std::size(kTests))];
    instr.args = operands(scope, bif_info(instr.bif).arity);
    instr.result = result(scope, ValueType::Boolean);
  } else {
    static constexpr Bif kArithmetic[] = {Bif::Add, Bif::Sub, Bif::Mul};
    instr.bif = kArithmetic[below(std::size(kArithmetic))];
    instr.args = {any_number(scope), any_number(scope)};
    instr.result = result(scope);
    scope.numbers.push_back(instr.result);
  }
  append(block, std::move(instr));
}

void Generator::fill(BlockId block, Scope scope, uint32_t depth, const JoinPoint* join) {
  for (uint32_t count = below(shape_.instrs + 1); count > 0; --count) add_instr(block, scope);
  end(block, scope, depth, join);
}

void Generator::end(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join) {
  if (depth == 0) return end_leaf(block, scope, join);
  switch (below(8)) {
    case 0: return end_leaf(block, scope, join);
    case 1: return end_switch(block, scope, depth, join);
    case 2: return end_try_call(block, scope, depth, join);
    case 3: return end_try_bif(block, scope, depth, join);
    case 4: return end_join(block, scope, depth, join);
    case 5: return take_apart(block, scope, depth, join);
    default: return end_branch(block, scope, depth, join);
  }
}

void Generator::end_leaf(BlockId block, Scope& scope, const JoinPoint* join) {
  Terminator& term = f_->block(block).term;
  if (join != nullptr && chance(70)) {
    term.kind = TermKind::Jump;
    term.edges = {{join->block, operands(scope, join->params)}};
    return;
  }
  if (chance(10)) {
    static constexpr ErrorKind kErrors[] = {ErrorKind::Badmatch, ErrorKind::CaseClause, ErrorKind::IfClause,
                                            ErrorKind::Badarg};
    term.kind = TermKind::RaiseError;
    term.error = kErrors[below(std::size(kErrors))];
    const bool has_value = term.error == ErrorKind::Badmatch || term.error == ErrorKind::CaseClause;
    term.args = operands(scope, has_value ? 1 : 0);
    return;
  }
  if (f_->kind != FunctionKind::TryBody && chance(30)) {
    term.target = any_call(scope, term.args);
    if (term.target.kind != CallKind::Local || term.target.function.valid()) {
      term.kind = TermKind::TailCall;
      return;
    }
  }
  term.kind = TermKind::Return;
  term.args = {any_operand(scope)};
}

void Generator::end_branch(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join) {
  static constexpr TestKind kTests[] = {
      TestKind::IsTrue, TestKind::IsFalse, TestKind::IsCons, TestKind::IsNil, TestKind::IsTuple, TestKind::IsAtom,
      TestKind::IsInteger, TestKind::IsFloat, TestKind::IsNumber, TestKind::IsBoolean, TestKind::IsList,
      TestKind::IsFunction, TestKind::TupleOfSize, TestKind::TaggedTuple, TestKind::ExactEqual, TestKind::NotExactEqual,
      TestKind::Equal, TestKind::NotEqual, TestKind::Less, TestKind::LessEqual, TestKind::Greater,
      TestKind::GreaterEqual};
  const TestKind test = kTests[below(std::size(kTests))];
  const bool is_binary = test >= TestKind::ExactEqual;
  std::vector<Operand> args = operands(scope, is_binary ? 2 : 1);
  if (test == TestKind::TaggedTuple) args.push_back(module_.atom(fmt::format("a{}", below(4))));
  const BlockId yes = f_->new_block(), no = f_->new_block();
  Terminator& term = f_->block(block).term;
  term.kind = TermKind::Branch;
  term.test = test;
  term.index = 1 + below(4);
  term.args = std::move(args);
  term.edges = {{yes, {}}, {no, {}}};
  fill(yes, scope, depth - 1, join);
  fill(no, scope, depth - 1, join);
}

void Generator::end_switch(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join) {
  const uint32_t count = 1 + below(6);
  const bool is_atoms = chance(50);
  std::vector<BlockId> targets;
  for (uint32_t i = 0; i <= count; ++i) targets.push_back(f_->new_block());
  Terminator& term = f_->block(block).term;
  term.kind = TermKind::Switch;
  term.args = {any_operand(scope)};
  for (uint32_t i = 0; i < count; ++i) {
    term.cases.push_back(is_atoms ? module_.atom(fmt::format("a{}", i)) : module_.integer(static_cast<int64_t>(i) - 1));
  }
  for (BlockId target : targets) term.edges.push_back({target, {}});
  for (BlockId target : targets) fill(target, scope, depth > 2 ? 1 : 0, join);
}

void Generator::end_try_call(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join) {
  // Each try body has one place that enters it (C6 asks for no more, but this is what lowering makes).
  const std::vector<FunctionId> bodies = callable(FunctionKind::TryBody);
  if (bodies.empty()) return end_leaf(block, scope, join);
  const FunctionId body = bodies[below(static_cast<uint32_t>(bodies.size()))];
  const BlockId normal = f_->new_block(), handler = f_->new_block();
  std::vector<Operand> args = operands(scope, module_.functions[body.index].arity);
  Scope caught = scope;
  std::vector<ValueId> params{result(caught), result(caught)};
  const ValueId trace = f_->new_value();
  params.push_back(trace);
  const bool passes_more = chance(50);
  std::vector<Operand> more = passes_more ? operands(scope, 1) : std::vector<Operand>{};
  if (passes_more) params.push_back(result(caught));
  f_->block(handler).params = params;
  const ValueId value = result(scope);
  Terminator& term = f_->block(block).term;
  term.kind = TermKind::TryCall;
  term.target.function = body;
  term.args = std::move(args);
  term.result = value;
  term.edges = {{normal, {}}, {handler, more}};
  if (chance(20)) {
    Terminator& again = f_->block(handler).term;
    again.kind = TermKind::Reraise;
    again.args = {params[0], params[1], trace};
  } else {
    fill(handler, caught, depth - 1, join);
  }
  fill(normal, scope, depth - 1, join);
}

void Generator::end_try_bif(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join) {
  const BlockId done = f_->new_block(), failed = f_->new_block();
  std::vector<Operand> args = operands(scope, 2);
  Scope without = scope;
  const ValueId value = result(scope);
  scope.numbers.push_back(value);
  Terminator& term = f_->block(block).term;
  term.kind = TermKind::TryBif;
  term.bif = chance(50) ? Bif::Add : Bif::Sub;
  term.args = std::move(args);
  term.result = value;
  term.edges = {{done, {}}, {failed, {}}};
  fill(done, scope, depth - 1, join);
  fill(failed, without, depth - 1, join);
}

// Two ways that meet: the code behind is reached from segments of their own.
void Generator::end_join(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join) {
  const BlockId left = f_->new_block(), right = f_->new_block(), meet = f_->new_block();
  Scope behind = scope;
  const uint32_t count = below(4);
  for (uint32_t i = 0; i < count; ++i) f_->block(meet).params.push_back(result(behind));
  Terminator& term = f_->block(block).term;
  term.kind = TermKind::Branch;
  term.test = TestKind::IsInteger;
  term.args = {any_operand(scope)};
  term.edges = {{left, {}}, {right, {}}};
  const JoinPoint here{meet, count};
  fill(left, scope, depth - 1, &here);
  fill(right, scope, depth - 1, &here);
  fill(meet, behind, depth - 1, join);
}

void Generator::take_apart(BlockId block, Scope& scope, uint32_t depth, const JoinPoint* join) {
  const BlockId yes = f_->new_block(), no = f_->new_block();
  const Operand subject = any_operand(scope);
  const bool is_cons = chance(50);
  Terminator& term = f_->block(block).term;
  term.kind = TermKind::Branch;
  term.test = is_cons ? TestKind::IsCons : TestKind::TupleOfSize;
  term.index = 2;
  term.args = {subject};
  term.edges = {{yes, {}}, {no, {}}};
  Scope inside = scope;
  append(yes, {.kind = is_cons ? InstrKind::Hd : InstrKind::TupleElement, .args = {subject}, .result = result(inside)});
  append(yes, {.kind = is_cons ? InstrKind::Tl : InstrKind::TupleElement, .index = 1, .args = {subject},
               .result = result(inside)});
  fill(yes, inside, depth - 1, join);
  fill(no, scope, depth - 1, join);
}

}  // namespace

Module random_module(uint64_t seed, const RandomShape& shape) { return Generator(seed, shape).run(); }

}  // namespace hj::core
