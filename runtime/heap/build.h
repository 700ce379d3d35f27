// Building terms on a process's heap, for natives and the runtime itself.
//
// heap_alloc never fails and never collects: room between hp and heap_limit, else a heap fragment that the next collection
// folds into the heap (too many fragment words set reds to 0, so that the next entry collects). So raw terms held by C++ stay
// valid through any number of allocations.
//
// Threads: owner only (the thread that runs the process, or holds it while it waits).
#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "runtime/abi/term.h"

namespace hj::rt {

struct OffHeapBinary;
struct Process;

Term* heap_alloc(Process& process, size_t words);

Term make_cons(Process& process, Term head, Term tail);
Term make_tuple(Process& process, std::initializer_list<Term> elements);
Term make_tuple(Process& process, std::span<const Term> elements);
// The elements in order, then `tail`.
Term make_list(Process& process, std::span<const Term> elements, Term tail = Term::nil());
// Small or bignum.
Term make_integer(Process& process, int64_t value);
Term make_unsigned(Process& process, uint64_t value);
Term make_float(Process& process, double value);   // finite
// A list of the code points of a UTF-8 text (each malformed byte as itself).
Term make_string(Process& process, std::string_view utf8);
Term make_reference(Process& process);              // a new, unique one
// On the heap when short, else off-heap.
Term make_binary(Process& process, std::string_view bytes);
// Takes over the caller's reference to the binary.
Term make_refc_binary(Process& process, OffHeapBinary* binary);

// -- raising, from Leaf natives and helpers: sets the exception, returns the non-value
Term raise(Process& process, Term exception_class, Term reason);
Term raise_error(Process& process, Term reason);
Term raise_badarg(Process& process);

}  // namespace hj::rt
