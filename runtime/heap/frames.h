// Walking the frames of a stack by their descriptors (D1 to D4 of descriptor.h).
//
// The last frame's end is the block's end: a stack is exactly a row of frames.
//
// Threads: owner of the process.
#pragma once
#include <bit>
#include <cstdint>

#include "base/check.h"
#include "runtime/abi/descriptor.h"
#include "runtime/code/version.h"

namespace hj::rt {

inline const Descriptor& descriptor_at(Code entry) {
  const CodePrefix& prefix = prefix_of(entry);
  return prefix.version->descriptors[prefix.descriptor];
}

// frame(sp, return address, descriptor) for each frame from the top; stops early when it returns false.
template <class Frame>
void for_each_frame(Term* sp, Term* end, Frame&& frame) {
  while (sp < end) {
    Code code = reinterpret_cast<Code>(sp->bits);
    const Descriptor& descriptor = descriptor_at(code);
    HJ_DCHECK(descriptor.kind == EntryKind::Continuation && descriptor.frame_words > 0, "D2: {:#x} on a stack", sp->bits);
    if (!frame(sp, code, descriptor)) return;
    sp += descriptor.frame_words;
  }
  HJ_DCHECK(sp == end, "D3: frames end {} words beyond the stack", sp - end);
}

// slot(Term&) for each slot of the stack that holds a term. Deep recursion repeats one return address: its descriptor and map
// are looked up once.
template <class Slot>
void for_each_frame_slot(Term* sp, Term* end, Slot&& slot) {
  uint64_t last = 0;
  uint32_t frame_words = 0;
  const uint64_t* map = nullptr;
  while (sp < end) {
    if (sp->bits != last) {
      last = sp->bits;
      const CodePrefix& prefix = prefix_of(reinterpret_cast<Code>(last));
      const Descriptor& descriptor = prefix.version->descriptors[prefix.descriptor];
      HJ_DCHECK(descriptor.kind == EntryKind::Continuation && descriptor.frame_words > 0, "D2: {:#x} on a stack", last);
      frame_words = descriptor.frame_words;
      map = prefix.version->slot_maps.data() + descriptor.slot_map;
    }
    Term* slots = sp + 1;
    for (uint32_t base = 0; base + 1 < frame_words; base += 64) {
      for (uint64_t bits = map[base / 64]; bits != 0; bits &= bits - 1) slot(slots[base + std::countr_zero(bits)]);
    }
    sp += frame_words;
  }
  HJ_DCHECK(sp == end, "D3: frames end {} words beyond the stack", sp - end);
}

}  // namespace hj::rt
