// erlang:error, exit, throw, raise: natives that raise in their caller's name.
#include "runtime/heap/build.h"
#include "runtime/process/exception.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace rt;

// "Raises an exception of class error with the reason Reason."
static Term erlang_error_1(Process& process, Term reason) { return raise_error(process, reason); }

// Args: what the current function was called with, shown instead of its arity; none: nothing.
static void show_args(Process& process, Term args) {
  if (args != am::none) process.exception_args = args;
}

static Term erlang_error_2(Process& process, Term reason, Term args) {
  // As OTP: what is no list shows nothing.
  if (args.is_list()) show_args(process, args);
  return raise_error(process, reason);
}

// "[{error_info, Map}]"; other options are ignored, as OTP does.
static Term erlang_error_3(Process& process, Term reason, Term args, Term options) {
  if (args.is_list()) show_args(process, args);
  for (; options.is_cons(); options = options.tail()) {
    Term option = options.head();
    bool is_info = option.is_tuple() && option.tuple_size() == 2 && option.tuple_elements()[0] == am::error_info;
    if (is_info) process.raise_cause = option.tuple_elements()[1];
  }
  return raise_error(process, reason);
}

// "Raises an exception of class exit with exit reason Reason."
static Term erlang_exit_1(Process& process, Term reason) { return raise(process, am::exit, reason); }

// "Raises an exception of class throw."
static Term erlang_throw_1(Process& process, Term any) { return raise(process, am::throw_, any); }

// {M, F, ArityOrArgs} or {Fun, Args}, with or without a location: the line as a trace shows it; a non-value: malformed.
static Term checked_line(Process& process, Term line) {
  if (!line.is_tuple()) return Term::non_value();
  const Term* parts = line.tuple_elements();
  uint64_t size = line.tuple_size();
  if (size >= 2 && parts[0].is_fun()) {
    if (size > 3 || !parts[1].is_list()) return Term::non_value();
    return size == 3 ? line : make_tuple(process, {parts[0], parts[1], Term::nil()});
  }
  if (size < 3 || size > 4 || !parts[0].is_atom() || !parts[1].is_atom()) return Term::non_value();
  bool has_arity = parts[2].is_small() && parts[2].small() >= 0;
  if (!has_arity && !parts[2].is_list()) return Term::non_value();
  if (size == 4) return parts[3].is_list() ? line : Term::non_value();
  return make_tuple(process, {parts[0], parts[1], parts[2], Term::nil()});
}

// "Raises an exception of the specified class, reason, and call stack backtrace." With bad arguments it returns badarg.
static Term erlang_raise_3(Process& process, Term exception_class, Term reason, Term trace) {
  if (exception_class != am::error && exception_class != am::exit && exception_class != am::throw_) return am::badarg;
  Term lines[kTraceDepth];
  size_t count = 0;
  for (; trace.is_cons(); trace = trace.tail()) {
    Term line = checked_line(process, trace.head());
    if (!line.is_value()) return am::badarg;
    if (count < kTraceDepth) lines[count++] = line;
  }
  if (!trace.is_nil()) return am::badarg;
  raise(process, exception_class, reason);
  process.exception_trace = make_list(process, {lines, count});
  return Term::non_value();
}

// "Works exactly like error/1, but Dialyzer thinks that this BIF will return an arbitrary term." Shown in the trace.
static Term erlang_nif_error_1(Process& process, Term reason) { return raise_error(process, reason); }
static Term erlang_nif_error_2(Process& process, Term reason, Term) { return raise_error(process, reason); }

static NativeEntry hidden(NativeEntry entry) {
  entry.trace = NativeTrace::Hidden;
  return entry;
}

NativeTable erlang_exception_natives() {
  static const NativeEntry kTable[] = {
      hidden(HJ_NATIVE_ROW("erlang", "error", 1, Leaf, true, erlang_error_1)),
      hidden(HJ_NATIVE_ROW("erlang", "error", 2, Leaf, true, erlang_error_2)),
      hidden(HJ_NATIVE_ROW("erlang", "error", 3, Leaf, true, erlang_error_3)),
      hidden(HJ_NATIVE_ROW("erlang", "exit", 1, Leaf, true, erlang_exit_1)),
      hidden(HJ_NATIVE_ROW("erlang", "throw", 1, Leaf, true, erlang_throw_1)),
      hidden(HJ_NATIVE_ROW("erlang", "raise", 3, Leaf, true, erlang_raise_3)),
      HJ_NATIVE_ROW("erlang", "nif_error", 1, Leaf, true, erlang_nif_error_1),
      HJ_NATIVE_ROW("erlang", "nif_error", 2, Leaf, true, erlang_nif_error_2),
  };
  return kTable;
}

}  // namespace hj::stdlib
