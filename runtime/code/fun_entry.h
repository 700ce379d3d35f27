// Fun entries: what a closure points to instead of code.
//
// A closure is (module, code hash, index) and its free variables, as in OTP: identical code loaded again revives it, other
// code does not, and a purge makes calls of it raise badfun. One entry per such triple, made on first mention, never freed (its
// closures may be anywhere); a version that loads points the entry at its code, a purge points it at the badfun stub.
//
// Calling convention of entry->code: the arguments in x0.., and the closure itself as argument number `arity`.
//
// Threads: intern under a lock; `code` is stored by loads and purges (release) and loaded by calls (acquire).
#pragma once
#include <atomic>
#include <string>
#include <string_view>

#include "runtime/abi/context.h"

namespace hj::rt {

struct Version;

struct FunEntry {
  std::atomic<Code> code;        // never null: the stub hj_call_purged_fun when there is no code
  Term module;
  Term function;                 // atom '-f/0-fun-0-'
  uint32_t arity;
  uint32_t free_count;
  uint32_t index;
  uint32_t uniq;                 // what #Fun<m.Index.Uniq> shows
  std::string hash;
  const Version* version = nullptr;   // whose code it points to
};

// Layout of a closure on the heap: header(Fun, 1 + free_count), entry, free variables.
struct FunObject {
  Term header;
  FunEntry* entry;
  Term free[];
};

FunEntry* intern_fun_entry(Term module, std::string_view hash, uint32_t index);

}  // namespace hj::rt
