// The bytes of a binary term, wherever they stand.
//
// Natives and printing go through these two functions, so that sub-binaries and bitstrings have one place to be added.
//
// Threads: any thread that may read the term.
#pragma once
#include <string_view>

#include "runtime/abi/term.h"
#include "runtime/heap/heap.h"

namespace hj::rt {

inline bool is_binary(Term term) {
  return term.is_boxed() && (term.subtag() == Subtag::HeapBinary || term.subtag() == Subtag::RefcBinary);
}

// The caller has tested is_binary.
inline std::string_view binary_bytes(Term term) {
  if (term.subtag() == Subtag::HeapBinary) {
    const auto* object = reinterpret_cast<const HeapBinaryObject*>(term.boxed());
    return {reinterpret_cast<const char*>(object->bytes), object->size};
  }
  const auto* object = reinterpret_cast<const RefcBinaryObject*>(term.boxed());
  return {reinterpret_cast<const char*>(object->binary->bytes), object->size};
}

}  // namespace hj::rt
