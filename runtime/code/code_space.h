// One reserved address range for everything generated code must reach with 32-bit displacements: code, cells, literals.
//
// Reserved once at start, preferably below 2 GB and beside the executable (linked without PIE), so that absolute addresses
// fit 32 bits too; pages are committed as they are handed out and given back when freed. Why one range: the small code model
// (the large one breaks preserve_none tail calls), and one compare tells a literal.
//
//     [ cells 64 MB | literals 256 MB | code 512 MB ]
//
// Threads: any thread (one lock; never on the path of a call, send, spawn or allocation).
#pragma once
#include <cstddef>

#include "base/result.h"
#include "runtime/abi/term.h"

namespace hj::rt {

enum class CodeSpaceArea { Cells, Literals, Code };

// Called once, before anything else of the runtime.
Result<void> reserve_code_space();

// Page-aligned, zeroed, writable. An error when the area is full.
Result<char*> allocate_code_space(CodeSpaceArea area, size_t bytes);
void free_code_space(CodeSpaceArea area, char* begin, size_t bytes);

// Whether a pointer (of a cons or boxed term) points to a literal.
extern const char* literal_range_begin;
extern const char* literal_range_end;
inline bool is_literal_pointer(const void* pointer) {
  return static_cast<const char*>(pointer) >= literal_range_begin && static_cast<const char*>(pointer) < literal_range_end;
}

}  // namespace hj::rt
