// The moves of a process into and out of an owner's hands that schedulers and the blocking pool share.
//
// Threads: owner only, except as said.
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

// The live arguments of the resume entry, out of the registers and into them.
void save_args(Process& process);
void restore_args(Process& process, Term* x);

// From Blocked to Running: afterwards nobody holds the process, nor will (BP2).
void take_from_holders(Process& process);

}  // namespace hj::rt
