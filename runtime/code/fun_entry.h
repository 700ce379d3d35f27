// Fun entries: what a closure points to instead of code.
//
// A closure is (module, code hash, index) and its free variables, as in OTP: identical code loaded again revives it, other
// code does not, and a purge makes calls of it raise badfun. One entry per such triple, made on first mention, never freed (its
// closures may be anywhere); a version that loads points the entry at its code, a purge points it at the badfun stub.
//
// Calling convention of entry->code: the arguments in x0.., and the closure itself as argument number `arity`.
//
// A purge that is undecided makes an entry *pending*: its code is the purged-fun stub and its version is still set. Who calls it
// then waits (yields and calls again) until the purge has ended: with the code back, or with no version (badfun).
//
// Threads: intern under a lock; `code` and `version` are stored by loads and purges (release) and loaded by calls (acquire); the
// rest is constant once a version has interned the entry.
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
  uint32_t arity = 0;
  uint32_t free_count = 0;
  uint32_t index = 0;
  uint32_t uniq = 0;             // what #Fun<m.Index.Uniq> shows
  std::string hash;
  std::atomic<const Version*> version{nullptr};   // whose code it points to, or pointed to while it is pending
};

// Layout of a closure on the heap: header(Fun, 1 + free_count), entry, free variables.
struct FunObject {
  Term header;
  FunEntry* entry;
  Term free[];
};

// What a version knows of its fun beyond its name.
struct FunShape {
  Term function;
  uint32_t arity;
  uint32_t free_count;
  uint32_t uniq;
};

FunEntry* intern_fun_entry(Term module, std::string_view hash, uint32_t index);
// The same, and fills in the shape when it is not known yet.
FunEntry* intern_fun_entry(Term module, std::string_view hash, uint32_t index, const FunShape& shape);

}  // namespace hj::rt
