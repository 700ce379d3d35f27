#include "frontend/syntax/if_evaluator.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hj::syntax {

namespace {

// In Erlang's order of terms.
enum class Type : uint8_t { Integer, Float, Atom, Tuple, Map, Nil, Cons, Binary };

struct Value {
  Type type = Type::Nil;
  int64_t integer = 0;
  double number = 0;
  // An atom's name, a binary's bytes.
  std::string text;
  // Tuple: elements; Cons: elements and then the tail, which is no Cons; Map: key, value, ... sorted by key.
  std::vector<Value> parts;
};

// Nothing when the evaluation failed.
using Outcome = std::optional<Value>;

class Evaluator {
 public:
  Evaluator(const Ast& ast, const std::function<bool(Name)>& is_defined) : ast_(ast), is_defined_(is_defined) {}

  Outcome evaluate(NodeId id);

 private:
  Outcome list(NodeId id);
  Outcome map(NodeId id);
  Outcome binary(NodeId id);
  Outcome unary(NodeId id);
  Outcome operation(NodeId id);
  Outcome call(NodeId id);

  const Ast& ast_;
  const std::function<bool(Name)>& is_defined_;
};

}  // namespace

// -- values

static Value atom(std::string_view text) { return {Type::Atom, 0, 0, std::string(text), {}}; }
static Value boolean(bool value) { return atom(value ? "true" : "false"); }
static Value integer(int64_t value) { return {Type::Integer, value, 0, {}, {}}; }
static Value floating(double value) { return {Type::Float, 0, value, {}, {}}; }

static bool is_number(const Value& v) { return v.type == Type::Integer || v.type == Type::Float; }
static bool is_boolean(const Value& v) { return v.type == Type::Atom && (v.text == "true" || v.text == "false"); }
static double as_double(const Value& v) { return v.type == Type::Integer ? static_cast<double>(v.integer) : v.number; }

static int compare(const Value& a, const Value& b, bool exact);

// Lists are compared element by element; where one ends first, its tail meets the rest of the other.
static int compare_lists(const Value& a, const Value& b, bool exact) {
  size_t a_count = a.parts.size() - 1;
  size_t b_count = b.parts.size() - 1;
  for (size_t i = 0; i < std::min(a_count, b_count); ++i)
    if (int order = compare(a.parts[i], b.parts[i], exact); order != 0) return order;
  if (a_count == b_count) return compare(a.parts.back(), b.parts.back(), exact);
  Type a_rest = a_count > b_count ? Type::Cons : a.parts.back().type;
  Type b_rest = b_count > a_count ? Type::Cons : b.parts.back().type;
  return a_rest < b_rest ? -1 : 1;
}

// Erlang's order; `exact` tells 1 from 1.0.
static int compare(const Value& a, const Value& b, bool exact) {
  auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
  if (is_number(a) && is_number(b)) {
    bool integers = a.type == Type::Integer && b.type == Type::Integer;
    int order = integers ? sign(a.integer, b.integer) : sign(as_double(a), as_double(b));
    return order == 0 && exact ? sign(a.type, b.type) : order;
  }
  if (a.type != b.type) return sign(a.type, b.type);
  if (a.type == Type::Cons) return compare_lists(a, b, exact);
  if (a.type == Type::Tuple || a.type == Type::Map)
    if (int order = sign(a.parts.size(), b.parts.size()); order != 0) return order;
  if (int order = sign(a.text, b.text); order != 0) return order;
  for (size_t i = 0; i < std::min(a.parts.size(), b.parts.size()); ++i)
    if (int order = compare(a.parts[i], b.parts[i], exact); order != 0) return order;
  return sign(a.parts.size(), b.parts.size());
}

// Length of a proper list.
static std::optional<int64_t> list_length(const Value& value) {
  if (value.type == Type::Nil) return 0;
  bool is_proper = value.type == Type::Cons && value.parts.back().type == Type::Nil;
  return is_proper ? std::optional(static_cast<int64_t>(value.parts.size() - 1)) : std::nullopt;
}

// -- literals

Outcome Evaluator::evaluate(NodeId id) {
  switch (ast_.kind(id)) {
    case AstKind::Atom: return atom(ast_.text(id));
    case AstKind::Integer:
      if (!ast_.integer(id).is_small) return std::nullopt;
      return integer(ast_.integer(id).small);
    case AstKind::Char: return integer(ast_.node(id).payload);
    case AstKind::Float: return floating(ast_.float_value(id));
    case AstKind::String:
    case AstKind::Nil:
    case AstKind::List: return list(id);
    case AstKind::Tuple: {
      Value tuple;
      tuple.type = Type::Tuple;
      for (NodeId child : ast_.children(id)) {
        Outcome element = evaluate(child);
        if (!element) return element;
        tuple.parts.push_back(*element);
      }
      return tuple;
    }
    case AstKind::Map: return map(id);
    case AstKind::Binary: return binary(id);
    case AstKind::Unary: return unary(id);
    case AstKind::Binary2: return operation(id);
    case AstKind::Call: return call(id);
    default: return std::nullopt;
  }
}

Outcome Evaluator::list(NodeId id) {
  Value result;
  if (ast_.kind(id) == AstKind::String) {
    for (char32_t c : ast_.string(id)) result.parts.push_back(integer(c));
    result.parts.push_back(Value());
  } else if (ast_.kind(id) == AstKind::List) {
    for (NodeId child : ast_.children(id)) {
      Outcome element = evaluate(child);
      if (!element) return element;
      result.parts.push_back(std::move(*element));
    }
    Value tail = std::move(result.parts.back());
    result.parts.pop_back();
    if (tail.type != Type::Cons) tail.parts = {tail};
    for (Value& part : tail.parts) result.parts.push_back(std::move(part));
  }
  if (result.parts.size() > 1) result.type = Type::Cons;
  if (result.type == Type::Nil) result.parts.clear();
  return result;
}

Outcome Evaluator::map(NodeId id) {
  std::vector<std::pair<Value, Value>> pairs;
  for (NodeId field : ast_.children(id)) {
    Outcome key = evaluate(ast_.child(field, 0));
    Outcome value = evaluate(ast_.child(field, 1));
    if (!key || !value || ast_.kind(field) != AstKind::MapAssoc) return std::nullopt;
    auto same = [&](const auto& pair) { return compare(pair.first, *key, true) == 0; };
    std::erase_if(pairs, same);
    pairs.emplace_back(std::move(*key), std::move(*value));
  }
  std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return compare(a.first, b.first, true) < 0; });
  Value result;
  result.type = Type::Map;
  for (auto& [key, value] : pairs) {
    result.parts.push_back(std::move(key));
    result.parts.push_back(std::move(value));
  }
  return result;
}

// Bytes and strings only: nothing else is seen in conditions.
Outcome Evaluator::binary(NodeId id) {
  Value result;
  result.type = Type::Binary;
  for (NodeId element : ast_.children(id)) {
    if (ast_.children(element).size() != 1) return std::nullopt;
    NodeId value_id = ast_.child(element, 0);
    if (ast_.kind(value_id) == AstKind::String) {
      for (char32_t c : ast_.string(value_id)) result.text.push_back(static_cast<char>(c));
      continue;
    }
    Outcome value = evaluate(value_id);
    if (!value || value->type != Type::Integer) return std::nullopt;
    result.text.push_back(static_cast<char>(value->integer));
  }
  return result;
}

// -- operators

Outcome Evaluator::unary(NodeId id) {
  Outcome operand = evaluate(ast_.child(id, 0));
  if (!operand) return operand;
  switch (ast_.op(id)) {
    case Op::Not:
      if (!is_boolean(*operand)) return std::nullopt;
      return boolean(operand->text == "false");
    case Op::Plus: return is_number(*operand) ? operand : std::nullopt;
    case Op::Minus:
      if (operand->type == Type::Float) return floating(-operand->number);
      if (operand->type != Type::Integer || operand->integer == INT64_MIN) return std::nullopt;
      return integer(-operand->integer);
    case Op::Bnot: return operand->type == Type::Integer ? Outcome(integer(~operand->integer)) : std::nullopt;
    default: return std::nullopt;
  }
}

static Outcome integer_operation(Op op, int64_t a, int64_t b) {
  int64_t result = 0;
  switch (op) {
    case Op::Add: return __builtin_add_overflow(a, b, &result) ? std::nullopt : Outcome(integer(result));
    case Op::Sub: return __builtin_sub_overflow(a, b, &result) ? std::nullopt : Outcome(integer(result));
    case Op::Mul: return __builtin_mul_overflow(a, b, &result) ? std::nullopt : Outcome(integer(result));
    case Op::Div:
    case Op::Rem:
      if (b == 0 || (a == INT64_MIN && b == -1)) return std::nullopt;
      return integer(op == Op::Div ? a / b : a % b);
    case Op::Band: return integer(a & b);
    case Op::Bor: return integer(a | b);
    case Op::Bxor: return integer(a ^ b);
    case Op::Bsl:
    case Op::Bsr: {
      int64_t shift = op == Op::Bsl ? b : b == INT64_MIN ? INT64_MAX : -b;
      if (shift <= 0) return integer(shift < -63 ? (a < 0 ? -1 : 0) : a >> -shift);
      if (a == 0) return integer(0);
      if (shift > 62 || __builtin_mul_overflow(a, int64_t{1} << shift, &result)) return std::nullopt;
      return integer(result);
    }
    default: return std::nullopt;
  }
}

static Outcome float_operation(Op op, double a, double b) {
  double result = 0;
  switch (op) {
    case Op::Add: result = a + b; break;
    case Op::Sub: result = a - b; break;
    case Op::Mul: result = a * b; break;
    case Op::FloatDiv:
      if (b == 0) return std::nullopt;
      result = a / b;
      break;
    default: return std::nullopt;
  }
  return std::isfinite(result) ? Outcome(floating(result)) : std::nullopt;
}

static Outcome comparison(Op op, const Value& a, const Value& b) {
  switch (op) {
    case Op::Equal: return boolean(compare(a, b, false) == 0);
    case Op::NotEqual: return boolean(compare(a, b, false) != 0);
    case Op::LessEqual: return boolean(compare(a, b, false) <= 0);
    case Op::Less: return boolean(compare(a, b, false) < 0);
    case Op::GreaterEqual: return boolean(compare(a, b, false) >= 0);
    case Op::Greater: return boolean(compare(a, b, false) > 0);
    case Op::ExactEqual: return boolean(compare(a, b, true) == 0);
    case Op::NotExactEqual: return boolean(compare(a, b, true) != 0);
    default: return std::nullopt;
  }
}

Outcome Evaluator::operation(NodeId id) {
  Op op = ast_.op(id);
  Outcome left = evaluate(ast_.child(id, 0));
  if (!left) return left;
  if (op == Op::Andalso || op == Op::Orelse) {
    if (!is_boolean(*left)) return std::nullopt;
    bool decided = (left->text == "true") == (op == Op::Orelse);
    return decided ? left : evaluate(ast_.child(id, 1));
  }
  Outcome right = evaluate(ast_.child(id, 1));
  if (!right) return right;
  if (op == Op::And || op == Op::Or || op == Op::Xor) {
    if (!is_boolean(*left) || !is_boolean(*right)) return std::nullopt;
    bool a = left->text == "true";
    bool b = right->text == "true";
    return boolean(op == Op::And ? a && b : op == Op::Or ? a || b : a != b);
  }
  if (op >= Op::Equal && op <= Op::NotExactEqual) return comparison(op, *left, *right);
  bool integers = left->type == Type::Integer && right->type == Type::Integer;
  if (integers && op != Op::FloatDiv) return integer_operation(op, left->integer, right->integer);
  if (is_number(*left) && is_number(*right)) return float_operation(op, as_double(*left), as_double(*right));
  return std::nullopt;
}

// -- guard BIFs

static Outcome type_test(std::string_view name, const Value& v) {
  bool is_list = v.type == Type::Nil || v.type == Type::Cons;
  if (name == "is_atom") return boolean(v.type == Type::Atom);
  if (name == "is_boolean") return boolean(is_boolean(v));
  if (name == "is_integer") return boolean(v.type == Type::Integer);
  if (name == "is_float") return boolean(v.type == Type::Float);
  if (name == "is_number") return boolean(is_number(v));
  if (name == "is_list") return boolean(is_list);
  if (name == "is_tuple") return boolean(v.type == Type::Tuple);
  if (name == "is_map") return boolean(v.type == Type::Map);
  if (name == "is_binary" || name == "is_bitstring") return boolean(v.type == Type::Binary);
  bool never = name == "is_function" || name == "is_pid" || name == "is_port" || name == "is_reference";
  return never ? Outcome(boolean(false)) : std::nullopt;
}

static Value rest_of_list(const Value& list) {
  if (list.parts.size() == 2) return list.parts[1];
  Value rest;
  rest.type = Type::Cons;
  rest.parts.assign(list.parts.begin() + 1, list.parts.end());
  return rest;
}

static Outcome one_argument(std::string_view name, const Value& v) {
  if (name.starts_with("is_")) return type_test(name, v);
  if (name == "hd" && v.type == Type::Cons) return v.parts[0];
  if (name == "tl" && v.type == Type::Cons) return rest_of_list(v);
  if (name == "length") {
    std::optional<int64_t> length = list_length(v);
    return length ? Outcome(integer(*length)) : std::nullopt;
  }
  auto size = static_cast<int64_t>(v.type == Type::Binary ? v.text.size() : v.parts.size());
  if ((name == "tuple_size" || name == "size") && v.type == Type::Tuple) return integer(size);
  if ((name == "byte_size" || name == "size") && v.type == Type::Binary) return integer(size);
  if (name == "bit_size" && v.type == Type::Binary) return integer(size * 8);
  if (name == "map_size" && v.type == Type::Map) return integer(size / 2);
  if (!is_number(v)) return std::nullopt;
  if (name == "abs" && v.type == Type::Float) return floating(std::fabs(v.number));
  if (name == "abs" && v.integer != INT64_MIN) return integer(std::abs(v.integer));
  if (name == "float") return floating(as_double(v));
  bool is_rounding = name == "round" || name == "trunc" || name == "ceil" || name == "floor";
  if (v.type == Type::Integer) return is_rounding ? Outcome(v) : std::nullopt;
  if (std::fabs(v.number) > 9e18) return std::nullopt;
  if (name == "round") return integer(std::llround(v.number));
  if (name == "trunc") return integer(static_cast<int64_t>(v.number));
  if (name == "ceil") return integer(static_cast<int64_t>(std::ceil(v.number)));
  if (name == "floor") return integer(static_cast<int64_t>(std::floor(v.number)));
  return std::nullopt;
}

static Outcome two_arguments(std::string_view name, const Value& a, const Value& b) {
  bool is_element = name == "element" && a.type == Type::Integer && b.type == Type::Tuple && a.integer >= 1 &&
                    a.integer <= static_cast<int64_t>(b.parts.size());
  if (is_element) return b.parts[static_cast<size_t>(a.integer - 1)];
  bool is_key = (name == "is_map_key" || name == "map_get") && b.type == Type::Map;
  if (!is_key) return std::nullopt;
  for (size_t i = 0; i < b.parts.size(); i += 2)
    if (compare(b.parts[i], a, true) == 0) return name == "map_get" ? b.parts[i + 1] : boolean(true);
  return name == "map_get" ? std::nullopt : Outcome(boolean(false));
}

Outcome Evaluator::call(NodeId id) {
  NodeId callee = ast_.child(id, 0);
  if (ast_.kind(callee) == AstKind::Remote) callee = ast_.child(callee, 1);
  if (ast_.kind(callee) != AstKind::Atom) return std::nullopt;
  std::string_view name = ast_.text(callee);
  std::span<const NodeId> arguments = ast_.children(id).subspan(1);
  if (name == "defined" && arguments.size() == 1) {
    AstKind kind = ast_.kind(arguments[0]);
    if (kind != AstKind::Atom && kind != AstKind::Var) return std::nullopt;
    return boolean(is_defined_(ast_.name(arguments[0])));
  }
  std::vector<Value> values;
  for (NodeId argument : arguments) {
    Outcome value = evaluate(argument);
    if (!value) return value;
    values.push_back(std::move(*value));
  }
  if (values.size() == 1) return one_argument(name, values[0]);
  if (values.size() == 2) return two_arguments(name, values[0], values[1]);
  return std::nullopt;
}

// Whether a guard may contain it, whatever its value.
static bool is_guard_syntax(const Ast& ast, NodeId id) {
  switch (ast.kind(id)) {
    case AstKind::Match:
    case AstKind::Catch:
    case AstKind::Block:
    case AstKind::Case:
    case AstKind::If:
    case AstKind::Receive:
    case AstKind::Try:
    case AstKind::Maybe:
    case AstKind::Fun:
    case AstKind::NamedFun:
    case AstKind::FunLocal:
    case AstKind::FunRemote:
    case AstKind::ListComp:
    case AstKind::BinComp:
    case AstKind::MapComp: return false;
    case AstKind::Remote: {
      NodeId module = ast.child(id, 0);
      return ast.kind(module) == AstKind::Atom && ast.text(module) == "erlang";
    }
    case AstKind::Binary2:
      if (ast.op(id) == Op::Send) return false;
      break;
    default: break;
  }
  std::span<const NodeId> children = ast.children(id);
  return std::all_of(children.begin(), children.end(), [&](NodeId child) { return is_guard_syntax(ast, child); });
}

Condition evaluate_condition(const Ast& ast, NodeId expression, const std::function<bool(Name)>& is_defined) {
  if (!is_guard_syntax(ast, expression)) return Condition::BadlyFormed;
  Outcome value = Evaluator(ast, is_defined).evaluate(expression);
  bool is_true = value && value->type == Type::Atom && value->text == "true";
  return is_true ? Condition::True : Condition::False;
}

}  // namespace hj::syntax
