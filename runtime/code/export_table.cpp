#include "runtime/code/export_table.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <new>

#include "base/check.h"
#include "runtime/abi/runtime_calls.h"
#include "runtime/code/code_space.h"
#include "runtime/native/thunks.h"
#include "runtime/sched/progress.h"

namespace hj::rt {

extern "C" {
std::atomic<uint64_t> hj_code_index{0};
std::atomic<Export*> hj_call_cache[kCallCacheSize];
}

namespace {

// Open addressing; read without a lock, grown under one. A table that was outgrown is kept for ever: readers may still be in
// it, and doubling bounds what is kept by the size of the newest.
struct Table {
  explicit Table(size_t capacity) : mask(capacity - 1), slots(new std::atomic<Export*>[capacity]()) {}
  size_t mask;
  std::unique_ptr<std::atomic<Export*>[]> slots;
};

constexpr size_t kFirstCapacity = 4096;
constexpr size_t kCellSlabBytes = 64 * 1024;
constexpr uint64_t kRing = kCodeIndices;

struct ExportTable {
  std::mutex lock;
  std::vector<std::unique_ptr<Table>> tables;
  std::atomic<Table*> current{nullptr};
  size_t count = 0;
  char* slab = nullptr;
  size_t slab_left = 0;
};

// What the last commits did; under the staging lock.
struct StagingState {
  std::mutex lock;
  // Cells changed by the last commit and by the one before it (E4).
  std::vector<Export*> changed_last;
  std::vector<Export*> changed_before;
  // Thread progress needed before the slot to be staged next may be written (E3), and the one after.
  uint64_t reusable_next = 0;
  uint64_t reusable_after = 0;
};

ExportTable& export_table() {
  static ExportTable instance;
  return instance;
}

StagingState& staging_state() {
  static StagingState instance;
  return instance;
}

uint64_t hash_of(Term module, Term function, uint32_t arity) {
  uint64_t h = module.bits * 0x9e37'79b9'7f4a'7c15u ^ function.bits * 0xbf58'476d'1ce4'e5b9u ^ arity;
  h ^= h >> 29;
  h *= 0x94d0'49bb'1331'11ebu;
  return h ^ h >> 32;
}

Export* find_in(const Table& table, Term module, Term function, uint32_t arity) {
  for (size_t i = hash_of(module, function, arity) & table.mask;; i = (i + 1) & table.mask) {
    // Acquire: pairs with the release store in insert_into; the cell is whole when it can be seen.
    Export* cell = table.slots[i].load(std::memory_order_acquire);
    if (cell == nullptr) return nullptr;
    if (cell->function == function && cell->module == module && cell->arity == arity) return cell;
  }
}

void insert_into(Table& table, Export* cell) {
  size_t i = hash_of(cell->module, cell->function, cell->arity) & table.mask;
  while (table.slots[i].load(std::memory_order_relaxed) != nullptr) i = (i + 1) & table.mask;
  // Release: pairs with the acquire in find_in.
  table.slots[i].store(cell, std::memory_order_release);
}

void make_room(ExportTable& exports) {
  Table* now = exports.current.load(std::memory_order_relaxed);
  if (now != nullptr && exports.count * 2 <= now->mask) return;
  auto bigger = std::make_unique<Table>(now == nullptr ? kFirstCapacity : (now->mask + 1) * 2);
  for (size_t i = 0; now != nullptr && i <= now->mask; i++) {
    if (Export* cell = now->slots[i].load(std::memory_order_relaxed)) insert_into(*bigger, cell);
  }
  // Release: pairs with the acquire in find_export.
  exports.current.store(bigger.get(), std::memory_order_release);
  exports.tables.push_back(std::move(bigger));
}

Export* new_cell(ExportTable& exports) {
  if (exports.slab_left < sizeof(Export)) {
    auto slab = allocate_code_space(CodeSpaceArea::Cells, kCellSlabBytes);
    // A million functions mentioned: as the atom table, this limit ends the runtime with a report.
    HJ_CHECK(slab.ok(), "E5: {}", slab.error().message);
    exports.slab = *slab;
    exports.slab_left = kCellSlabBytes;
  }
  auto* cell = new (exports.slab) Export{};
  exports.slab += sizeof(Export);
  exports.slab_left -= sizeof(Export);
  return cell;
}

}  // namespace

Export* find_export(Term module, Term function, uint32_t arity) {
  // Acquire: pairs with the release in make_room.
  Table* table = export_table().current.load(std::memory_order_acquire);
  return table == nullptr ? nullptr : find_in(*table, module, function, arity);
}

Export* intern_export(Term module, Term function, uint32_t arity) {
  if (Export* cell = find_export(module, function, arity)) return cell;
  ExportTable& exports = export_table();
  std::lock_guard guard(exports.lock);
  make_room(exports);
  Table& table = *exports.current.load(std::memory_order_relaxed);
  if (Export* cell = find_in(table, module, function, arity)) return cell;
  Export* cell = new_cell(exports);
  cell->module = module;
  cell->function = function;
  cell->arity = arity;
  cell->undefined_thunk = make_undefined_thunk(cell);
  for (auto& address : cell->address) address.store(cell->undefined_thunk, std::memory_order_relaxed);
  insert_into(table, cell);
  exports.count++;
  return cell;
}

Code active_address(const Export* cell) {
  // Acquire: pairs with the release store in commit(), for callers that go on to read what a load published.
  uint64_t index = hj_code_index.load(std::memory_order_acquire);
  return cell->address[index].load(std::memory_order_relaxed);
}

#if defined(__SANITIZE_THREAD__)
extern "C" const void* hj_rt_code_of_cell(Export* cell) { return active_address(cell); }

// Acquire: pairs with the release in hj_rt_call_dynamic.
extern "C" Export* hj_rt_cached_cell(uint64_t slot) { return hj_call_cache[slot].load(std::memory_order_acquire); }
#endif

bool is_defined(const Export* cell) { return active_address(cell) != cell->undefined_thunk; }

size_t export_count() {
  ExportTable& exports = export_table();
  std::lock_guard guard(exports.lock);
  return exports.count;
}

Staging::Staging() {
  StagingState& state = staging_state();
  state.lock.lock();
  uint64_t active = hj_code_index.load(std::memory_order_relaxed);
  slot_ = (active + 1) % kRing;
  wait_for_progress(state.reusable_next);
  // E4: the slot was filled two commits ago; what they changed is all that differs.
  for (const auto* changes : {&state.changed_before, &state.changed_last}) {
    for (Export* cell : *changes) {
      cell->address[slot_].store(cell->address[active].load(std::memory_order_relaxed), std::memory_order_relaxed);
    }
  }
}

Staging::~Staging() {
  uint64_t active = hj_code_index.load(std::memory_order_relaxed);
  // Not committed: nobody has read the slot (E3), and the next staging expects it to equal the active one (E4).
  for (Export* cell : changed_) {
    cell->address[slot_].store(cell->address[active].load(std::memory_order_relaxed), std::memory_order_relaxed);
  }
  staging_state().lock.unlock();
}

void Staging::set(Export* cell, Code address) {
  if (cell->native != nullptr) return;
  cell->address[slot_].store(address, std::memory_order_relaxed);
  changed_.push_back(cell);
}

void Staging::undefine(Export* cell) { set(cell, cell->undefined_thunk); }

Code Staging::staged_address(const Export* cell) const { return cell->address[slot_].load(std::memory_order_relaxed); }

void Staging::commit() {
  StagingState& state = staging_state();
  // Release: pairs with the (address-dependent) relaxed load in generated code and the acquire in active_address(): who sees
  // the index sees the slots and the code they lead to.
  hj_code_index.store(slot_, std::memory_order_release);
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  state.changed_before = std::move(state.changed_last);
  state.changed_last = std::move(changed_);
  changed_.clear();
  // The slot that was active until now is written again by the second staging from here.
  state.reusable_next = state.reusable_after;
  state.reusable_after = take_progress_target();
  slot_ = (slot_ + 1) % kRing;
}

}  // namespace hj::rt
