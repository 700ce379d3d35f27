// Exceptions: how one finds its handler, what a stack trace is, and who is told when there is no handler.
//
// A pending exception is data in the process (context.h). raise_pending() makes a *raw trace* of it, walks the frames for the
// first handler, and goes on there. The raw trace is cheap: numbers of versions and call sites. Only a program that asks
// (build_stacktrace) gets the list of {M, F, Arity, Location}.
//
// A raw trace is one of
//   a list                              given by erlang:raise/3: it is the stack trace
//   Raw                                 (version id, site) for each line, innermost first; at most kTraceDepth
//   {Raw, Native, Args, Info}           Native: [] or {M, F, Args}, the native that raised. Args: [] or {Args}, shown in the
//                                       first line of Raw. Info: [] or the map of error_info, of the first line shown
// A version that is gone by the time of asking has no lines to show: its lines are left out.
//
// Threads: owner of the process.
#pragma once
#include "runtime/abi/context.h"
#include "runtime/process/process.h"

namespace hj::rt {

// As OTP's backtrace_depth.
inline constexpr uint32_t kTraceDepth = 8;

// Continue: resume and x0..x2 are a handler's. Leave: leave_reason is Exit, the process has ended for lack of one.
Transfer raise_pending(Process& process);

// The same with {M, F, Args} as the first line, the arguments in x[0..arity): a call that led nowhere.
Transfer raise_pending_in(Process& process, Term module, Term function, uint32_t arity);

// error:badarg with error_info #{cause => Cause}.
Term raise_badarg_cause(Process& process, Term cause);

// The stack trace of where the process stands: for process_info and erlang:error of natives. `at` is the place of the
// innermost line.
Term current_stacktrace(Process& process, Code at);

// -- who hears of an uncaught error or throw: a text like OTP's logger's, on stderr unless the hook is replaced
struct CrashReport {
  Term pid;
  Term reason;   // {Reason, Stacktrace}
};
using CrashHook = void (*)(const CrashReport& report);
void set_crash_hook(CrashHook hook);

}  // namespace hj::rt
