#include "runtime/native/thunks.h"

#include <sys/mman.h>

#include <atomic>
#include <cstring>
#include <mutex>

#include "base/check.h"
#include "runtime/arch/entry.h"
#include "runtime/code/code_space.h"
#include "runtime/code/export_table.h"
#include "runtime/native/native.h"

namespace hj::rt {

namespace {

constexpr size_t kPageBytes = 4096;
constexpr size_t kHeaderBytes = 16;
constexpr size_t kThunkBytes = 32;
constexpr uint32_t kThunksPerPage = 127;
constexpr uint32_t kMaxPages = 128 * 1024;

struct OpenPage {
  char* begin = nullptr;
  uint32_t number = 0;
  uint32_t used = kThunksPerPage;
};

struct ThunkTable {
  std::mutex lock;
  OpenPage open[kDescriptorProcessDone];
  Code purged[kMaxArity + 1] = {};
  uint32_t page_count = 0;
};

// Payloads of each page. Zero pages of the executable until used.
std::atomic<Thunk*> page_payloads[kMaxPages];

ThunkTable& table() {
  static ThunkTable* instance = new ThunkTable;
  return *instance;
}

void new_page(ThunkTable& thunks, uint32_t live_args) {
  HJ_CHECK(thunks.page_count < kMaxPages, "TH1: no numbers left for thunks");
  auto memory = allocate_code_space(CodeSpaceArea::Code, kPageBytes);
  // As with the atom table: a program that names half a million functions that do not exist ends with a report.
  HJ_CHECK(memory.ok(), "thunks: {}", memory.error().message);
  char* page = memory.value();
  uint32_t number = thunks.page_count++;
  std::memcpy(page, hj_thunk_page, kPageBytes);
  for (uint32_t i = 0; i < kThunksPerPage; i++) {
    auto* prefix = reinterpret_cast<CodePrefix*>(page + kHeaderBytes + i * kThunkBytes);
    *prefix = {&runtime_version(), live_args, number * kThunksPerPage + i};
  }
  HJ_CHECK(mprotect(page, kPageBytes, PROT_READ | PROT_EXEC) == 0, "mprotect of a page of thunks");
  // Release: pairs with the acquire in thunk_of.
  page_payloads[number].store(new Thunk[kThunksPerPage], std::memory_order_release);
  thunks.open[live_args] = {page, number, 0};
}

Code take_thunk(ThunkTable& thunks, const Thunk& thunk) {
  uint32_t live_args = thunk.arity + (thunk.kind == ThunkKind::PurgedFun ? 1 : 0);
  if (thunks.open[live_args].used == kThunksPerPage) new_page(thunks, live_args);
  OpenPage& page = thunks.open[live_args];
  uint32_t index = page.used++;
  page_payloads[page.number].load(std::memory_order_relaxed)[index] = thunk;
  return page.begin + kHeaderBytes + index * kThunkBytes + sizeof(CodePrefix);
}

}  // namespace

Code make_thunk(const Thunk& thunk) {
  ThunkTable& thunks = table();
  std::lock_guard guard(thunks.lock);
  return take_thunk(thunks, thunk);
}

Code make_undefined_thunk(Export* cell) { return make_thunk({ThunkKind::Undefined, cell->arity, cell, nullptr}); }

Code make_native_thunk(const NativeEntry* native, Export* cell) {
  return make_thunk({ThunkKind::Native, native->arity, cell, native});
}

Code purged_fun_thunk(uint32_t arity) {
  ThunkTable& thunks = table();
  std::lock_guard guard(thunks.lock);
  Code& made = thunks.purged[arity];
  if (made == nullptr) made = take_thunk(thunks, {ThunkKind::PurgedFun, arity, nullptr, nullptr});
  return made;
}

const Thunk* thunk_of(Code entry) {
  const CodePrefix& prefix = prefix_of(entry);
  if (prefix.version != &runtime_version() || prefix.descriptor >= kDescriptorProcessDone) return nullptr;
  // Acquire: pairs with the release in new_page. The payload itself was written before the thunk's address got anywhere.
  return &page_payloads[prefix.site / kThunksPerPage].load(std::memory_order_acquire)[prefix.site % kThunksPerPage];
}

}  // namespace hj::rt
