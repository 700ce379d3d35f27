#include "runtime/arch/entry.h"

#include <cstddef>

#include "runtime/process/process.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

extern "C" {
// Named by the prefixes in the assembly file: a plain object with a fixed address. Never without its constructor: what
// init_runtime_version filled in from another file's static initializer would be lost.
constinit Version hj_runtime_version;
}

// What runtime/arch/*.S assumes.
static_assert(offsetof(ProcessContext, poll) == 0);
static_assert(offsetof(ProcessContext, hp) == 8);
static_assert(offsetof(ProcessContext, sp) == 16);
static_assert(offsetof(ProcessContext, reds) == 24);
static_assert(offsetof(ProcessContext, x) == 40);
static_assert(offsetof(ProcessContext, resume) == 48);
static_assert(kArgRegisters == 6);
static_assert(sizeof(CodePrefix) == 16);

const Version& runtime_version() { return hj_runtime_version; }

void init_runtime_version() {
  Version& version = hj_runtime_version;
  if (!version.descriptors.empty()) return;
  version.module = am::erlang;
  version.functions.push_back({am::erlang, am::apply, 2, nullptr, false});
  version.sites.push_back({0, 0, 0, UINT32_MAX});
  for (uint32_t n = 0; n < kDescriptorProcessDone; n++) {
    version.descriptors.push_back({.kind = EntryKind::Function, .live_args = static_cast<uint16_t>(n)});
  }
  version.descriptors.push_back({.kind = EntryKind::Continuation, .live_args = 1, .frame_words = 1});
  for (uint32_t slots = 0; slots <= kNativeFrameSlots; slots++) {
    // y0 is the function's address; y1 .. hold terms.
    version.descriptors.push_back({.kind = EntryKind::Continuation,
                                   .live_args = 1,
                                   .frame_words = 2 + slots,
                                   .slot_map = static_cast<uint32_t>(version.slot_maps.size())});
    version.slot_maps.push_back(((uint64_t{1} << slots) - 1) << 1);
  }
}

}  // namespace hj::rt
