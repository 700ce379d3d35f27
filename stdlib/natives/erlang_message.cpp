// erlang:send/2,3 and the operator !.
#include "runtime/heap/build.h"
#include "runtime/process/alias.h"
#include "runtime/process/exception.h"
#include "runtime/process/process.h"
#include "runtime/process/registry.h"
#include "runtime/process/send.h"
#include "runtime/term/atoms.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace rt;

namespace {

// Where a message goes: to somebody, to nobody (which is no error), or the destination is none.
enum class Destination : uint8_t { Found, Nobody, Bad };

}  // namespace

static Destination resolve(Term to, Term& pid) {
  pid = to;
  if (to.is_pid()) return Destination::Found;
  if (to.is_atom()) {
    pid = where_is(to);
    return pid.is_value() ? Destination::Found : Destination::Bad;
  }
  // There are no ports: such a destination is one that has gone.
  if (to.is_port()) return Destination::Nobody;
  if (to.is_tuple() && to.tuple_size() == 2 && to.tuple_elements()[0].is_atom() && to.tuple_elements()[1].is_atom()) {
    if (to.tuple_elements()[1] != am::nonode) return Destination::Nobody;
    pid = where_is(to.tuple_elements()[0]);
    return pid.is_value() ? Destination::Found : Destination::Nobody;
  }
  return Destination::Bad;
}

static Term send_to(Process& process, Term to, Term message, Term result) {
  if (to.is_reference()) {
    send_to_alias(to, message);
    return result;
  }
  Term pid;
  switch (resolve(to, pid)) {
    case Destination::Found:
      send_message(pid, message);
      return result;
    case Destination::Nobody:
      return result;
    case Destination::Bad:
      break;
  }
  return raise_badarg(process);
}

// "Sends a message and returns Msg. This is the same as using the send operator: Dest ! Msg."
static Term erlang_send_2(Process& process, Term to, Term message) { return send_to(process, to, message, message); }

// "Either sends a message and returns ok, or does not send the message but returns something else." Nothing is ever suspended or
// connected here.
static Term erlang_send_3(Process& process, Term to, Term message, Term options) {
  for (; options.is_cons(); options = options.tail()) {
    if (options.head() != am::nosuspend && options.head() != am::noconnect) return raise_badarg_cause(process, am::badopt);
  }
  if (!options.is_nil()) return raise_badarg_cause(process, am::badopt);
  return send_to(process, to, message, am::ok);
}

NativeTable erlang_message_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("erlang", "send", 2, Leaf, false, erlang_send_2),
      HJ_NATIVE_ROW("erlang", "!", 2, Leaf, false, erlang_send_2),
      HJ_NATIVE_ROW("erlang", "send", 3, Leaf, false, erlang_send_3),
  };
  return kTable;
}

}  // namespace hj::stdlib
