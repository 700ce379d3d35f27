#include "runtime/heap/reference.h"

#include <atomic>

namespace hj::rt {

namespace {

constexpr uint64_t kRun = 1024;
std::atomic<uint64_t> next_run{0};

struct Run {
  uint64_t next = 0;
  uint64_t end = 0;
};
thread_local Run run;

}  // namespace

ReferenceNumbers next_reference_numbers() {
  if (run.next == run.end) {
    // Relaxed: only uniqueness matters.
    run.next = next_run.fetch_add(kRun, std::memory_order_relaxed);
    run.end = run.next + kRun;
  }
  uint64_t n = run.next++;
  constexpr uint64_t kMask0 = (uint64_t{1} << kReferenceNumber0Bits) - 1;
  return {{static_cast<uint32_t>(n & kMask0), static_cast<uint32_t>(n >> kReferenceNumber0Bits), 0}};
}

}  // namespace hj::rt
