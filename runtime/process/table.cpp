#include "runtime/process/table.h"

#include <atomic>
#include <bit>
#include <memory>

#include "base/check.h"
#include "runtime/process/process.h"
#include "runtime/sched/progress.h"

namespace hj::rt {

namespace {

// Numbers below are kept for the processes OTP starts first: a program's own begin where they do there, roughly.
constexpr uint64_t kFirstNumber = 80;

struct ProcessTable {
  // -- constant after start
  std::unique_ptr<std::atomic<Process*>[]> slots;
  uint64_t mask = 0;
  // -- any thread
  alignas(64) std::atomic<uint64_t> next_number{kFirstNumber};
  std::atomic<uint32_t> count{0};
};

ProcessTable table;

constexpr uint64_t kPidMask = (uint64_t{1} << (kPidNumberBits + kPidSerialBits)) - 1;

}  // namespace

void init_process_table(uint32_t limit) {
  uint64_t size = std::bit_ceil(uint64_t{limit < 1024 ? 1024 : limit});
  table.slots.reset(new std::atomic<Process*>[size]());
  table.mask = size - 1;
  table.next_number.store(kFirstNumber, std::memory_order_relaxed);
  table.count.store(0, std::memory_order_relaxed);
}

bool insert_process(Process& process) {
  // Relaxed: a limit, not a publication. Counting first keeps a free slot for everyone who is let in.
  if (table.count.fetch_add(1, std::memory_order_relaxed) > table.mask) {
    table.count.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  for (;;) {
    uint64_t number = table.next_number.fetch_add(1, std::memory_order_relaxed) & kPidMask;
    std::atomic<Process*>& slot = table.slots[number & table.mask];
    if (slot.load(std::memory_order_relaxed) != nullptr) continue;
    process.pid = Term::pid(number);
    Process* expected = nullptr;
    // Release: pairs with the acquire in find_process.
    if (slot.compare_exchange_strong(expected, &process, std::memory_order_release, std::memory_order_relaxed)) return true;
  }
}

void remove_process(Process& process) {
  // Release: pairs with the acquire in find_process and in a later insert.
  table.slots[process.pid.payload() & table.mask].store(nullptr, std::memory_order_release);
  table.count.fetch_sub(1, std::memory_order_relaxed);
}

Process* find_process(Term pid) {
  Process* found = table.slots[pid.payload() & table.mask].load(std::memory_order_acquire);
  return found != nullptr && found->pid == pid ? found : nullptr;
}

uint32_t process_count() { return table.count.load(std::memory_order_relaxed); }
uint32_t process_limit() { return static_cast<uint32_t>(table.mask + 1); }

void for_each_process(const std::function<void(Process&)>& visit) {
  ProgressGuard guard;
  for (uint64_t i = 0; i <= table.mask; i++) {
    if (Process* process = table.slots[i].load(std::memory_order_acquire)) visit(*process);
  }
}

}  // namespace hj::rt
