#include "runtime/code/fun_entry.h"

#include <memory>
#include <mutex>
#include <unordered_map>

#include "runtime/code/code_hooks.h"

namespace hj::rt {

namespace {

struct FunTable {
  std::mutex lock;
  std::unordered_map<std::string, std::unique_ptr<FunEntry>> entries;
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

}  // namespace

FunEntry* intern_fun_entry(Term module, std::string_view hash, uint32_t index) {
  FunTable& table = fun_table();
  std::lock_guard guard(table.lock);
  std::unique_ptr<FunEntry>& slot = table.entries[key_of(module, hash, index)];
  if (slot == nullptr) {
    slot = std::make_unique<FunEntry>();
    slot->module = module;
    slot->index = index;
    slot->hash = hash;
    // Relaxed: the entry is handed out under the lock.
    slot->code.store(code_hooks().purged_fun_stub, std::memory_order_relaxed);
  }
  return slot.get();
}

}  // namespace hj::rt
