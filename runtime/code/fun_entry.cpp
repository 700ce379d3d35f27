#include "runtime/code/fun_entry.h"

#include <mutex>
#include <new>
#include <unordered_map>

#include "base/check.h"
#include "runtime/abi/runtime_calls.h"
#include "runtime/code/code_space.h"
#include "runtime/native/thunks.h"

namespace hj::rt {

namespace {

constexpr size_t kSlabBytes = 16 * 1024;

// Entries stand beside the cells: generated code makes closures of them and reaches them with 32-bit addresses.
struct FunTable {
  std::mutex lock;
  std::unordered_map<std::string, FunEntry*> entries;
  char* slab = nullptr;
  size_t slab_left = 0;
};

FunTable& fun_table() {
  static FunTable instance;
  return instance;
}

std::string key_of(Term module, std::string_view hash, uint32_t index) {
  std::string key;
  key.append(reinterpret_cast<const char*>(&module.bits), sizeof(module.bits));
  key.append(reinterpret_cast<const char*>(&index), sizeof(index));
  key.append(hash);
  return key;
}

FunEntry* new_entry(FunTable& table) {
  if (table.slab_left < sizeof(FunEntry)) {
    auto slab = allocate_code_space(CodeSpaceArea::Cells, kSlabBytes);
    // As the atom table: a limit that ends the runtime with a report.
    HJ_CHECK(slab.ok(), "{}", slab.error().message);
    table.slab = *slab;
    table.slab_left = kSlabBytes;
  }
  auto* entry = new (table.slab) FunEntry{};
  table.slab += sizeof(FunEntry);
  table.slab_left -= sizeof(FunEntry);
  return entry;
}

// Under the lock.
FunEntry* find_or_make(FunTable& table, Term module, std::string_view hash, uint32_t index) {
  FunEntry*& slot = table.entries[key_of(module, hash, index)];
  if (slot == nullptr) {
    slot = new_entry(table);
    slot->module = module;
    slot->index = index;
    slot->hash = hash;
    // Relaxed: the entry is handed out under the lock.
    slot->code.store(purged_fun_thunk(0), std::memory_order_relaxed);
  }
  return slot;
}

}  // namespace

FunEntry* intern_fun_entry(Term module, std::string_view hash, uint32_t index) {
  FunTable& table = fun_table();
  std::lock_guard guard(table.lock);
  return find_or_make(table, module, hash, index);
}

FunEntry* intern_fun_entry(Term module, std::string_view hash, uint32_t index, const FunShape& shape) {
  FunTable& table = fun_table();
  std::lock_guard guard(table.lock);
  FunEntry* entry = find_or_make(table, module, hash, index);
  if (!entry->function.is_value()) {
    entry->function = shape.function;
    entry->arity = shape.arity;
    entry->free_count = shape.free_count;
    entry->uniq = shape.uniq;
    // Relaxed: no version leads to the entry yet (it would have filled in the shape), so nobody calls it.
    entry->code.store(purged_fun_thunk(shape.arity), std::memory_order_relaxed);
  }
  return entry;
}

#if defined(__SANITIZE_THREAD__)
// Acquire: pairs with the release stores of loads and purges.
extern "C" const void* hj_rt_code_of_fun(FunEntry* entry) { return entry->code.load(std::memory_order_acquire); }
#endif

}  // namespace hj::rt
