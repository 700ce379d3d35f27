// Copying terms out of a heap: into a message's fragment, or into another process's.
//
// Two passes, one that counts words and one that copies. Neither recurses. Sharing inside a term is not kept (as in OTP: a term
// that shares much arrives unfolded). Literals are not copied but shared, unless their area is being retired.
//
//     size_t words = copied_words(term);
//     Fragment* fragment = make_fragment(words);
//     Term copy = copy_to_fragment(term, *fragment);
//
// Invariants:
//   CP1  copy_to_fragment takes as many words as the same thread's last copied_words of the same term with the same
//        LiteralPolicy said: both use the same view of the retiring area (retiring_literals.h, L1).
//
// Threads: any thread that may read the term.
#pragma once
#include <cstddef>
#include <cstdint>

#include "runtime/abi/term.h"
#include "runtime/heap/heap.h"

namespace hj::rt {

enum class LiteralPolicy : uint8_t {
  Share,   // messages and whatever else a process will hold
  Copy,    // what stands outside all processes for long (timers, tables): nobody looks there when literals retire
};

// 0 for immediates and shared literals.
size_t copied_words(Term term, LiteralPolicy policy = LiteralPolicy::Share);
// The fragment has room.
Term copy_to_fragment(Term term, Fragment& fragment, LiteralPolicy policy = LiteralPolicy::Share);
// Onto the process's own heap (heap_alloc): for terms of others that it may read.
Term copy_to_heap(Process& process, Term term);

}  // namespace hj::rt
