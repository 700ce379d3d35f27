#include "runtime/process/message_timers.h"

#include <map>

#include "runtime/heap/build.h"
#include "runtime/heap/copy.h"
#include "runtime/process/registry.h"
#include "runtime/process/send.h"
#include "runtime/sched/progress.h"
#include "runtime/sched/scheduler.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

namespace {

struct MessageTimer : Timer {
  ReferenceKey key;
  Term to;
  Signal* message = nullptr;
  int64_t deadline_ns = 0;
};

constexpr size_t kShards = 16;

struct alignas(64) Shard {
  SpinLock lock;
  std::map<ReferenceKey, MessageTimer*> timers;
};

Shard& shard_of(const ReferenceKey& key) {
  static Shard* shards = new Shard[kShards];
  return shards[(key.low ^ key.low >> 7) % kShards];
}

// Null when somebody else has taken it.
MessageTimer* take(const ReferenceKey& key) {
  Shard& shard = shard_of(key);
  SpinGuard guard(shard.lock);
  auto at = shard.timers.find(key);
  if (at == shard.timers.end()) return nullptr;
  MessageTimer* timer = at->second;
  shard.timers.erase(at);
  return timer;
}

int64_t left_ms(int64_t deadline_ns) {
  int64_t left = deadline_ns - monotonic_ns();
  return left <= 0 ? 0 : (left + 999'999) / 1'000'000;
}

// Under the wheel's lock (TW3): delivering pushes and wakes, and touches no timer.
void send_now(Timer& fired) {
  auto& timer = static_cast<MessageTimer&>(fired);
  // Who cancels it at this moment frees it (MT1).
  if (take(timer.key) == nullptr) return;
  ProgressGuard guard;
  Term pid = timer.to.is_atom() ? where_is(timer.to) : timer.to;
  if (pid.is_value()) {
    deliver(pid, timer.message);
  } else {
    free_signal(timer.message);
  }
  delete &timer;
}

}  // namespace

// Copies literals too: the message stands outside all processes for as long as the timer runs (copy.h).
static Signal* make_timer_message(Term message, TimerMessage kind, const ReferenceNumbers& numbers) {
  size_t words = copied_words(message, LiteralPolicy::Copy);
  if (kind == TimerMessage::Bare) {
    Signal* signal = make_message_with_room(words);
    signal->term = words == 0 ? message : copy_to_fragment(message, *signal->fragment, LiteralPolicy::Copy);
    return signal;
  }
  Signal* signal = make_message_with_room(words + kReferenceWords + 4);
  Term copy = words == 0 ? message : copy_to_fragment(message, *signal->fragment, LiteralPolicy::Copy);
  Term reference = write_reference(fragment_alloc(*signal->fragment, kReferenceWords), numbers);
  Term* tuple = fragment_alloc(*signal->fragment, 4);
  tuple[0] = Term::header(Subtag::Tuple, 3);
  tuple[1] = am::timeout;
  tuple[2] = reference;
  tuple[3] = copy;
  signal->term = Term::boxed(tuple);
  return signal;
}

Term start_message_timer(Process& process, Term to, Term message, TimerMessage kind, int64_t deadline_ns) {
  ReferenceNumbers numbers = next_reference_numbers();
  auto* timer = new MessageTimer;
  timer->fire = send_now;
  timer->key = key_of(numbers);
  timer->to = to;
  timer->deadline_ns = deadline_ns;
  timer->message = make_timer_message(message, kind, numbers);
  {
    Shard& shard = shard_of(timer->key);
    SpinGuard guard(shard.lock);
    shard.timers[timer->key] = timer;
  }
  start_timer(*timer, process.home, deadline_ns);
  return write_reference(heap_alloc(process, kReferenceWords), numbers);
}

std::optional<int64_t> cancel_message_timer(Term reference) {
  MessageTimer* timer = take(key_of(reference));
  if (timer == nullptr) return std::nullopt;
  int64_t left = left_ms(timer->deadline_ns);
  // Afterwards send_now has run and left the timer to us, or will never run.
  scheduler(timer->wheel).wheel().stop(*timer);
  free_signal(timer->message);
  delete timer;
  return left;
}

std::optional<int64_t> read_message_timer(Term reference) {
  ReferenceKey key = key_of(reference);
  Shard& shard = shard_of(key);
  SpinGuard guard(shard.lock);
  auto at = shard.timers.find(key);
  if (at == shard.timers.end()) return std::nullopt;
  return left_ms(at->second->deadline_ns);
}

void discard_message_timers() {
  for (uint64_t i = 0; i < kShards; i++) {
    Shard& shard = shard_of({0, i});
    for (auto& [key, timer] : shard.timers) {
      free_signal(timer->message);
      delete timer;
    }
    shard.timers.clear();
  }
}

}  // namespace hj::rt
