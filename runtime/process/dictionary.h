// The process dictionary: put/2, get/1 and their like.
//
// Open addressing over pairs of terms; keys compare by =:=. Terms in it are roots of the process's heap (visit_side_roots).
//
// Threads: owner only.
#pragma once
#include <functional>

#include "runtime/process/process.h"

namespace hj::rt {

// The old value, or a non-value.
Term dictionary_put(Process& process, Term key, Term value);
Term dictionary_get(const Process& process, Term key);
Term dictionary_erase(Process& process, Term key);
size_t dictionary_size(const Process& process);
void for_each_dictionary_entry(const Process& process, const std::function<void(Term key, Term value)>& visit);
void free_dictionary(Process& process);

}  // namespace hj::rt
