#include "runtime/process/send.h"

#include "runtime/process/process.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"
#include "runtime/sched/scheduler.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

// Messages wait until the process looks for one; everything else is to be seen to soon.
static bool is_urgent(SignalKind kind) { return kind != SignalKind::Message && kind != SignalKind::AliasMessage; }

bool deliver(Term to, Signal* signal) {
  ProgressGuard guard;
  bool urgent = is_urgent(signal->kind);
  if (Process* receiver = find_process(to)) {
    switch (receiver->outbox.push(signal)) {
      case Pushed::FirstIn:
        // M3, P4.
        if (!urgent) wake(*receiver);
        [[fallthrough]];
      case Pushed::Queued:
        if (urgent) interrupt(*receiver);
        return true;
      case Pushed::Closed:
        break;
    }
  }
  answer_for_dead(to, signal, am::noproc);
  return false;
}

// All of these copy and deliver inside one guard (retiring_literals.h, L1).

void send_message(Term to, Term message) {
  ProgressGuard guard;
  deliver(to, make_signal(SignalKind::Message, Term::non_value(), message));
}

void answer_for_dead(Term dead, Signal* signal, Term reason) {
  switch (signal->kind) {
    case SignalKind::Link:
      send_link_exit(signal->from, dead, reason);
      break;
    case SignalKind::Monitor:
      send_monitor_down(signal->from, dead, static_cast<NumberedSignal*>(signal)->reference, reason);
      break;
    case SignalKind::Unlink:
      send_numbered(SignalKind::UnlinkAck, signal->from, dead, static_cast<NumberedSignal*>(signal)->id);
      break;
    case SignalKind::Request: {
      NumberedSignal* reply = make_numbered_signal(SignalKind::Reply, dead, am::noproc);
      reply->id = static_cast<NumberedSignal*>(signal)->id;
      deliver(signal->from, reply);
      break;
    }
    case SignalKind::Message:
    case SignalKind::AliasMessage:
    case SignalKind::Exit:
    case SignalKind::LinkExit:
    case SignalKind::UnlinkAck:
    case SignalKind::Demonitor:
    case SignalKind::MonitorDown:
    case SignalKind::Reply:
    case SignalKind::SetGroupLeader:
      break;
  }
  free_signal(signal);
}

void send_exit(Term to, Term from, Term reason) {
  ProgressGuard guard;
  deliver(to, make_signal(SignalKind::Exit, from, reason, kExitMessageWords));
}

void send_link_exit(Term to, Term from, Term reason) {
  ProgressGuard guard;
  deliver(to, make_signal(SignalKind::LinkExit, from, reason, kExitMessageWords));
}

void send_monitor_down(Term to, Term from, const ReferenceKey& reference, Term reason) {
  ProgressGuard guard;
  NumberedSignal* down = make_numbered_signal(SignalKind::MonitorDown, from, reason, kDownMessageWords);
  down->reference = reference;
  deliver(to, down);
}

void send_plain(SignalKind kind, Term to, Term from) { deliver(to, make_signal(kind, from, Term::nil())); }

void send_numbered(SignalKind kind, Term to, Term from, uint64_t id, const ReferenceKey& reference) {
  NumberedSignal* signal = make_numbered_signal(kind, from);
  signal->id = id;
  signal->reference = reference;
  deliver(to, signal);
}

}  // namespace hj::rt
