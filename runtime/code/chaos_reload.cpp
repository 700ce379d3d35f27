#include "runtime/code/chaos_reload.h"

#include <cstdlib>
#include <random>

#include "runtime/abi/context.h"
#include "runtime/arch/entry.h"
#include "runtime/code/code_loader.h"
#include "runtime/code/export_table.h"
#include "runtime/process/process.h"
#include "runtime/sched/scheduler.h"

namespace hj::rt {

namespace {

// So many external calls of one scheduler on average from one request to the next. The loader takes only as many as it likes.
constexpr uint32_t kCallsBetweenRequests = 8;

// When the scheduler's next request is due.
class Countdown {
 public:
  bool is_due() {
    if (chaos_seed() == 0 || --left_ > 0) return false;
    left_ = 1 + random_() % (2 * kCallsBetweenRequests);
    return true;
  }

 private:
  std::minstd_rand random_{static_cast<uint32_t>(chaos_seed() * 64 + current_scheduler_index())};
  uint32_t left_ = 1 + random_() % kCallsBetweenRequests;

  // Tests run generated code on threads that are no schedulers.
  static uint32_t current_scheduler_index() { return current_scheduler() == nullptr ? 0 : current_scheduler()->index(); }
};

thread_local Countdown countdown;

}  // namespace

uint64_t chaos_seed() {
  static const uint64_t seed = [] {
    const char* text = std::getenv("HOTJIT_CHAOS_SEED");
    return text == nullptr ? kDefaultChaosSeed : std::strtoull(text, nullptr, 10);
  }();
  return seed;
}

extern "C" Transfer hj_rt_call_external(Process* process) {
  const auto* cell = reinterpret_cast<const Export*>(process->need);
  if (cell->native == nullptr && countdown.is_due() && code_loader() != nullptr) {
    code_loader()->reload_some_time(cell->module);
  }
  process->resume = active_address(cell);
  return Transfer::Continue;
}

}  // namespace hj::rt
