#include "runtime/code/code_space.h"

#include <sys/mman.h>
#include <unistd.h>
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>

#include "base/check.h"
#include "runtime/heap/memory.h"

namespace hj::rt {

const char* literal_range_begin = nullptr;
const char* literal_range_end = nullptr;

namespace {

constexpr size_t kMegabyte = size_t{1} << 20;
constexpr size_t kAreaBytes[] = {64 * kMegabyte, 256 * kMegabyte, 512 * kMegabyte};
constexpr size_t kSpaceBytes = (64 + 256 + 512) * kMegabyte;

// Beside an executable linked without PIE (4 MB) and clear of the program break that follows it; the whole range ends below
// 2 GB. Later ones are tried when something else (a sanitizer, a library) sits in the way.
constexpr uintptr_t kPreferredBegins[] = {0x4000'0000, 0x3000'0000, 0x4800'0000, 0x2000'0000};

struct Area {
  char* begin = nullptr;
  size_t bytes = 0;
  std::map<char*, size_t> free_runs;   // by address, neighbours joined
};

struct Space {
  std::mutex lock;
  Area areas[3];
  size_t page = 4096;
};

Space& space() {
  // Never destroyed: engines that end with the process still give code back.
  static Space& instance = *new Space;
  return instance;
}

const char* area_name(CodeSpaceArea area) {
  switch (area) {
    case CodeSpaceArea::Cells: return "cells";
    case CodeSpaceArea::Literals: return "literals";
    case CodeSpaceArea::Code: return "code";
  }
  return "?";
}

size_t round_to_pages(size_t bytes, size_t page) { return (bytes + page - 1) / page * page; }

char* reserve_range() {
  // No access until handed out: a stale pointer into a freed literal area or freed code faults instead of reading old bytes.
  for (uintptr_t wanted : kPreferredBegins) {
    void* got = mmap(reinterpret_cast<void*>(wanted), kSpaceBytes, PROT_NONE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got == reinterpret_cast<void*>(wanted)) return static_cast<char*>(got);
    if (got != MAP_FAILED) munmap(got, kSpaceBytes);
  }
  void* got = mmap(nullptr, kSpaceBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return got == MAP_FAILED ? nullptr : static_cast<char*>(got);
}

}  // namespace

Result<void> reserve_code_space() {
  Space& s = space();
  std::lock_guard guard(s.lock);
  if (s.areas[0].begin != nullptr) return {};
  s.page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  char* at = reserve_range();
  if (at == nullptr) return Error{fmt::format("cannot reserve {} MB of address space: {}", kSpaceBytes / kMegabyte,
                                              std::strerror(errno))};
  for (size_t i = 0; i < 3; i++) {
    s.areas[i].begin = at;
    s.areas[i].bytes = kAreaBytes[i];
    s.areas[i].free_runs[at] = kAreaBytes[i];
    at += kAreaBytes[i];
  }
#if defined(__SANITIZE_ADDRESS__)
  // What fun entries own is reachable from here only.
  const Area& cells = s.areas[static_cast<size_t>(CodeSpaceArea::Cells)];
  __lsan_register_root_region(cells.begin, cells.bytes);
#endif
  const Area& literals = s.areas[static_cast<size_t>(CodeSpaceArea::Literals)];
  literal_range_begin = literals.begin;
  literal_range_end = literals.begin + literals.bytes;
  return {};
}

Result<char*> allocate_code_space(CodeSpaceArea which, size_t bytes) {
  Space& s = space();
  std::lock_guard guard(s.lock);
  Area& area = s.areas[static_cast<size_t>(which)];
  HJ_CHECK(area.begin != nullptr, "allocate_code_space before reserve_code_space");
  size_t wanted = round_to_pages(bytes == 0 ? 1 : bytes, s.page);
  // First fit by address keeps what is in use together, so that neighbouring runs of equal protection are one mapping.
  auto run = area.free_runs.begin();
  while (run != area.free_runs.end() && run->second < wanted) ++run;
  if (run == area.free_runs.end())
    return Error{fmt::format("no room for {} bytes in the {} area of the code space", bytes, area_name(which))};
  auto [begin, size] = *run;
  if (mprotect(begin, wanted, PROT_READ | PROT_WRITE) != 0)
    return Error{fmt::format("cannot commit {} bytes of code space: {}", wanted, std::strerror(errno))};
  area.free_runs.erase(run);
  if (size > wanted) area.free_runs[begin + wanted] = size - wanted;
  account_memory(MemoryKind::Code, static_cast<int64_t>(wanted));
  return begin;
}

void free_code_space(CodeSpaceArea which, char* begin, size_t bytes) {
  Space& s = space();
  std::lock_guard guard(s.lock);
  Area& area = s.areas[static_cast<size_t>(which)];
  size_t size = round_to_pages(bytes == 0 ? 1 : bytes, s.page);
  HJ_CHECK(begin >= area.begin && begin + size <= area.begin + area.bytes, "freed range is not in the {} area",
           area_name(which));
  HJ_CHECK(madvise(begin, size, MADV_DONTNEED) == 0, "madvise: {}", std::strerror(errno));
  HJ_CHECK(mprotect(begin, size, PROT_NONE) == 0, "mprotect: {}", std::strerror(errno));
  account_memory(MemoryKind::Code, -static_cast<int64_t>(size));
  auto next = area.free_runs.lower_bound(begin);
  HJ_CHECK(next == area.free_runs.end() || begin + size <= next->first, "range freed twice");
  if (next != area.free_runs.end() && begin + size == next->first) {
    size += next->second;
    next = area.free_runs.erase(next);
  }
  if (next != area.free_runs.begin()) {
    auto before = std::prev(next);
    HJ_CHECK(before->first + before->second <= begin, "range freed twice");
    if (before->first + before->second == begin) {
      before->second += size;
      return;
    }
  }
  area.free_runs[begin] = size;
}

}  // namespace hj::rt
