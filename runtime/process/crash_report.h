// The report of an uncaught error: what OTP's default logger writes about it.
//
// Threads: report_crash by the owner of the process; set_crash_hook before schedulers start.
#pragma once
#include <string>

#include "runtime/process/exception.h"

namespace hj::rt {

// Hands the report to the hook.
void report_crash(Process& process, Term reason);

// =ERROR REPORT==== 23-Nov-2026::00:36:59.414148 ===
// Error in process <0.80.0> with exit value:
// {badarith,[...]}
std::string format_crash_report(const CrashReport& report);

}  // namespace hj::rt
