#include "runtime/sched/progress.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"

namespace hj::rt {

namespace {

struct Deferred {
  void* object;
  void (*free_it)(void*);
};

// One per thread that was ever online; handed on when the thread ends, never freed.
struct alignas(64) Slot {
  // -- written by its thread, read by waiters
  std::atomic<uint64_t> word{0};
  // -- its thread only
  std::vector<Deferred> fresh;                 // since the last target
  std::vector<Deferred> waiting;               // behind waiting_target
  uint64_t waiting_target = 0;
  // -- under the registry's lock
  bool in_use = false;
};

struct Registry {
  std::mutex lock;
  std::vector<Slot*> slots;
};

constexpr size_t kBatch = 64;

// Starts at 1: 0 means offline.
alignas(64) std::atomic<uint64_t> current_epoch{1};

Registry& registry() {
  // Never destroyed: threads may end after static destructors have run.
  static Registry* instance = new Registry;
  return *instance;
}

// Plain words, so that the quiet point of every slice needs no check whether they are initialized.
constinit thread_local Slot* my_slot = nullptr;
constinit thread_local int my_depth = 0;

// Gives the slot back at the thread's end.
struct SlotReturner {
  ~SlotReturner() {
    // Release: pairs with the acquire in progress_passed; what was deferred stays in the slot for its next owner.
    my_slot->word.store(0, std::memory_order_release);
    std::lock_guard guard(registry().lock);
    my_slot->in_use = false;
    my_slot = nullptr;
  }
};

Slot& take_slot() {
  Registry& all = registry();
  std::lock_guard guard(all.lock);
  for (Slot* candidate : all.slots) {
    if (!candidate->in_use) my_slot = candidate;
  }
  if (my_slot == nullptr) {
    my_slot = new Slot;
    all.slots.push_back(my_slot);
  }
  my_slot->in_use = true;
  static thread_local SlotReturner returner;
  (void)&returner;
  return *my_slot;
}

Slot& slot_of_thread() { return my_slot != nullptr ? *my_slot : take_slot(); }

void free_all(std::vector<Deferred>& objects) {
  for (const Deferred& each : objects) each.free_it(each.object);
  objects.clear();
}

}  // namespace

void progress_go_online() {
  Slot& slot = slot_of_thread();
  my_depth++;
  // Sequentially consistent, and a fence behind it (TP3): pairs with the increment and fence in take_progress_target.
  slot.word.store(current_epoch.load(std::memory_order_acquire), std::memory_order_seq_cst);
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

void progress_go_offline() {
  my_depth--;
  // Release: what was read before is read before a waiter sees the 0.
  slot_of_thread().word.store(0, std::memory_order_release);
}

void progress_quiet_point() {
  // Acquire: pairs with the increment in take_progress_target (TP2). Release: as in going offline.
  uint64_t now = current_epoch.load(std::memory_order_acquire);
  Slot& slot = slot_of_thread();
  if (slot.word.load(std::memory_order_relaxed) != now) slot.word.store(now, std::memory_order_release);
}

ProgressGuard::ProgressGuard() : went_online_(my_depth == 0) {
  if (went_online_) progress_go_online();
}

ProgressGuard::~ProgressGuard() {
  if (went_online_) progress_go_offline();
}

uint64_t take_progress_target() {
  uint64_t target = current_epoch.fetch_add(1, std::memory_order_seq_cst) + 1;
  std::atomic_thread_fence(std::memory_order_seq_cst);
  return target;
}

bool progress_passed(uint64_t target) {
  Registry& all = registry();
  std::lock_guard guard(all.lock);
  for (Slot* slot : all.slots) {
    // Acquire: pairs with the releases at quiet points and going offline.
    uint64_t word = slot->word.load(std::memory_order_acquire);
    if (word != 0 && word < target) return false;
  }
  return true;
}

void wait_for_progress(uint64_t target) {
  bool was_online = my_depth > 0;
  if (was_online) slot_of_thread().word.store(0, std::memory_order_release);
  auto pause = std::chrono::microseconds(5);
  for (int round = 0; !progress_passed(target); round++) {
    if (round < 10) {
      std::this_thread::yield();
      continue;
    }
    std::this_thread::sleep_for(pause);
    if (pause < std::chrono::microseconds(500)) pause *= 2;
  }
  if (was_online) {
    slot_of_thread().word.store(current_epoch.load(std::memory_order_acquire), std::memory_order_seq_cst);
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }
}

void free_after_progress(void* object, void (*free_it)(void*)) {
  Slot& slot = slot_of_thread();
  slot.fresh.push_back({object, free_it});
  if (slot.fresh.size() >= kBatch) progress_collect();
}

void progress_collect() {
  Slot& slot = slot_of_thread();
  if (slot.waiting.empty() && slot.fresh.empty()) return;
  if (!slot.waiting.empty()) {
    if (!progress_passed(slot.waiting_target)) return;
    free_all(slot.waiting);
  }
  if (slot.fresh.empty()) return;
  std::swap(slot.fresh, slot.waiting);
  slot.waiting_target = take_progress_target();
}

void progress_drain() {
  Registry& all = registry();
  std::vector<Slot*> slots;
  {
    std::lock_guard guard(all.lock);
    slots = all.slots;
  }
  for (Slot* slot : slots) {
    free_all(slot->waiting);
    free_all(slot->fresh);
  }
}

}  // namespace hj::rt
