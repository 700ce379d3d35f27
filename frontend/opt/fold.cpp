#include "frontend/opt/fold.h"

#include "frontend/core/core_names.h"

namespace hj::opt {

using core::Bif;
using core::Literal;
using core::LiteralId;
using core::LiteralKind;
using core::Module;
using core::Operand;
using core::TestKind;

// Constants built by folding have at most so many cells; what the programmer wrote may be larger.
static constexpr size_t kMaxFoldedSize = 256;

static bool is_small_constant(const Module& module, const std::vector<Operand>& operands) {
  std::vector<LiteralId> pending;
  for (Operand operand : operands) {
    if (!operand.is_literal()) return false;
    pending.push_back(operand.literal());
  }
  size_t size = 0;
  while (!pending.empty()) {
    const Literal& l = module.literals[pending.back().index];
    pending.pop_back();
    size += 1 + l.characters.size();
    if (size + pending.size() > kMaxFoldedSize) return false;
    if (l.kind != LiteralKind::ExportFun) pending.insert(pending.end(), l.elements.begin(), l.elements.end());
  }
  return true;
}

std::optional<LiteralId> fold_tuple(Module& module, const std::vector<Operand>& elements) {
  if (!is_small_constant(module, elements)) return std::nullopt;
  std::vector<LiteralId> ids;
  for (Operand element : elements) ids.push_back(element.literal());
  return module.tuple(ids);
}

std::optional<LiteralId> fold_cons(Module& module, Operand head, Operand tail) {
  if (!is_small_constant(module, {head, tail})) return std::nullopt;
  LiteralId element[] = {head.literal()};
  return module.list(element, tail.literal());
}

// Kinds of which two different literals are two different terms.
static bool is_canonical(LiteralKind kind) {
  return kind == LiteralKind::Atom || kind == LiteralKind::Integer || kind == LiteralKind::BigInteger ||
         kind == LiteralKind::Nil || kind == LiteralKind::String;
}

std::optional<bool> fold_comparison(const Module& module, TestKind test, LiteralId a, LiteralId b) {
  const Literal& x = module.literals[a.index];
  const Literal& y = module.literals[b.index];
  bool integers = x.kind == LiteralKind::Integer && y.kind == LiteralKind::Integer;
  bool exact = is_canonical(x.kind) || is_canonical(y.kind) || a == b;
  bool numbers = x.kind == LiteralKind::Float || y.kind == LiteralKind::Float;
  switch (test) {
    case TestKind::ExactEqual:
    case TestKind::NotExactEqual:
      if (!exact) return std::nullopt;
      return (a == b) == (test == TestKind::ExactEqual);
    case TestKind::Equal:
    case TestKind::NotEqual:
      // 1 == 1.0 is true.
      if (!exact || (numbers && a != b)) return std::nullopt;
      return (a == b) == (test == TestKind::Equal);
    case TestKind::Less:
      return integers ? std::optional(x.integer < y.integer) : std::nullopt;
    case TestKind::LessEqual:
      return integers ? std::optional(x.integer <= y.integer) : std::nullopt;
    case TestKind::Greater:
      return integers ? std::optional(x.integer > y.integer) : std::nullopt;
    case TestKind::GreaterEqual:
      return integers ? std::optional(x.integer >= y.integer) : std::nullopt;
    default:
      return std::nullopt;
  }
}

static std::optional<int64_t> fold_integers(Bif bif, int64_t a, int64_t b) {
  int64_t result = 0;
  switch (bif) {
    case Bif::Add:
      return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Bif::Sub:
      return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Bif::Mul:
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Bif::Div:
      return b == 0 || b == -1 ? std::nullopt : std::optional(a / b);
    case Bif::Rem:
      return b == 0 || b == -1 ? std::nullopt : std::optional(a % b);
    case Bif::Band:
      return a & b;
    case Bif::Bor:
      return a | b;
    case Bif::Bxor:
      return a ^ b;
    case Bif::Bsl:
      if (b < 0 || b > 62 || __builtin_mul_overflow(a, int64_t{1} << b, &result)) return std::nullopt;
      return result;
    case Bif::Bsr:
      return b < 0 || b > 63 ? std::nullopt : std::optional(a >> b);
    default:
      return std::nullopt;
  }
}

static std::optional<bool> as_boolean(const Literal& literal) {
  if (literal.kind != LiteralKind::Atom) return std::nullopt;
  if (literal.text == "true") return true;
  return literal.text == "false" ? std::optional(false) : std::nullopt;
}

static LiteralId boolean(Module& module, bool value) { return module.atom(value ? "true" : "false"); }

static std::optional<LiteralId> fold_unary(Module& module, Bif bif, LiteralId a) {
  const Literal& x = module.literals[a.index];
  bool integer = x.kind == LiteralKind::Integer;
  switch (bif) {
    case Bif::Plus:
      return integer ? std::optional(a) : std::nullopt;
    case Bif::Neg:
      return integer && x.integer != INT64_MIN ? std::optional(module.integer(-x.integer)) : std::nullopt;
    case Bif::Bnot:
      return integer ? std::optional(module.integer(~x.integer)) : std::nullopt;
    case Bif::Not: {
      auto value = as_boolean(x);
      return value ? std::optional(boolean(module, !*value)) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<LiteralId> fold_bif(Module& module, Bif bif, const std::vector<Operand>& args) {
  for (Operand arg : args) {
    if (!arg.is_literal()) return std::nullopt;
  }
  if (args.size() == 1) return fold_unary(module, bif, args[0].literal());
  if (args.size() != 2) return std::nullopt;
  const Literal& x = module.literals[args[0].literal().index];
  const Literal& y = module.literals[args[1].literal().index];
  if (auto test = core::test_of_bif(bif)) {
    auto value = fold_comparison(module, *test, args[0].literal(), args[1].literal());
    return value ? std::optional(boolean(module, *value)) : std::nullopt;
  }
  if (x.kind == LiteralKind::Integer && y.kind == LiteralKind::Integer) {
    auto value = fold_integers(bif, x.integer, y.integer);
    return value ? std::optional(module.integer(*value)) : std::nullopt;
  }
  auto a = as_boolean(x);
  auto b = as_boolean(y);
  if (!a || !b) return std::nullopt;
  if (bif == Bif::And) return boolean(module, *a && *b);
  if (bif == Bif::Or) return boolean(module, *a || *b);
  return bif == Bif::Xor ? std::optional(boolean(module, *a != *b)) : std::nullopt;
}

}  // namespace hj::opt
