// Decides, for the clauses of a function, `case`, receive or `=`, which tests to run and in which order.
//
// Clauses are rows of patterns, subjects are columns. The compiler picks a column that the first row tests, takes the
// longest run of rows that test it too, and switches on their constructors; each row goes to exactly one branch. What
// fails in a run goes on with the rows behind it. A row without tests left is a leaf.
//
// Why not a full decision tree, which never tests a term twice: a row that does not test the chosen column would have
// to be copied into every branch, and a few dozen such rows make millions of copies. Here every row exists once, so
// code grows with the size of the patterns (M4), and what is tested twice is what a run in between cut off. Within a
// run nothing is tested twice, and almost all clause lists people write are one run and a catch-all.
//
// The order of columns is not fixed from left to right: of the columns the first row tests, the one with the longest
// run wins, the leftmost of equals. `f(X, a)`, `f(X, b)` is one switch whatever X is.
//
// Subterms are fetched when they are first tested or bound, not when their parent is recognised: a tuple of nine
// elements of which a clause binds one costs one load in that clause and none in the others.
//
// Strings are lists: a column of strings becomes a trie character by character, but a string that is the only row of
// its branch is compared as a whole.
//
// Invariants of the result:
//   M1  leaves[i] is where clause i's patterns and equalities have matched; at most one place. Not reachable: no leaf.
//   M2  Clause order is kept: leaf i is reached only if no clause < i matches with its guard true.
//   M3  A leaf with a guard goes to on_guard_fail when the guard is not true: there the clauses behind it are tried.
//   M4  Code is linear in the size of the patterns; no clause is copied.
//   M5  Only tests, and access to terms whose shape is proved, are emitted: nothing raises, nothing allocates.
//
// Threads: owner only.
#pragma once
#include <vector>

#include "frontend/core/function_builder.h"
#include "frontend/match/pattern.h"

namespace hj::match {

struct Leaf {
  // Open: to be continued with guard and body. Not valid when the clause can never be reached.
  core::BlockId block;
  core::BlockId on_guard_fail;
  // By SlotId.
  std::vector<core::Operand> slots;
  bool reachable() const { return block.valid(); }
};

// Writes the tests, beginning in the current block and leaving none open; where no clause matches control goes to
// `fail`.
std::vector<Leaf> compile_match(core::FunctionBuilder& builder, PatternPool& pool,
                                const std::vector<core::Operand>& subjects, const std::vector<Clause>& clauses,
                                core::BlockId fail);

}  // namespace hj::match
