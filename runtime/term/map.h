// Layout of flat maps: header(FlatMap, 1 + size), tuple of the keys, values in the order of the keys.
//
// Keys are sorted by compare_exact (1 before 1.0). Code generation does not make maps yet; printing, comparing and hashing
// know the layout because terms with maps in them (error_info in a stack trace) exist already.
//
// Threads: any thread that may read the terms.
#pragma once
#include <cstdint>

#include "runtime/abi/term.h"

namespace hj::rt {

inline bool is_map(Term term) { return term.is_boxed_of(Subtag::FlatMap); }

// The caller has tested is_map.
inline uint64_t map_size(Term map) { return Term::size_of(map.header()) - 1; }
inline const Term* map_keys(Term map) { return map.boxed()[1].tuple_elements(); }
inline const Term* map_values(Term map) { return map.boxed() + 2; }

}  // namespace hj::rt
