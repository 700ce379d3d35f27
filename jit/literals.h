// Where a version's constant terms stand: words of its literal area, laid out before any code is generated.
//
// Code names a literal as an immediate word or as (begin of the area + offset | tag); only the engine knows where the area
// is. So layout is one step (needed by code generation and kept in a code cache), building the terms another.
//
// Invariants:
//   LT1  The layout of equal modules is equal: places follow the order of core::Module::literals, which has a literal's parts
//        before it (C8).
//   LT2  Atoms are interned by lay_out_literals; their words may differ between runs when an atom has not its natural number.
//
// Threads: any thread.
#pragma once
#include <cstdint>
#include <vector>

#include "frontend/core/core.h"
#include "runtime/abi/term.h"

namespace hj {

// One literal: the term itself, or its tagged distance from the begin of the area.
struct LiteralPlace {
  bool is_immediate = true;
  uint64_t bits = rt::kNil;

  rt::Term term(const rt::Term* area) const {
    return rt::Term::from_bits(is_immediate ? bits : reinterpret_cast<uint64_t>(area) + bits);
  }
};

struct LiteralLayout {
  std::vector<LiteralPlace> places;   // by core::LiteralId
  uint64_t words = 0;                 // of the area
};

LiteralLayout lay_out_literals(const core::Module& module);

// Builds every term of the layout in `area` (layout.words words, writable). Interns the exports of `fun m:f/a`.
void build_literals(const core::Module& module, const LiteralLayout& layout, rt::Term* area);

}  // namespace hj
