// What stands in front of every entry, and what it leads to: the data by which the collector finds roots, an exception its
// handler, a stack trace its lines, and a purge the processes that linger.
//
// The prefix is emitted as LLVM prefix data; descriptors and sites are ordinary C++ arrays of the Version, made by the code
// generator beside the IR, so that LLVM never sees them.
//
// Invariants:
//   D1  An entry's address is 16-aligned and its CodePrefix occupies the 16 bytes before it.
//   D2  A return address on a stack is an entry whose descriptor kind is Continuation.
//   D3  A frame is [return address, y0, y1, ...] and frame_words long, return address included; y_i holds a term when
//       slot i is in the map, otherwise it is dead and may hold anything.
//   D4  At an entry sp[0] is a return address: the caller's at Function and Block entries, the entry's own frame at
//       Continuation and (the TryCall's frame) at Handler entries.
//
// Threads: written before the version is committed, read by any thread afterwards.
#pragma once
#include <cstdint>

#include "runtime/abi/context.h"

namespace hj::rt {

struct Version;

struct CodePrefix {
  const Version* version;
  uint32_t descriptor;  // index into version->descriptors
  uint32_t site;        // index into version->sites; Continuation: the call; others: the function's head
};
static_assert(sizeof(CodePrefix) == 16);

enum class EntryKind : uint8_t {
  Function,
  Continuation,  // x0 is the value returned; live_args 0: a shared block that finds all its values in the frame
  Handler,       // x0, x1, x2 are class, reason, raw trace; the frame at sp is the TryCall's
  Block,         // receive loop or shared block: live values in x, no frame of its own
};

struct Descriptor {
  EntryKind kind = EntryKind::Function;
  // Continuation of a TryCall: the frame is a handler's; not shown in stack traces.
  bool is_handler_frame = false;
  // How many of x0, x1, ... hold live terms at this entry. At most 256: a fun of 255 arguments, entered with its closure.
  uint16_t live_args = 0;
  uint32_t function = 0;        // index into version->functions
  uint32_t frame_words = 0;     // Continuation
  uint32_t slot_map = 0;        // index of the first 64-bit word of the map in version->slot_maps; (frame_words + 62) / 64 words
  Code handler = nullptr;       // is_handler_frame: the Handler entry
};

inline const CodePrefix& prefix_of(Code entry) { return static_cast<const CodePrefix*>(entry)[-1]; }

}  // namespace hj::rt
