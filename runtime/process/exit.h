// The end of a process.
//
// Order, as OTP's: the name and the pid go first, so that nobody finds the process any more; then those who are linked to it
// or watch it are told, links before monitors; then its memory goes.
//
// Threads: the scheduler that runs it.
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

// is_exiting is set; the process does not run. It is gone afterwards.
void end_process(Process& process);

// A process nobody has ever run, or all schedulers have stopped: frees it without telling anybody.
void discard_process(Process& process);

}  // namespace hj::rt
