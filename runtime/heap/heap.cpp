#include "runtime/heap/heap.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/check.h"
#include "runtime/heap/memory.h"
#include "runtime/process/process.h"

namespace hj::rt {

namespace {

// Blocks from here on are mapped: what is not touched costs nothing, and what is freed goes back at once.
constexpr size_t kMappedWords = 64 * 1024;
constexpr size_t kPageBytes = 4096;

size_t mapped_bytes(size_t words) { return (words * sizeof(Term) + kPageBytes - 1) / kPageBytes * kPageBytes; }

[[noreturn]] void out_of_memory(size_t bytes) {
  // As OTP ends its node: no process could go on, and nothing was promised about partial work.
  fmt::print(stderr, "hotjit: cannot allocate {} bytes of memory for a heap; {} bytes are in use by processes\n", bytes,
             accounted_memory(MemoryKind::Processes));
  std::fflush(nullptr);
  std::_Exit(1);
}

void* allocate_or_die(size_t bytes) {
  void* memory = std::malloc(bytes);
  if (memory == nullptr) out_of_memory(bytes);
  return memory;
}

void account_processes(int64_t bytes) { account_memory(MemoryKind::Processes, bytes); }

void release_off_heap_list(RefcBinaryObject* object) {
  while (object != nullptr) {
    RefcBinaryObject* next = object->next;
    release_binary(object->binary);
    object = next;
  }
}

}  // namespace

Term* allocate_block(size_t words) {
  if (words < kMappedWords) {
    size_t bytes = words * sizeof(Term);
    account_processes(static_cast<int64_t>(bytes));
    return static_cast<Term*>(allocate_or_die(bytes));
  }
  size_t bytes = mapped_bytes(words);
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) out_of_memory(bytes);
  account_processes(static_cast<int64_t>(bytes));
  return static_cast<Term*>(memory);
}

void free_block(Term* block, size_t words) {
  if (block == nullptr) return;
  if (words < kMappedWords) {
    account_processes(-static_cast<int64_t>(words * sizeof(Term)));
#if defined(HJ_DEBUG_CHECKS)
    // A stale pointer reads what no check lets pass.
    std::memset(static_cast<void*>(block), 0xdb, words * sizeof(Term));
#endif
    std::free(block);
    return;
  }
  size_t bytes = mapped_bytes(words);
  account_processes(-static_cast<int64_t>(bytes));
  HJ_CHECK(munmap(block, bytes) == 0, "munmap of a block: {}", std::strerror(errno));
}

void heap_init(Process& process, size_t first_words) {
  Heap& heap = process.heap;
  HJ_CHECK(heap.begin == nullptr, "heap_init of a process that has a heap");
  heap.min_words = std::max(heap.min_words, kInitialBlockWords);
  uint64_t words = std::max(first_words, heap.min_words);
  heap.begin = allocate_block(words);
  heap.end = heap.begin + words;
  heap.high_water = heap.begin;
  process.hp = heap.begin;
  process.sp = heap.end;
  process.heap_limit = heap.end;
}

void heap_release(Process& process) {
  Heap& heap = process.heap;
  release_off_heap_list(heap.off_heap_young);
  release_off_heap_list(heap.off_heap_old);
  free_block(heap.begin, heap.block_words());
  free_old_chunks(heap.old_first);
  // Their binaries were in the heap's own list.
  free_fragment(heap.fragments);
  heap = Heap{};
  process.hp = process.sp = process.heap_limit = nullptr;
}

uint64_t heap_total_words(const Process& process) {
  const Heap& heap = process.heap;
  uint64_t words = heap.block_words();
  for (const OldChunk* chunk = heap.old_first; chunk != nullptr; chunk = chunk->next)
    words += static_cast<uint64_t>(chunk->end - chunk->data);
  for (const Fragment* fragment = heap.fragments; fragment != nullptr; fragment = fragment->next)
    words += fragment->words;
  return words;
}

OldChunk* make_old_chunk(size_t words) {
  size_t total = words + sizeof(OldChunk) / sizeof(Term);
  auto* chunk = new (allocate_block(total)) OldChunk;
  chunk->top = chunk->data;
  chunk->end = chunk->data + words;
  return chunk;
}

void free_old_chunks(OldChunk* chunk) {
  while (chunk != nullptr) {
    OldChunk* next = chunk->next;
    free_block(reinterpret_cast<Term*>(chunk), static_cast<size_t>(chunk->end - reinterpret_cast<Term*>(chunk)));
    chunk = next;
  }
}

Fragment* make_fragment(size_t words) {
  auto* fragment = new (allocate_block(words + sizeof(Fragment) / sizeof(Term))) Fragment;
  fragment->words = words;
  return fragment;
}

void free_fragment(Fragment* fragment) {
  while (fragment != nullptr) {
    Fragment* next = fragment->next;
    release_off_heap_list(fragment->off_heap);
    free_block(reinterpret_cast<Term*>(fragment), fragment->words + sizeof(Fragment) / sizeof(Term));
    fragment = next;
  }
}

static void adopt_off_heap(Heap& heap, Fragment& fragment) {
  if (fragment.off_heap == nullptr) return;
  RefcBinaryObject* last = fragment.off_heap;
  for (;; last = last->next) {
    heap.off_heap_bytes += last->binary->size;
    if (last->next == nullptr) break;
  }
  last->next = heap.off_heap_young;
  heap.off_heap_young = fragment.off_heap;
  fragment.off_heap = nullptr;
}

void attach_fragment(Process& process, Fragment* fragment) {
  Heap& heap = process.heap;
  Fragment* last = fragment;
  for (;; last = last->next) {
    heap.fragment_words += last->used;
    adopt_off_heap(heap, *last);
    if (last->next == nullptr) break;
  }
  last->next = heap.fragments;
  heap.fragments = fragment;
}

OffHeapBinary* make_off_heap_binary(size_t bytes) {
  auto* binary = new (allocate_or_die(sizeof(OffHeapBinary) + bytes)) OffHeapBinary;
  binary->size = bytes;
  account_memory(MemoryKind::Binary, static_cast<int64_t>(bytes));
  return binary;
}

void retain_binary(OffHeapBinary* binary) {
  // Relaxed: whoever retains already holds a reference.
  binary->references.fetch_add(1, std::memory_order_relaxed);
}

void release_binary(OffHeapBinary* binary) {
  // Acquire and release: the last one to let go sees what all others did with the bytes before it frees them.
  if (binary->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  account_memory(MemoryKind::Binary, -static_cast<int64_t>(binary->size));
  binary->~OffHeapBinary();
  std::free(binary);
}

}  // namespace hj::rt
