// Export cells: the one place a qualified call goes through, and the code index that switches them.
//
// A cell exists from the first mention of m:f/N and for ever. It holds three addresses; a call loads the global code index
// and then cell.address[index]. A load fills the staging slot of every cell it changes and commits by one store of the index:
// a whole set of modules becomes visible at once, and nobody stops (OTP does the same; see DESIGN, "Versions").
//
// Invariants:
//   E1  In the active and in the previous slot every cell holds a valid entry: a function of a live version, a native's
//       thunk, or the cell's own undefined-function thunk.
//   E2  Only the holder of the staging lock writes cells. The staging slot is (active + 1) % 3.
//   E3  A slot is written only when every scheduler has passed a schedule point since it was last active (progress.h), so no
//       thread can still be between its load of the index and its load of the address.
//   E4  Before a commit the staging slot of all cells equals the active slot but for the changes staged: cells changed by the
//       last two commits are copied first.
//   E5  Cells lie in the cell range of the code space: generated code reaches them with 32-bit displacements.
//   E6  An entry of the call cache is null or a cell, which lives for ever: entries are replaced, never invalidated.
//
// Threads: find/intern any thread; staging under its lock; address loads by generated code (relaxed load of the index,
// address-dependent load of the slot; pairs with the release store in commit()).
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/abi/context.h"
#include "runtime/abi/tags.h"

namespace hj::rt {

inline constexpr int kCodeIndices = 3;

struct Export {
  std::atomic<Code> address[kCodeIndices];   // first: generated code indexes it
  Term module;
  Term function;
  uint32_t arity;
  Code undefined_thunk;                      // where the cell points while nothing is defined
  const NativeEntry* native = nullptr;       // m:f/N is a native: never replaced by loads
};

// Read by generated code at every external call.
extern "C" std::atomic<uint64_t> hj_code_index;

// A direct-mapped cache in front of find_export(), which generated code asks itself when it calls M:F(...) with variable parts:
// hj_rt_call_dynamic fills it. Release stores pair with relaxed loads on whose result everything else depends.
inline constexpr uint64_t kCallCacheSize = 1024;
inline constexpr uint64_t kCallCacheFactor = 5;
extern "C" std::atomic<Export*> hj_call_cache[kCallCacheSize];
// Generated code computes the same; any two words will do for module and function.
inline uint64_t call_cache_slot(Term module, Term function, uint32_t arity) {
  return (((module.bits + function.bits * kCallCacheFactor) >> kImmediateShift) + arity) & (kCallCacheSize - 1);
}

// The cell of m:f/arity, made when it is not there yet. Any thread.
Export* intern_export(Term module, Term function, uint32_t arity);
// The same, or null. Any thread.
Export* find_export(Term module, Term function, uint32_t arity);
// Where a call goes now.
Code active_address(const Export* cell);
// Whether the cell leads to code or a native. Any thread.
bool is_defined(const Export* cell);
// How many cells there are.
size_t export_count();

// A set of changes that becomes visible at once. Holds the staging lock from construction to destruction.
class Staging {
 public:
  Staging();   // waits for thread progress when the slot was active too recently (E3)
  ~Staging();  // without commit(): nothing happened
  // Nothing happens to cells of natives.
  void set(Export* cell, Code address);
  void undefine(Export* cell);
  // What the cell will lead to after commit().
  Code staged_address(const Export* cell) const;
  // One release store of hj_code_index. At most once.
  void commit();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

 private:
  std::vector<Export*> changed_;
  uint64_t slot_;
};

}  // namespace hj::rt
