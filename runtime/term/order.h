// Equality, order and hashing of terms. Iterative: no term is too deep.
//
// Threads: any thread that may read the terms. None allocates on a process heap.
#pragma once
#include <cstdint>

#include "runtime/abi/term.h"

namespace hj::rt {

// The same for terms whose words do not decide.
bool exact_equal_parts(Term a, Term b);
bool equal_parts(Term a, Term b);

// =:=
inline bool exact_equal(Term a, Term b) {
  return a == b || (!a.is_immediate() && !b.is_immediate() && exact_equal_parts(a, b));
}
// ==
inline bool equal(Term a, Term b) {
  return a == b || (!(a.is_immediate() && b.is_immediate()) && equal_parts(a, b));
}
// Erlang's term order, numbers by value: number < atom < reference < fun < port < pid < tuple < map < nil < list < bitstring.
// Negative, 0, positive.
int compare(Term a, Term b);
// The order in which 1 < 1.0: of map keys and exact comparison.
int compare_exact(Term a, Term b);
// erlang:phash2/1's value, 27 bits.
uint32_t phash2(Term term);
// All 32 bits, which erlang:phash2/2 reduces to its range.
uint32_t phash2_full(Term term);

}  // namespace hj::rt
