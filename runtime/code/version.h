// One version of a module: code, literals, and the tables that describe them. Made by jit, known to the runtime as data.
//
// A version goes staged -> current -> old -> purged -> freed (module_table.h). Its number counts a module's loads from 1, so
// that a stored raw trace can tell that its code is gone; its id is unique in the process's life.
//
// Invariants:
//   V1  Immutable from commit to purge; entries and literals have fixed addresses.
//   V2  [code_begin, code_end), and the fast body's range once there is one, hold every entry of the version and nothing else's.
//       Range tests decide who lingers.
//   V3  literals lie in the literal range of the code space: one compare tells a literal from a heap term.
//
// Threads: built by one thread; any thread after commit.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/abi/descriptor.h"

namespace hj::rt {

struct FunEntry;

struct FunctionInfo {
  Term module;      // atom
  Term name;        // atom, as a stack trace shows it
  uint32_t arity;
  Code entry;       // null for TryBody and the like, which nobody calls by name
  bool exported;
};

struct SiteInfo {
  uint32_t file;         // index into Version::files
  uint32_t line;         // 0: none
  uint32_t function;     // index into functions
  uint32_t inlined_at;   // index into sites, or UINT32_MAX
};

// What keeps a version's machine code mapped; destroying it unmaps. jit derives from it.
class CodeHandle {
 public:
  virtual ~CodeHandle() = default;
};

// A version's second body, made by the optimizing tier while the first one runs: the same entries by number, with the same
// frames, so that a process may go from one to the other at any entry (tier_up.h). The first body stays as long as the version.
struct FastBody {
  const Code* entries = nullptr;   // by descriptor number
  const char* begin = nullptr;
  const char* end = nullptr;
  std::unique_ptr<CodeHandle> code;
};

struct Version {
  uint64_t id = 0;
  uint32_t number = 0;
  Term module;
  std::string hash;                 // 16 bytes: core::code_hash
  const char* code_begin = nullptr;
  const char* code_end = nullptr;
  Term* literals_begin = nullptr;
  Term* literals_end = nullptr;
  std::vector<FunctionInfo> functions;
  std::vector<Descriptor> descriptors;
  std::vector<uint64_t> slot_maps;
  std::vector<SiteInfo> sites;
  std::vector<std::string> files;
  std::vector<FunEntry*> fun_entries;   // of its lambdas
  std::vector<Code> fun_codes;          // beside fun_entries: where they lead while this is the newest version of its hash
  std::vector<std::pair<Term, Term>> attributes;    // literals
  std::vector<std::pair<Term, Term>> compile_info;  // literals
  std::string source_path;
  std::unique_ptr<CodeHandle> code;

  // -- the second body: set once, by the code server; any thread reads
  std::unique_ptr<FastBody> fast_owner;
  std::atomic<const FastBody*> fast{nullptr};
  // So many ends of slices in the first body are worth an optimizing compile; 0: none are. Constant.
  uint32_t hot_yields = 0;
  mutable std::atomic<uint32_t> yields{0};

  bool contains(Code address) const {
    const auto* at = static_cast<const char*>(address);
    if (at >= code_begin && at < code_end) return true;
    // Acquire: pairs with the release of who made the body.
    const FastBody* body = fast.load(std::memory_order_acquire);
    return body != nullptr && at >= body->begin && at < body->end;
  }
};

}  // namespace hj::rt
