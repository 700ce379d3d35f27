// Expressions: the dispatch, sequences, variables, construction and operators.
#include "frontend/core/core_names.h"
#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;
using syntax::Op;

// A literal that was built through variables is folded up to this size only. Without a limit X1 = {X0, X0},
// X2 = {X1, X1}, ... would be a literal of 2^n elements.
static constexpr uint32_t kMaxFoldedSize = 256;

FunctionLowering::FunctionLowering(ModuleLowering& module, FormContext& form, FunctionId id, FunctionId trace_owner,
                                   TailCalls tail_calls)
    : m_(module), ast_(module.ast()), form_(form), owner_(trace_owner), b_(module.module(), id, tail_calls) {}

Operand FunctionLowering::expr(NodeId id, Want want) {
  switch (ast_.kind(id)) {
    case AstKind::Var:
      return finish(variable(id), want);
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil:
      return finish(*m_.constant(id), want);
    case AstKind::List:
      return finish(list(id), want);
    case AstKind::Tuple:
      return finish(tuple(id), want);
    case AstKind::Map:
    case AstKind::MapUpdate:
    case AstKind::Binary:
    case AstKind::BinComp:
    case AstKind::MapComp:
      m_.unsupported(id);
      return finish(b_.nil(), want);
    case AstKind::RecordNew:
      return finish(record_new(id), want);
    case AstKind::RecordUpdate:
      return finish(record_update(id), want);
    case AstKind::RecordAccess:
      return finish(record_access(id), want);
    case AstKind::RecordIndex:
      return finish(record_index(id), want);
    case AstKind::Call:
      return call(id, want);
    case AstKind::Unary:
      return unary(id, want);
    case AstKind::Binary2:
      return binary(id, want);
    case AstKind::Match:
      return match_expr(id, want);
    case AstKind::Catch:
      return catch_expr(id, want);
    case AstKind::Block:
      return sequence(ast_.children(id), want);
    case AstKind::Case:
      return case_expr(id, want);
    case AstKind::If:
      return if_expr(id, want);
    case AstKind::Receive:
      return receive(id, want);
    case AstKind::Try:
      return try_expr(id, want);
    case AstKind::Fun:
    case AstKind::NamedFun:
      return finish(fun_expr(id), want);
    case AstKind::FunLocal:
      return finish(fun_local(id), want);
    case AstKind::FunRemote:
      return fun_remote(id, want);
    case AstKind::ListComp:
      return comprehension(id, want);
    case AstKind::Maybe:
      return maybe_expr(id, want);
    default:
      break;
  }
  HJ_UNREACHABLE("an expression of kind {}", static_cast<int>(ast_.kind(id)));
}

Operand FunctionLowering::finish(Operand value, Want want) {
  if (want != Want::Tail) return value;
  b_.ret(value);
  return {};
}

Operands FunctionLowering::values(NodeIds ids) {
  Operands result;
  result.reserve(ids.size());
  for (NodeId id : ids) result.push_back(value(id));
  return result;
}

Operand FunctionLowering::sequence(NodeIds ids, Want want) {
  if (ids.empty()) return finish(atom("ok"), want);
  for (NodeId id : ids.first(ids.size() - 1)) expr(id, Want::Effect);
  return expr(ids.back(), want);
}

Operand FunctionLowering::variable(NodeId id) {
  Name name = ast_.name(id);
  HJ_CHECK(form_.scope.is_bound(name), "L1: variable {} is not bound in {}", ast_.text(id), form_.label);
  return form_.scope.value(name);
}

// -- construction

bool FunctionLowering::may_fold(NodeIds parts, const Operands& values) {
  uint64_t size = 0;
  bool through_variable = false;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!values[i].is_literal()) return false;
    size += m_.literal_size(values[i].literal());
    through_variable = through_variable || ast_.kind(parts[i]) == AstKind::Var;
  }
  return !through_variable || size <= kMaxFoldedSize;
}

static std::vector<LiteralId> literals(const Operands& operands) {
  std::vector<LiteralId> ids;
  for (Operand operand : operands) ids.push_back(operand.literal());
  return ids;
}

// The longest constant end of a list is a literal.
Operand FunctionLowering::list(NodeId id) {
  NodeIds parts = ast_.children(id);
  Operands elements = values(parts);
  size_t constant_from = parts.size();
  while (constant_from > 0 && elements[constant_from - 1].is_literal()) --constant_from;
  Operand tail = elements.back();
  elements.pop_back();
  if (constant_from < elements.size()) {
    Operands end(elements.begin() + static_cast<ptrdiff_t>(constant_from), elements.end());
    end.push_back(tail);
    if (may_fold(parts.subspan(constant_from), end)) {
      end.pop_back();
      tail = m_.module().list(literals(end), tail.literal());
      elements.resize(constant_from);
    }
  }
  while (!elements.empty()) {
    tail = b_.cons(elements.back(), tail);
    elements.pop_back();
  }
  return tail;
}

Operand FunctionLowering::tuple(NodeId id) {
  NodeIds parts = ast_.children(id);
  Operands elements = values(parts);
  if (may_fold(parts, elements)) return m_.module().tuple(literals(elements));
  return b_.tuple(std::move(elements));
}

// -- operators

Operand FunctionLowering::unary(NodeId id, Want want) {
  NodeId operand = ast_.child(id, 0);
  AstKind kind = ast_.kind(operand);
  if (kind == AstKind::Integer || kind == AstKind::Float || kind == AstKind::Char) {
    if (auto literal = m_.constant(id)) return finish(*literal, want);
  }
  Bif bif = Bif::Not;
  switch (ast_.op(id)) {
    case Op::Plus:
      bif = Bif::Plus;
      break;
    case Op::Minus:
      bif = Bif::Neg;
      break;
    case Op::Bnot:
      bif = Bif::Bnot;
      break;
    default:
      break;
  }
  return finish(b_.bif(bif, {value(operand)}, site(id)), want);
}

static bool is_commutative(Bif bif) {
  return bif == Bif::Add || bif == Bif::Mul || bif == Bif::Band || bif == Bif::Bor || bif == Bif::Bxor ||
         bif == Bif::And || bif == Bif::Or || bif == Bif::Xor;
}

Operand FunctionLowering::binary(NodeId id, Want want) {
  switch (ast_.op(id)) {
    case Op::Andalso:
    case Op::Orelse:
      return short_circuit(id, want);
    case Op::Append:
      return append(id, want);
    case Op::Send:
      // Traces show ! by this name.
      return call_erlang(id, "send", ast_.children(id), want);
    case Op::Subtract:
      return call_erlang(id, syntax::op_text(ast_.op(id)), ast_.children(id), want);
    default:
      break;
  }
  Bif bif = *find_bif(syntax::op_text(ast_.op(id)), 2);
  Operand left = value(ast_.child(id, 0));
  Operand right = value(ast_.child(id, 1));
  // OTP puts the constant of a commutative operator last; the trace of a badarith shows it.
  if (is_commutative(bif) && left.is_literal() && right.is_value()) std::swap(left, right);
  return finish(b_.bif(bif, {left, right}, site(id)), want);
}

// A list whose elements can be seen is put in front without a call: ++ takes any right operand.
Operand FunctionLowering::append(NodeId id, Want want) {
  NodeIds operands = ast_.children(id);
  AstKind kind = ast_.kind(operands[0]);
  NodeIds parts = ast_.children(operands[0]);
  bool proper = kind == AstKind::List && ast_.kind(parts.back()) == AstKind::Nil;
  if (kind != AstKind::String && kind != AstKind::Nil && !proper) return call_erlang(id, "++", operands, want);
  Operands elements;
  if (kind == AstKind::String) {
    for (char32_t c : ast_.string(operands[0])) elements.push_back(b_.integer(c));
  } else if (proper) {
    elements = values(parts.first(parts.size() - 1));
  }
  Operand tail = value(operands[1]);
  // Only the tail can be a big literal that a variable holds.
  if (tail.is_literal() &&
      (ast_.kind(operands[1]) != AstKind::Var || m_.literal_size(tail.literal()) + elements.size() <= kMaxFoldedSize)) {
    size_t constant_from = elements.size();
    while (constant_from > 0 && elements[constant_from - 1].is_literal()) --constant_from;
    Operands end(elements.begin() + static_cast<ptrdiff_t>(constant_from), elements.end());
    tail = m_.module().list(literals(end), tail.literal());
    elements.resize(constant_from);
  }
  for (; !elements.empty(); elements.pop_back()) tail = b_.cons(elements.back(), tail);
  return finish(tail, want);
}

// The left operand must be a boolean; the right one may be anything and is the last thing done.
Operand FunctionLowering::short_circuit(NodeId id, Want want) {
  bool is_and = ast_.op(id) == Op::Andalso;
  Operand left = value(ast_.child(id, 0));
  BlockId right = b_.new_block();
  BlockId decided = b_.new_block();
  BlockId bad = b_.new_block();
  BlockId targets[] = {is_and ? right : decided, is_and ? decided : right};
  b_.switch_on(left, {m_.module().atom("true"), m_.module().atom("false")}, targets, bad);
  b_.set(bad);
  b_.raise(ErrorKind::BadargValue, {left}, site(id));
  // What the right operand binds is not bound when it is not evaluated, so nothing is exported.
  Join join(*this, want, Join::Exports::No);
  b_.set(right);
  join.begin_arm();
  join.end_arm(expr(ast_.child(id, 1), want));
  b_.set(decided);
  join.begin_arm();
  join.end_arm(finish(atom(is_and ? "false" : "true"), want));
  return join.finish();
}

// The atom true behind `yes`, false behind `no`; goes on where both meet.
Operand FunctionLowering::boolean(BlockId yes, BlockId no) {
  BlockId both = b_.new_block(1);
  b_.set(yes);
  b_.jump(both, {atom("true")});
  b_.set(no);
  b_.jump(both, {atom("false")});
  b_.set(both);
  return b_.param(both, 0);
}

// -- joins

void Join::begin_arm() { mark_ = f_.form_.scope.mark(); }

void Join::end_arm(Operand value) {
  Scope& scope = f_.form_.scope;
  if (f_.b_.is_open()) {
    Arm arm{f_.b_.leave(), value, {}};
    if (exports_ == Exports::Yes) arm.bindings = scope.bound_since(mark_);
    arms_.push_back(std::move(arm));
  }
  scope.undo(mark_);
}

// What every arm binds, as bound by the first; per_binding[i] gets the values of binding i, one an arm.
std::vector<Scope::Binding> Join::common_bindings(std::vector<Operands>& per_binding) const {
  std::vector<Scope::Binding> common;
  std::unordered_map<uint32_t, Operands> values;
  for (const Arm& arm : arms_) {
    for (const Scope::Binding& binding : arm.bindings) values[binding.name.index].push_back(binding.value);
  }
  for (const Scope::Binding& binding : arms_[0].bindings) {
    Operands& all = values[binding.name.index];
    if (all.size() != arms_.size()) continue;
    common.push_back(binding);
    per_binding.push_back(std::move(all));
  }
  return common;
}

// One operand for what each arm has: itself when all have the same literal, else a parameter of the join.
Operand Join::merge(BlockId block, const Operands& per_arm) {
  bool same = per_arm[0].is_literal();
  for (Operand operand : per_arm) same = same && operand == per_arm[0];
  if (same) return per_arm[0];
  for (size_t i = 0; i < arms_.size(); ++i) arm_args_[i].push_back(per_arm[i]);
  return f_.b_.add_param(block);
}

Operand Join::finish() {
  // No arm comes here: what follows is unreachable.
  if (arms_.empty()) return f_.m_.module().atom("ok");
  Scope& scope = f_.form_.scope;
  if (arms_.size() == 1) {
    f_.b_.set(arms_[0].end);
    for (const Scope::Binding& b : arms_[0].bindings) scope.bind(b.name, b.value, b.rank);
    return arms_[0].value;
  }
  BlockId block = f_.b_.new_block();
  arm_args_.resize(arms_.size());
  Operand value = f_.m_.module().atom("ok");
  if (want_ == Want::Value) {
    Operands results;
    for (const Arm& arm : arms_) results.push_back(arm.value);
    value = merge(block, results);
  }
  std::vector<Operands> per_binding;
  std::vector<Scope::Binding> common = common_bindings(per_binding);
  for (size_t i = 0; i < common.size(); ++i) {
    scope.bind(common[i].name, merge(block, per_binding[i]), common[i].rank);
  }
  for (size_t i = 0; i < arms_.size(); ++i) {
    f_.b_.set(arms_[i].end);
    f_.b_.jump(block, std::move(arm_args_[i]));
  }
  f_.b_.set(block);
  return value;
}

}  // namespace hj::core
