#include "jit/literals.h"

#include "base/check.h"
#include "runtime/code/export_table.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"

namespace hj {

using core::LiteralKind;
using rt::Term;

namespace {

constexpr uint64_t kWordBytes = sizeof(Term);

std::string_view magnitude_of(const core::Literal& literal) {
  std::string_view digits = literal.text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  return digits;
}

}  // namespace

static LiteralPlace immediate(Term term) { return {true, term.bits}; }

LiteralLayout lay_out_literals(const core::Module& module) {
  LiteralLayout layout;
  layout.places.reserve(module.literals.size());
  auto place = [&](uint64_t words, uint64_t tag) {
    const uint64_t offset = layout.words * kWordBytes;
    layout.words += words;
    return LiteralPlace{false, offset + tag};
  };
  for (const core::Literal& literal : module.literals) {
    LiteralPlace at;
    switch (literal.kind) {
      case LiteralKind::Integer:
        at = Term::fits_small(literal.integer) ? immediate(Term::from_small(literal.integer)) : place(2, rt::kBoxedTag);
        break;
      case LiteralKind::BigInteger: {
        const size_t words = rt::integer_words_of_hex(magnitude_of(literal));
        HJ_CHECK(words > 0, "C8: a big integer literal that is small");
        at = place(words, rt::kBoxedTag);
        break;
      }
      case LiteralKind::Float: at = place(2, rt::kBoxedTag); break;
      case LiteralKind::Atom: at = immediate(rt::intern_atom(literal.text)); break;
      case LiteralKind::Nil: at = immediate(Term::nil()); break;
      case LiteralKind::Cons: at = place(2, rt::kConsTag); break;
      case LiteralKind::Tuple: at = place(1 + literal.elements.size(), rt::kBoxedTag); break;
      case LiteralKind::String:
        at = literal.characters.empty() ? immediate(Term::nil()) : place(2 * literal.characters.size(), rt::kConsTag);
        break;
      case LiteralKind::ExportFun: at = place(2, rt::kBoxedTag); break;
    }
    layout.places.push_back(at);
  }
  return layout;
}

static void build_integer(int64_t value, Term* at) {
  at[0] = Term::header(value < 0 ? rt::Subtag::NegativeBig : rt::Subtag::PositiveBig, 1);
  const auto bits = static_cast<uint64_t>(value);
  at[1] = Term::from_bits(value < 0 ? 0 - bits : bits);
}

static void build_string(std::u32string_view characters, Term* at) {
  for (size_t i = 0; i < characters.size(); ++i) {
    at[2 * i] = Term::from_small(static_cast<int64_t>(characters[i]));
    at[2 * i + 1] = i + 1 < characters.size() ? Term::cons(at + 2 * (i + 1)) : Term::nil();
  }
}

static void build_export_fun(const core::Module& module, const core::Literal& literal, Term* at) {
  const Term m = rt::intern_atom(module.literals[literal.elements[0].index].text);
  const Term f = rt::intern_atom(module.literals[literal.elements[1].index].text);
  at[0] = Term::header(rt::Subtag::ExportFun, 1);
  at[1] = Term::from_bits(
      reinterpret_cast<uint64_t>(rt::intern_export(m, f, static_cast<uint32_t>(literal.integer))));
}

void build_literals(const core::Module& module, const LiteralLayout& layout, Term* area) {
  auto term_of = [&](core::LiteralId id) { return layout.places[id.index].term(area); };
  for (size_t i = 0; i < module.literals.size(); ++i) {
    const core::Literal& literal = module.literals[i];
    if (layout.places[i].is_immediate) continue;
    Term* at = area + layout.places[i].bits / kWordBytes;
    switch (literal.kind) {
      case LiteralKind::Integer: build_integer(literal.integer, at); break;
      case LiteralKind::BigInteger:
        rt::integer_build_hex(at, magnitude_of(literal), literal.text.starts_with('-'));
        break;
      case LiteralKind::Float:
        at[0] = Term::header(rt::Subtag::Float, 1);
        at[1] = Term::from_bits(std::bit_cast<uint64_t>(literal.number));
        break;
      case LiteralKind::Cons:
        at[0] = term_of(literal.elements[0]);
        at[1] = term_of(literal.elements[1]);
        break;
      case LiteralKind::Tuple:
        at[0] = Term::header(rt::Subtag::Tuple, literal.elements.size());
        for (size_t e = 0; e < literal.elements.size(); ++e) at[1 + e] = term_of(literal.elements[e]);
        break;
      case LiteralKind::String: build_string(literal.characters, at); break;
      case LiteralKind::ExportFun: build_export_fun(module, literal, at); break;
      case LiteralKind::Atom:
      case LiteralKind::Nil: break;
    }
  }
}

}  // namespace hj
