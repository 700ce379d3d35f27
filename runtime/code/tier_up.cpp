#include "runtime/code/tier_up.h"

#include "runtime/code/code_loader.h"

namespace hj::rt {

Code entry_after_slice(Code resume) {
  const CodePrefix& prefix = prefix_of(resume);
  const Version& version = *prefix.version;
  if (const FastBody* fast = version.fast.load(std::memory_order_acquire)) return fast->entries[prefix.descriptor];
  if (version.hot_yields == 0) return resume;
  // Relaxed: only the one that reaches the limit acts, and what it starts is ordered by the loader's own lock.
  const uint32_t count = version.yields.fetch_add(1, std::memory_order_relaxed) + 1;
  if (count == version.hot_yields && code_loader() != nullptr) code_loader()->optimize(version.id);
  return resume;
}

}  // namespace hj::rt
