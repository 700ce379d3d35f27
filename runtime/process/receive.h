// What natives that receive share with the helpers of `receive`.
//
// Threads: owner only.
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

// Takes the message at the scan position out of the queue and ends the scan. There must be one.
Signal* take_message(Process& process);
// The message's terms become the process's; the signal is gone.
void own_message(Process& process, Signal* message);

// One timer at a time; it interrupts the process when it fires.
void start_receive_timer(Process& process, int64_t timeout_ms);
bool receive_timer_fired(const Process& process);
void stop_receive_timer(Process& process);

}  // namespace hj::rt
