#include "jit/code_memory.h"

#include <llvm/ExecutionEngine/JITLink/JITLink.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/code/code_space.h"

namespace hj::jit {

using llvm::jitlink::BasicLayout;
using llvm::jitlink::JITLinkDylib;
using llvm::jitlink::LinkGraph;

namespace {

llvm::Error failure(const std::string& message) {
  return llvm::make_error<llvm::StringError>(message, llvm::inconvertibleErrorCode());
}

size_t round_up(size_t value, size_t alignment) { return (value + alignment - 1) / alignment * alignment; }

size_t page_bytes() {
  static const size_t bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

}  // namespace

class CodeMemory::InFlight : public llvm::jitlink::JITLinkMemoryManager::InFlightAlloc {
 public:
  InFlight(CodeMemory& memory, const JITLinkDylib* dylib, CodeRange range)
      : memory_(memory), dylib_(dylib), range_(range) {}

  void finalize(OnFinalizedFunction on_finalized) override {
    if (mprotect(range_.begin, range_.bytes, PROT_READ | PROT_EXEC) != 0) {
      rt::free_code_space(rt::CodeSpaceArea::Code, range_.begin, range_.bytes);
      on_finalized(failure("the system refuses to make memory executable"));
      return;
    }
    {
      std::lock_guard lock(memory_.mutex_);
      memory_.ranges_[dylib_] = range_;
      memory_.dylib_of_[range_.begin] = dylib_;
      memory_.bytes_in_use_ += range_.bytes;
    }
    on_finalized(FinalizedAlloc(llvm::orc::ExecutorAddr::fromPtr(range_.begin)));
  }

  void abandon(OnAbandonedFunction on_abandoned) override {
    rt::free_code_space(rt::CodeSpaceArea::Code, range_.begin, range_.bytes);
    on_abandoned(llvm::Error::success());
  }

 private:
  CodeMemory& memory_;
  const JITLinkDylib* dylib_;
  CodeRange range_;
};

void CodeMemory::allocate(const JITLinkDylib* dylib, LinkGraph& graph, OnAllocatedFunction on_allocated) {
  BasicLayout layout(graph);
  if (!layout.graphAllocActions().empty()) return on_allocated(failure("unexpected allocation actions in generated code"));

  size_t bytes = 0;
  for (auto& [group, segment] : layout.segments()) {
    if (segment.ZeroFillSize != 0) return on_allocated(failure("CM2 violated: zero-filled data in generated code"));
    bytes = round_up(bytes, segment.Alignment.value());
    segment.Addr = llvm::orc::ExecutorAddr(bytes);
    bytes += segment.ContentSize;
  }
  bytes = round_up(bytes == 0 ? 1 : bytes, page_bytes());

  auto pages = rt::allocate_code_space(rt::CodeSpaceArea::Code, bytes);
  if (!pages) return on_allocated(failure(pages.error().message));
  const CodeRange range{*pages, bytes};
  for (auto& [group, segment] : layout.segments()) {
    segment.WorkingMem = range.begin + segment.Addr.getValue();
    segment.Addr = llvm::orc::ExecutorAddr::fromPtr(segment.WorkingMem);
  }
  if (auto error = layout.apply()) {
    rt::free_code_space(rt::CodeSpaceArea::Code, range.begin, range.bytes);
    return on_allocated(std::move(error));
  }
  on_allocated(std::make_unique<InFlight>(*this, dylib, range));
}

void CodeMemory::deallocate(std::vector<FinalizedAlloc> allocations, OnDeallocatedFunction on_deallocated) {
  for (auto& allocation : allocations) {
    char* begin = allocation.release().toPtr<char*>();
    CodeRange range;
    {
      std::lock_guard lock(mutex_);
      auto owner = dylib_of_.find(begin);
      if (owner == dylib_of_.end()) continue;
      range = ranges_[owner->second];
      ranges_.erase(owner->second);
      dylib_of_.erase(owner);
      bytes_in_use_ -= range.bytes;
    }
    rt::free_code_space(rt::CodeSpaceArea::Code, range.begin, range.bytes);
  }
  on_deallocated(llvm::Error::success());
}

CodeRange CodeMemory::range_of(const JITLinkDylib* dylib) {
  std::lock_guard lock(mutex_);
  auto found = ranges_.find(dylib);
  return found == ranges_.end() ? CodeRange{} : found->second;
}

size_t CodeMemory::bytes_in_use() {
  std::lock_guard lock(mutex_);
  return bytes_in_use_;
}

}  // namespace hj::jit
