// Literals, and the constant expressions that patterns and attributes are made of.
#include <cmath>

#include "frontend/core/constant_integer.h"
#include "frontend/core/module_lowering.h"

namespace hj::core {

using syntax::AstKind;
using syntax::NodeId;
using syntax::Op;

LiteralId ModuleLowering::string(const std::u32string& characters) {
  if (characters.empty()) return module_->nil();
  Literal literal;
  literal.kind = LiteralKind::String;
  literal.characters = characters;
  return module_->literal(std::move(literal));
}

static LiteralId integer_literal(Module& module, const ConstantInteger& value) {
  if (auto small = value.small()) return module.integer(*small);
  Literal literal;
  literal.kind = LiteralKind::BigInteger;
  literal.text = value.hex();
  return module.literal(std::move(literal));
}

static ConstantInteger constant_integer(const Literal& literal) {
  return literal.kind == LiteralKind::Integer ? ConstantInteger(literal.integer)
                                              : ConstantInteger::from_hex(literal.text);
}

LiteralId ModuleLowering::integer(const syntax::IntegerLiteral& integer, bool negative) {
  ConstantInteger value = integer.is_small ? ConstantInteger(integer.small) : ConstantInteger::from_hex(integer.hex);
  return integer_literal(*module_, negative ? -value : value);
}

LiteralId ModuleLowering::float_number(double number) {
  Literal literal;
  literal.kind = LiteralKind::Float;
  literal.number = number;
  return module_->literal(std::move(literal));
}

uint32_t ModuleLowering::literal_size(LiteralId id) {
  // Parts come before what they are parts of (C8), so one pass over the new ones is enough.
  while (literal_sizes_.size() <= id.index) {
    const Literal& l = module_->literals[literal_sizes_.size()];
    uint64_t size = 1 + l.characters.size() + l.elements.size();
    for (LiteralId part : l.elements) size += literal_sizes_[part.index];
    literal_sizes_.push_back(static_cast<uint32_t>(std::min<uint64_t>(size, UINT32_MAX)));
  }
  return literal_sizes_[id.index];
}

// -- constant expressions

static std::optional<ConstantInteger> integer_operation(Op op, const ConstantInteger& a, const ConstantInteger& b) {
  using Bits = ConstantInteger::Bits;
  switch (op) {
    case Op::Add:
      return a + b;
    case Op::Sub:
      return a - b;
    case Op::Mul:
      return a * b;
    case Op::Div:
      if (b.is_zero()) return std::nullopt;
      return ConstantInteger::divide(a, b).quotient;
    case Op::Rem:
      if (b.is_zero()) return std::nullopt;
      return ConstantInteger::divide(a, b).remainder;
    case Op::Band:
      return ConstantInteger::bitwise(Bits::And, a, b);
    case Op::Bor:
      return ConstantInteger::bitwise(Bits::Or, a, b);
    case Op::Bxor:
      return ConstantInteger::bitwise(Bits::Xor, a, b);
    case Op::Bsl:
    case Op::Bsr: {
      auto count = b.small();
      if (!count || *count > kMaxConstantBits || *count < -kMaxConstantBits) return std::nullopt;
      return a.shifted(op == Op::Bsl ? *count : -*count);
    }
    default:
      return std::nullopt;
  }
}

static std::optional<double> float_operation(Op op, double a, double b) {
  double result = 0;
  switch (op) {
    case Op::Add:
      result = a + b;
      break;
    case Op::Sub:
      result = a - b;
      break;
    case Op::Mul:
      result = a * b;
      break;
    case Op::FloatDiv:
      if (b == 0) return std::nullopt;
      result = a / b;
      break;
    default:
      return std::nullopt;
  }
  return std::isfinite(result) ? std::optional(result) : std::nullopt;
}

static std::optional<double> as_float(const Literal& literal) {
  if (literal.kind == LiteralKind::Float) return literal.number;
  if (literal.kind == LiteralKind::Integer) return static_cast<double>(literal.integer);
  return std::nullopt;
}

static bool is_integer(const Literal& literal) {
  return literal.kind == LiteralKind::Integer || literal.kind == LiteralKind::BigInteger;
}

std::optional<LiteralId> ModuleLowering::constant_operation(NodeId id) {
  auto children = ast_.children(id);
  auto first = constant(children[0]);
  auto second = children.size() > 1 ? constant(children[1]) : first;
  if (!first || !second) return std::nullopt;
  Literal a = module_->literals[first->index];
  Literal b = module_->literals[second->index];
  Op op = ast_.op(id);
  if (ast_.kind(id) == AstKind::Unary) {
    if (op == Op::Plus) return is_integer(a) || a.kind == LiteralKind::Float ? first : std::nullopt;
    if (op == Op::Bnot && is_integer(a)) return integer_literal(*module_, -constant_integer(a) - 1);
    if (op != Op::Minus) return std::nullopt;
    if (a.kind == LiteralKind::Float) return float_number(-a.number);
    if (is_integer(a)) return integer_literal(*module_, -constant_integer(a));
    return std::nullopt;
  }
  if (is_integer(a) && is_integer(b) && op != Op::FloatDiv) {
    ConstantInteger x = constant_integer(a);
    ConstantInteger y = constant_integer(b);
    bool too_large = x.bit_count() > kMaxConstantBits || y.bit_count() > kMaxConstantBits;
    auto value = too_large ? std::nullopt : integer_operation(op, x, y);
    if (too_large || (value && value->bit_count() > kMaxConstantBits)) {
      diagnostics_.report(DiagnosticKind::ConstantTooLarge, ast_.span(id), kMaxConstantBits);
      return std::nullopt;
    }
    return value ? std::optional(integer_literal(*module_, *value)) : std::nullopt;
  }
  auto x = as_float(a);
  auto y = as_float(b);
  if (!x || !y) return std::nullopt;
  auto value = float_operation(op, *x, *y);
  return value ? std::optional(float_number(*value)) : std::nullopt;
}

std::optional<LiteralId> ModuleLowering::constant_list(NodeId id) {
  std::vector<LiteralId> elements;
  for (NodeId child : ast_.children(id)) {
    auto value = constant(child);
    if (!value) return std::nullopt;
    elements.push_back(*value);
  }
  if (ast_.kind(id) == AstKind::Tuple) return module_->tuple(elements);
  LiteralId tail = elements.back();
  elements.pop_back();
  return module_->list(elements, tail);
}

std::optional<LiteralId> ModuleLowering::constant_append(NodeId id) {
  auto left = constant(ast_.child(id, 0));
  auto right = constant(ast_.child(id, 1));
  if (!left || !right) return std::nullopt;
  std::vector<LiteralId> elements;
  LiteralId rest = *left;
  for (;;) {
    Literal l = module_->literals[rest.index];
    if (l.kind == LiteralKind::Nil) break;
    if (l.kind == LiteralKind::String) {
      for (char32_t c : l.characters) elements.push_back(module_->integer(c));
      break;
    }
    if (l.kind != LiteralKind::Cons) return std::nullopt;
    elements.push_back(l.elements[0]);
    rest = l.elements[1];
  }
  return module_->list(elements, *right);
}

std::optional<LiteralId> ModuleLowering::constant(NodeId id) {
  switch (ast_.kind(id)) {
    case AstKind::Atom:
      return atom(ast_.name(id));
    case AstKind::Integer:
      return integer(ast_.integer(id), false);
    case AstKind::Char:
      return module_->integer(ast_.node(id).payload);
    case AstKind::Float:
      return float_number(ast_.float_value(id));
    case AstKind::String:
      return string(ast_.string(id));
    case AstKind::Nil:
      return module_->nil();
    case AstKind::List:
    case AstKind::Tuple:
      return constant_list(id);
    case AstKind::NameArity: {
      LiteralId parts[] = {atom(ast_.name(id)), integer(ast_.integer(ast_.child(id, 0)), false)};
      return module_->tuple(parts);
    }
    case AstKind::RecordIndex: {
      const Record* record = records_.find(ast_.name(id));
      auto index = record == nullptr ? std::nullopt : record->field(ast_.name(ast_.child(id, 0)));
      return index ? std::optional(module_->integer(*index + 2)) : std::nullopt;
    }
    case AstKind::FunRemote: {
      auto children = ast_.children(id);
      if (ast_.kind(children[0]) != AstKind::Atom || ast_.kind(children[1]) != AstKind::Atom ||
          ast_.kind(children[2]) != AstKind::Integer || !ast_.integer(children[2]).is_small ||
          ast_.integer(children[2]).small > 255) {
        return std::nullopt;
      }
      return export_fun(atom(ast_.name(children[0])), atom(ast_.name(children[1])), ast_.integer(children[2]).small);
    }
    case AstKind::Binary2:
      if (ast_.op(id) == Op::Append) return constant_append(id);
      return constant_operation(id);
    case AstKind::Unary:
      return constant_operation(id);
    default:
      return std::nullopt;
  }
}

LiteralId ModuleLowering::export_fun(LiteralId module, LiteralId name, int64_t arity) {
  Literal literal;
  literal.kind = LiteralKind::ExportFun;
  literal.integer = arity;
  literal.elements = {module, name};
  return module_->literal(std::move(literal));
}

}  // namespace hj::core
