#include "frontend/core/core.h"

#include <array>
#include <bit>

#include "base/check.h"

namespace hj::core {

namespace {

// Words used by bifs.def's guard column.
constexpr bool Yes = true;
[[maybe_unused]] constexpr bool No = false;

constexpr auto kBifs = std::to_array<BifInfo>({
#define HJ_BIF(name, erlang_name, arity, guard, result) {erlang_name, arity, guard},
#include "frontend/core/bifs.def"
#undef HJ_BIF
});

}  // namespace

const BifInfo& bif_info(Bif bif) { return kBifs[static_cast<size_t>(bif)]; }

// -- literals

static uint64_t mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 29);
}

static uint64_t literal_hash(const Literal& literal) {
  uint64_t hash = mix(0x51ED270B, static_cast<uint64_t>(literal.kind));
  hash = mix(hash, static_cast<uint64_t>(literal.integer));
  hash = mix(hash, std::bit_cast<uint64_t>(literal.number));
  for (char c : literal.text) hash = mix(hash, static_cast<uint8_t>(c));
  for (char32_t c : literal.characters) hash = mix(hash, c);
  for (LiteralId element : literal.elements) hash = mix(hash, element.index);
  return hash;
}

static bool same_literal(const Literal& a, const Literal& b) {
  // Floats by their bits: 0.0 and -0.0 print differently.
  return a.kind == b.kind && a.integer == b.integer &&
         std::bit_cast<uint64_t>(a.number) == std::bit_cast<uint64_t>(b.number) && a.text == b.text &&
         a.characters == b.characters && a.elements == b.elements;
}

static bool is_character(const Literal& literal) {
  return literal.kind == LiteralKind::Integer && literal.integer >= 0 && literal.integer <= 0x10FFFF;
}

// literal_index_ is an open-addressing table of (hash, id); its size is a power of two and it is at most half full.
static constexpr uint32_t kEmptySlot = UINT32_MAX;

LiteralId Module::literal(Literal value) {
  uint64_t hash = literal_hash(value);
  if ((literals.size() + 1) * 2 > literal_index_.size()) {
    std::vector<std::pair<uint64_t, uint32_t>> old(literal_index_.empty() ? 64 : literal_index_.size() * 2,
                                                   {0, kEmptySlot});
    old.swap(literal_index_);
    for (auto& entry : old) {
      if (entry.second == kEmptySlot) continue;
      size_t slot = entry.first & (literal_index_.size() - 1);
      while (literal_index_[slot].second != kEmptySlot) slot = (slot + 1) & (literal_index_.size() - 1);
      literal_index_[slot] = entry;
    }
  }
  size_t slot = hash & (literal_index_.size() - 1);
  for (; literal_index_[slot].second != kEmptySlot; slot = (slot + 1) & (literal_index_.size() - 1)) {
    auto [other_hash, other] = literal_index_[slot];
    if (other_hash == hash && same_literal(literals[other], value)) return LiteralId{other};
  }
  for (LiteralId element : value.elements)
    HJ_CHECK(element.index < literals.size(), "C8: a literal's part comes first");
  literal_index_[slot] = {hash, static_cast<uint32_t>(literals.size())};
  literals.push_back(std::move(value));
  return LiteralId{literals.size() - 1};
}

LiteralId Module::atom(std::string_view text) {
  Literal value;
  value.kind = LiteralKind::Atom;
  value.text = text;
  return literal(std::move(value));
}

LiteralId Module::integer(int64_t integer) {
  Literal value;
  value.kind = LiteralKind::Integer;
  value.integer = integer;
  return literal(std::move(value));
}

LiteralId Module::nil() { return literal(Literal{}); }

LiteralId Module::list(std::span<const LiteralId> elements, LiteralId tail) {
  size_t rest = elements.size();
  LiteralKind tail_kind = literals[tail.index].kind;
  if (tail_kind == LiteralKind::Nil || tail_kind == LiteralKind::String) {
    while (rest > 0 && is_character(literals[elements[rest - 1].index])) --rest;
  }
  if (rest < elements.size()) {
    Literal string;
    string.kind = LiteralKind::String;
    for (size_t i = rest; i < elements.size(); ++i) {
      string.characters.push_back(static_cast<char32_t>(literals[elements[i].index].integer));
    }
    string.characters += literals[tail.index].characters;
    tail = literal(std::move(string));
  }
  while (rest > 0) {
    Literal cell;
    cell.kind = LiteralKind::Cons;
    cell.elements = {elements[--rest], tail};
    tail = literal(std::move(cell));
  }
  return tail;
}

LiteralId Module::tuple(std::span<const LiteralId> elements) {
  Literal value;
  value.kind = LiteralKind::Tuple;
  value.elements.assign(elements.begin(), elements.end());
  return literal(std::move(value));
}

}  // namespace hj::core
