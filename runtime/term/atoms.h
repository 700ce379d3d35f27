// The atom table.
//
// An atom's number comes from a hash of its name, so that compiled code (whose switches hold atoms as constants) does not
// depend on the order of a run. Two names with one natural number: the later one gets the next free number, and
// atom_is_natural() says so to whoever wants to keep code. Atoms are never freed; at most kAtomLimit, as in OTP.
//
// Invariants:
//   AT1  An atom's number, once given, never changes; its text is immutable and at a fixed address.
//   AT2  The atoms of atoms.def are interned first, all at their natural numbers (checked at start), so constants of them
//        are constexpr.
//
// Threads: any thread. Reading (text, find) is lock-free; interning a new name takes a lock.
#pragma once
#include <cstdint>
#include <string_view>

#include "runtime/abi/term.h"

namespace hj::rt {

inline constexpr uint32_t kAtomLimit = 1'048'576;
inline constexpr size_t kAtomMaxCharacters = 255;

constexpr uint32_t natural_atom_number(std::string_view text) {
  uint64_t h = 0xcbf29ce484222325u;
  for (char c : text) h = (h ^ static_cast<uint8_t>(c)) * 0x100000001b3u;
  h ^= h >> 29;
  h *= 0xbf58476d1ce4e5b9u;
  h ^= h >> 32;
  return static_cast<uint32_t>(h & ((1u << kAtomBits) - 1));
}

// Text is UTF-8. The table being full ends the runtime with a report (as OTP's does).
Term intern_atom(std::string_view text);
// The atom, or a non-value when no such atom exists yet.
Term find_atom(std::string_view text);
std::string_view atom_text(Term atom);
bool atom_is_natural(Term atom);
uint32_t atom_count();

// am::ok, am::error, am::undefined ...: the atoms the runtime itself names (atoms.def).
namespace am {
#define HJ_ATOM(identifier, text) inline constexpr Term identifier = Term::atom(natural_atom_number(text));
#include "runtime/term/atoms.def"
#undef HJ_ATOM
}  // namespace am

}  // namespace hj::rt
