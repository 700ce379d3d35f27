// The memory of one process: where its terms and its stack stand.
//
//     block:   [ terms allocated, hp ->      free      <- sp, frames ]     young generation and stack, one piece
//     old:     chunks of terms that survived two collections
//     fragments: pieces allocated while the block was full, and accepted messages; the next collection empties them
//
// Why one block for heap and stack: an entry compares one pair of pointers, and a process needs one allocation. The old
// generation is a list of chunks rather than one block, so that promoting never fails and never copies what is there; chunks
// grow geometrically, so there are few.
//
// Invariants:
//   H1  begin <= high_water <= hp <= sp <= end (hp and sp: the process's context, valid while it does not run).
//   H2  A term in the block points to the block, fragments, old chunks or literals; a term below high_water or in an old chunk
//       never points to the block above high_water or to a fragment (terms are immutable and point to older ones).
//   H3  Every off-heap object (RefcBinary) of the block and the fragments is in off_heap_young, of the old chunks in
//       off_heap_old; each counts once in its binary's reference count.
//
// Threads: owner only (who runs the process, or holds it while it does not run).
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;

#if defined(HJ_CHAOS)
inline constexpr size_t kInitialBlockWords = 64;
#else
inline constexpr size_t kInitialBlockWords = 233;
#endif

// Bytes shared between processes; freed when the last object that refers to them goes.
struct OffHeapBinary {
  std::atomic<uint64_t> references{1};
  uint64_t size;
  uint8_t bytes[];
};

// Layout of a RefcBinary on a heap: header(RefcBinary, 3).
struct RefcBinaryObject {
  Term header;
  RefcBinaryObject* next;   // in its heap's off-heap list
  OffHeapBinary* binary;
  uint64_t size;
};
inline constexpr size_t kRefcBinaryWords = sizeof(RefcBinaryObject) / sizeof(Term);

// Layout of a HeapBinary: header, size in bytes, bytes padded with zeros to words.
struct HeapBinaryObject {
  Term header;
  uint64_t size;
  uint8_t bytes[];
};
inline constexpr size_t kMaxHeapBinaryBytes = 64;

// A piece of heap outside the block: what natives allocate when the block is full, and what carries a message.
struct Fragment {
  // In a heap: its next fragment. In a message: another one that belongs to it (copies of literals whose area retired).
  Fragment* next = nullptr;
  RefcBinaryObject* off_heap = nullptr;
  uint64_t words = 0;   // capacity
  uint64_t used = 0;
  Term data[];
};

struct OldChunk {
  OldChunk* next = nullptr;
  Term* top = nullptr;
  Term* end = nullptr;
  Term data[];
};

struct Heap {
  Term* begin = nullptr;
  Term* end = nullptr;
  Term* high_water = nullptr;

  Fragment* fragments = nullptr;
  // The one heap_alloc takes from: of our own making, not a message's. Null: none yet.
  Fragment* open_fragment = nullptr;
  uint64_t fragment_words = 0;

  OldChunk* old_first = nullptr;
  OldChunk* old_last = nullptr;
  uint64_t old_words = 0;
  // A collection that finds more old words than this becomes a major one.
  uint64_t old_limit = 0;

  RefcBinaryObject* off_heap_young = nullptr;
  RefcBinaryObject* off_heap_old = nullptr;
  // Bytes of binaries referred to since the last collection; too many end the slice like too many fragment words do.
  uint64_t off_heap_bytes = 0;

  // Settings (spawn_opt, process_flag).
  uint64_t min_words = kInitialBlockWords;
  uint64_t max_words = 0;   // block and old generation together; 0: the system's default
  uint32_t fullsweep_after = 65535;

  uint32_t minors_since_major = 0;
  // The next collection is a major one whatever the counters say.
  bool wants_major = false;

  // Statistics (process_info garbage_collection_info, erlang:statistics).
  uint64_t minor_count = 0;
  uint64_t major_count = 0;

  uint64_t block_words() const { return static_cast<uint64_t>(end - begin); }
};

// Gives the process its first block, of at least heap.min_words: hp at its beginning, sp at its end, nothing else changed.
void heap_init(Process& process, size_t first_words = kInitialBlockWords);
// Frees all of it and drops the references to binaries. The process has no terms afterwards.
void heap_release(Process& process);

// All words the process holds: block, old chunks, fragments (process_info total_heap_size).
uint64_t heap_total_words(const Process& process);

// -- fragments; make and free: any thread
Fragment* make_fragment(size_t words);
// With those behind it; drops their references to binaries, too.
void free_fragment(Fragment* fragment);
// The terms of the fragment and of those behind it belong to the process from now on (an accepted message).
void attach_fragment(Process& process, Fragment* fragment);
inline Term* fragment_alloc(Fragment& fragment, size_t words) {
  Term* at = fragment.data + fragment.used;
  fragment.used += words;
  return at;
}

// -- off-heap binaries; any thread
OffHeapBinary* make_off_heap_binary(size_t bytes);
void retain_binary(OffHeapBinary* binary);
void release_binary(OffHeapBinary* binary);

// -- blocks: small ones from malloc (mimalloc was measured: a minor collection takes as long with either), large ones mapped,
// so that untouched pages cost nothing
Term* allocate_block(size_t words);
void free_block(Term* block, size_t words);
OldChunk* make_old_chunk(size_t words);
// The chunk and those behind it.
void free_old_chunks(OldChunk* chunk);

}  // namespace hj::rt
