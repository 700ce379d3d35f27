// The few instructions no compiler writes for us: into generated code, out of it, and the entries the runtime itself owns.
//
// Everything here is implemented in runtime/arch/<machine>.S; the layout it relies on is asserted in entry.cpp.
//
//   hj_enter             loads hp, sp, reds and x0..x5 from the process and calls p->resume; returns when a transfer leaves
//   hj_<transfer>        stores them, calls hj_rt_<transfer>, and goes on at p->resume or returns to hj_enter's caller
//   hj_call_c[_saving]   from the middle of generated code into a C function (its address in r10) and back
//   hj_process_done      the return address at the bottom of every stack: the process ends normally
//   hj_native_continue   return addresses of frames that belong to natives (native_frame.h), one for each number of slots
//   thunks               entries in the code space, made page by page from a template (thunks.h)
//
// All of these have a CodePrefix of the runtime's own version, so yields may save them and walks pass them.
//
// Threads: constants.
#pragma once
#include "runtime/abi/context.h"
#include "runtime/code/version.h"

namespace hj::rt {

// Slots for terms in a native's frame; its function stands in front of them, untraced.
inline constexpr uint32_t kNativeFrameSlots = 8;

// Descriptor numbers of the runtime's own version: 0..256 is a Function entry with that many live arguments.
inline constexpr uint32_t kDescriptorProcessDone = 257;
inline constexpr uint32_t kDescriptorNativeContinue = 258;   // + number of slots

// The version all entries of the runtime belong to; module is the atom erlang, sites are empty.
const Version& runtime_version();
// Fills it in. Called once, before any generated code runs.
void init_runtime_version();

extern "C" {
// Runs generated code until it leaves. p->x holds the argument registers.
void hj_enter(Process* process);

// Entries, not C functions: only their addresses are used.
extern const char hj_call_c[];
extern const char hj_call_c_saving[];
extern const char hj_process_done[];
extern const char hj_native_continue[];
extern const char hj_thunk_page[];

#define HJ_TRANSFER(name) extern const char hj_##name[];
#define HJ_HELPER(name, result, arguments, effects)
#include "runtime/abi/runtime_calls.def"
#undef HJ_TRANSFER
#undef HJ_HELPER
}

// Bytes from one hj_native_continue entry to the next.
inline constexpr size_t kNativeContinueStride = 32;
inline Code native_continue(uint32_t slots) { return hj_native_continue + slots * kNativeContinueStride; }

}  // namespace hj::rt
