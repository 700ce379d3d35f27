// JITLink's memory, taken from the runtime's code area: one block of pages per version.
//
// Why not LLVM's own memory manager: it maps anywhere (generated code must reach the runtime and its cells with 32-bit
// displacements) and gives every protection pages of its own (12 KB for the smallest module). Here text, constants and tables
// of a version stand behind each other and become readable and executable together; nothing a link produces is written later.
//
// Invariants:
//   CM1  Pages are writable until finalize() and executable after it, never both (one mprotect; it stops nobody: other threads
//        keep running, their translation caches are told by the kernel).
//   CM2  A version has no data that are written: a graph with zero-filled data is refused, and the constants of one (which
//        position-independent objects call writable, for the linker's sake) are read-only after finalize().
//
// Threads: any thread.
#pragma once
#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>

#include <mutex>
#include <unordered_map>

namespace hj::jit {

struct CodeRange {
  char* begin = nullptr;
  size_t bytes = 0;
};

class CodeMemory : public llvm::jitlink::JITLinkMemoryManager {
 public:
  void allocate(const llvm::jitlink::JITLinkDylib* dylib, llvm::jitlink::LinkGraph& graph,
                OnAllocatedFunction on_allocated) override;
  void deallocate(std::vector<FinalizedAlloc> allocations, OnDeallocatedFunction on_deallocated) override;

  // The pages of a finalized allocation made for the dylib; an empty range when there is none.
  CodeRange range_of(const llvm::jitlink::JITLinkDylib* dylib);
  // Pages in use, for tests and reports.
  size_t bytes_in_use();

 private:
  class InFlight;

  std::mutex mutex_;
  std::unordered_map<const void*, CodeRange> ranges_;
  std::unordered_map<char*, const void*> dylib_of_;
  size_t bytes_in_use_ = 0;
};

}  // namespace hj::jit
