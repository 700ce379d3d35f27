#include "runtime/code/tier_up.h"

#include "runtime/code/code_loader.h"

namespace hj::rt {

Code entry_after_slice(Code resume) {
  const CodePrefix& prefix = prefix_of(resume);
  const Version& version = *prefix.version;
  if (const FastBody* fast = version.fast.load(std::memory_order_acquire)) return fast->entries[prefix.descriptor];
  const uint32_t count = version.yields.load(std::memory_order_relaxed);
  if (count >= version.hot_yields) return resume;
  // Not an atomic increment: this is on the path of every wait, and a count lost to another scheduler does not matter. Two may
  // both reach the limit; the loader takes the first.
  version.yields.store(count + 1, std::memory_order_relaxed);
  if (count + 1 == version.hot_yields && code_loader() != nullptr) code_loader()->optimize(version.id);
  return resume;
}

}  // namespace hj::rt
