// Patterns as matching sees them: constructors, constants and slots, without variables, aliases or records.
//
// A slot is a place of a clause whose term is wanted: a variable's, or one that is compared. A variable that stands
// twice has two slots and an equality between them; a variable that is bound already is an equality between its slot
// and its value. So patterns proper never compare two terms, and the decision tree is about constructors only.
//
// Threads: owner only.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "frontend/core/core.h"

namespace hj::match {

using SlotId = Id<struct SlotTag>;

enum class PatternKind : uint8_t {
  Any,
  Constant,  // an atom, number or nil
  Cons,      // parts: head, tail
  Tuple,     // parts: elements
  Text,      // the characters from `offset` on, then the only part; as many Cons as there are characters
  Never,     // matches nothing: an alias of two patterns that exclude each other
};

struct Pattern {
  PatternKind kind = PatternKind::Any;
  SlotId slot;
  core::LiteralId constant;
  std::vector<const Pattern*> parts;
  const std::u32string* text = nullptr;
  uint32_t offset = 0;

  bool refutable() const { return kind != PatternKind::Any; }
};

// Owns patterns and texts; they stay where they are.
class PatternPool {
 public:
  Pattern& add(PatternKind kind) {
    Pattern& p = patterns_.emplace_back();
    p.kind = kind;
    return p;
  }
  const std::u32string* text(std::u32string text) { return &texts_.emplace_back(std::move(text)); }

 private:
  std::deque<Pattern> patterns_;
  std::deque<std::u32string> texts_;
};

// slot =:= other slot, or slot =:= value.
struct Equality {
  SlotId slot;
  SlotId other;
  core::Operand value;
};

enum class HasGuard : uint8_t { No, Yes };

struct Clause {
  std::vector<const Pattern*> patterns;  // one a subject
  std::vector<Equality> equalities;
  uint32_t slot_count = 0;
  HasGuard guard = HasGuard::No;
};

}  // namespace hj::match
