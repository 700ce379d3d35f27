// What the collector, copying and verifying must know of a boxed object: which of its words are terms.
//
// Either all words after the header may be read as terms, or none may: one bit of a mask decides. Raw pointers are 8-aligned
// and read as small integers, so a Fun (entry, then free variables) needs no exception. SubBinary, MatchContext and map
// nodes keep their sizes and offsets as small integers for the same reason.
//
// Threads: constants.
#pragma once
#include <cstdint>

#include "runtime/abi/term.h"

namespace hj::rt {

constexpr uint32_t subtag_bit(Subtag subtag) { return uint32_t{1} << static_cast<uint32_t>(subtag); }

inline constexpr uint32_t kRawSubtags =
    subtag_bit(Subtag::PositiveBig) | subtag_bit(Subtag::NegativeBig) | subtag_bit(Subtag::Float) |
    subtag_bit(Subtag::ExportFun) | subtag_bit(Subtag::Reference) | subtag_bit(Subtag::HeapBinary) |
    subtag_bit(Subtag::RefcBinary) | subtag_bit(Subtag::Raw) | subtag_bit(Subtag::ExternalPid) |
    subtag_bit(Subtag::ExternalPort) | subtag_bit(Subtag::ExternalReference);

// Of a header word: whether the words behind it are no terms.
constexpr bool is_raw_header(uint64_t header) {
  return (kRawSubtags >> static_cast<uint32_t>(Term::subtag_of(header)) & 1) != 0;
}

// Whether a word read as a term points to memory (cons or boxed).
constexpr bool is_pointer(Term term) { return (term.bits & 5) == 1; }
static_assert((kConsTag & 5) == 1 && (kBoxedTag & 5) == 1);
static_assert((kImmediateTag & 5) != 1 && (kHeaderTag & 5) != 1);

inline Term* pointee(Term term) { return reinterpret_cast<Term*>(term.bits & ~kTagMask); }

// Words of the object a pointer term leads to (which must not have been moved).
inline uint64_t object_words(Term term) { return term.is_cons() ? 2 : 1 + Term::size_of(term.header()); }

}  // namespace hj::rt
