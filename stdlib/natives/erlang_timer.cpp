// erlang:send_after, start_timer, cancel_timer, read_timer.
#include "runtime/process/message_timers.h"
#include "runtime/heap/build.h"
#include "runtime/process/exception.h"
#include "runtime/process/send.h"
#include "runtime/sched/timers.h"
#include "runtime/term/atoms.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace rt;

namespace {

struct StartOptions {
  bool is_absolute = false;
};
struct CancelOptions {
  bool is_async = false;
  bool wants_info = true;
};

// Longer ones would overflow a clock of nanoseconds; this is 290 years.
constexpr int64_t kMaxMilliseconds = INT64_MAX / 1'000'000;

}  // namespace

static bool is_flag(Term option, Term name, bool& value) {
  if (!option.is_tuple() || option.tuple_size() != 2 || option.tuple_elements()[0] != name) return false;
  Term given = option.tuple_elements()[1];
  value = given == am::true_;
  return given == am::true_ || given == am::false_;
}

static Term start(Process& process, Term time, Term to, Term message, Term list, TimerMessage kind) {
  StartOptions options;
  for (; list.is_cons(); list = list.tail()) {
    if (!is_flag(list.head(), am::abs, options.is_absolute)) return raise_badarg_cause(process, am::badopt);
  }
  if (!list.is_nil()) return raise_badarg_cause(process, am::badopt);
  if (!to.is_pid() && !to.is_atom()) return raise_badarg(process);
  int64_t now_ms = monotonic_ns() / 1'000'000;
  int64_t lowest = options.is_absolute ? -kMaxMilliseconds : 0;
  if (!time.is_small() || time.small() < lowest || time.small() > kMaxMilliseconds - now_ms) {
    return raise_badarg_cause(process, am::time);
  }
  int64_t deadline = options.is_absolute ? time.small() * 1'000'000 : monotonic_ns() + time.small() * 1'000'000;
  return start_message_timer(process, to, message, kind, std::max<int64_t>(deadline, 0));
}

// "Starts a timer. When the timer expires, the message Msg is sent to the process identified by Dest."
static Term erlang_send_after_3(Process& process, Term time, Term to, Term message) {
  return start(process, time, to, message, Term::nil(), TimerMessage::Bare);
}
static Term erlang_send_after_4(Process& process, Term time, Term to, Term message, Term options) {
  return start(process, time, to, message, options, TimerMessage::Bare);
}

// "... the message {timeout, TimerRef, Msg} is sent".
static Term erlang_start_timer_3(Process& process, Term time, Term to, Term message) {
  return start(process, time, to, message, Term::nil(), TimerMessage::Wrapped);
}
static Term erlang_start_timer_4(Process& process, Term time, Term to, Term message, Term options) {
  return start(process, time, to, message, options, TimerMessage::Wrapped);
}

static Term left_or_false(Process& process, const std::optional<int64_t>& left) {
  return left.has_value() ? make_integer(process, *left) : am::false_;
}

// async: the answer comes as {Tag, TimerRef, Result}.
static Term answer(Process& process, Term tag, Term reference, Term result, const CancelOptions& options) {
  if (!options.is_async) return options.wants_info ? result : am::ok;
  if (options.wants_info) send_message(process.pid, make_tuple(process, {tag, reference, result}));
  return am::ok;
}

// "Cancels a timer that has been created by erlang:start_timer or erlang:send_after." Milliseconds left, or false.
static Term erlang_cancel_timer_2(Process& process, Term reference, Term list) {
  CancelOptions options;
  for (; list.is_cons(); list = list.tail()) {
    bool is_known = is_flag(list.head(), am::async, options.is_async) || is_flag(list.head(), am::info, options.wants_info);
    if (!is_known) return raise_badarg_cause(process, am::badopt);
  }
  if (!list.is_nil()) return raise_badarg_cause(process, am::badopt);
  if (!reference.is_reference()) return raise_badarg(process);
  Term result = left_or_false(process, cancel_message_timer(reference));
  return answer(process, am::cancel_timer, reference, result, options);
}
static Term erlang_cancel_timer_1(Process& process, Term reference) {
  return erlang_cancel_timer_2(process, reference, Term::nil());
}

// "Reads the state of a timer": milliseconds left, or false.
static Term erlang_read_timer_2(Process& process, Term reference, Term list) {
  CancelOptions options;
  for (; list.is_cons(); list = list.tail()) {
    if (!is_flag(list.head(), am::async, options.is_async)) return raise_badarg_cause(process, am::badopt);
  }
  if (!list.is_nil()) return raise_badarg_cause(process, am::badopt);
  if (!reference.is_reference()) return raise_badarg(process);
  return answer(process, am::read_timer, reference, left_or_false(process, read_message_timer(reference)), options);
}
static Term erlang_read_timer_1(Process& process, Term reference) {
  return erlang_read_timer_2(process, reference, Term::nil());
}

NativeTable erlang_timer_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("erlang", "cancel_timer", 1, Leaf, true, erlang_cancel_timer_1),
      HJ_NATIVE_ROW("erlang", "cancel_timer", 2, Leaf, true, erlang_cancel_timer_2),
      HJ_NATIVE_ROW("erlang", "read_timer", 1, Leaf, true, erlang_read_timer_1),
      HJ_NATIVE_ROW("erlang", "read_timer", 2, Leaf, true, erlang_read_timer_2),
      HJ_NATIVE_ROW("erlang", "send_after", 3, Leaf, true, erlang_send_after_3),
      HJ_NATIVE_ROW("erlang", "send_after", 4, Leaf, true, erlang_send_after_4),
      HJ_NATIVE_ROW("erlang", "start_timer", 3, Leaf, true, erlang_start_timer_3),
      HJ_NATIVE_ROW("erlang", "start_timer", 4, Leaf, true, erlang_start_timer_4),
  };
  return kTable;
}

}  // namespace hj::stdlib
