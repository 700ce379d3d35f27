#include "runtime/process/interrupt.h"

#include "runtime/heap/copy.h"
#include "runtime/heap/gc.h"
#include "runtime/process/alias.h"
#include "runtime/process/relations.h"
#include "runtime/process/requests.h"
#include "runtime/process/send.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

void set_exiting(Process& process, Term reason, Fragment* fragment) {
  if (process.is_exiting) {
    if (fragment != nullptr) free_fragment(fragment);
    return;
  }
  process.is_exiting = true;
  process.exit_reason = reason;
  process.exit_fragment = fragment;
  // Relaxed: read by the same thread, at the next entry.
  process.poll.store(kInterrupted, std::memory_order_relaxed);
}

// Builds {Elements...} in the room the signal's fragment kept for it; the signal is a message now.
static void turn_into_message(Process& process, Signal* signal, std::initializer_list<Term> elements) {
  Term* tuple = fragment_alloc(*signal->fragment, 1 + elements.size());
  Term* at = tuple;
  *at++ = Term::header(Subtag::Tuple, elements.size());
  for (Term element : elements) *at++ = element;
  signal->term = Term::boxed(tuple);
  signal->kind = SignalKind::Message;
  process.inbox.append(signal);
}

// An exit that may end the process: takes the signal over.
static void receive_exit(Process& process, Signal* signal) {
  bool is_kill = signal->kind == SignalKind::Exit && signal->term == am::kill;
  if (process.is_exiting) {
    free_signal(signal);
  } else if (is_kill) {
    set_exiting(process, am::killed);
    free_signal(signal);
  } else if (process.trap_exit) {
    turn_into_message(process, signal, {am::EXIT, signal->from, signal->term});
  } else if (signal->term == am::normal && !(signal->kind == SignalKind::Exit && signal->from == process.pid)) {
    free_signal(signal);
  } else {
    // The signal stands in the fragment (SG1): both go with the process.
    set_exiting(process, signal->term, signal->fragment);
  }
}

static void receive_link_exit(Process& process, Signal* signal) {
  auto* links = process.relations == nullptr ? nullptr : &process.relations->links;
  auto at = links == nullptr ? std::map<uint64_t, Link>::iterator{} : links->find(signal->from.bits);
  bool was_linked = links != nullptr && at != links->end() && at->second.unlink_id == 0;
  if (links != nullptr && at != links->end()) links->erase(at);
  if (was_linked) {
    receive_exit(process, signal);
  } else {
    free_signal(signal);
  }
}

static void receive_link(Process& process, Term from) {
  // RL1: when our unlink is on its way the other side will find no link.
  relations_of(process).links.try_emplace(from.bits);
}

static void receive_unlink(Process& process, const NumberedSignal& signal) {
  if (process.relations != nullptr) {
    auto at = process.relations->links.find(signal.from.bits);
    if (at != process.relations->links.end() && at->second.unlink_id == 0) process.relations->links.erase(at);
  }
  send_numbered(SignalKind::UnlinkAck, signal.from, process.pid, signal.id);
}

static void receive_unlink_ack(Process& process, const NumberedSignal& signal) {
  if (process.relations == nullptr) return;
  auto at = process.relations->links.find(signal.from.bits);
  if (at != process.relations->links.end() && at->second.unlink_id == signal.id) process.relations->links.erase(at);
}

// {Tag, Reference, process, Pid | {Name, Node}, Reason} in the signal's fragment, which has kDownMessageWords left.
static void build_down(Process& process, Signal* signal, Term tag, const OutgoingMonitor& monitor, const ReferenceKey& key,
                       Term reason) {
  Term object = monitor.target;
  if (monitor.name.is_value()) {
    Term* pair = fragment_alloc(*signal->fragment, 3);
    pair[0] = Term::header(Subtag::Tuple, 2);
    pair[1] = monitor.name;
    pair[2] = am::nonode;
    object = Term::boxed(pair);
  }
  Term reference = write_reference(fragment_alloc(*signal->fragment, kReferenceWords), numbers_of(key));
  turn_into_message(process, signal, {tag, reference, am::process, object, reason});
}

static void receive_monitor_down(Process& process, NumberedSignal* signal) {
  auto* monitors = process.relations == nullptr ? nullptr : &process.relations->monitors;
  auto at = monitors == nullptr ? std::map<ReferenceKey, OutgoingMonitor>::iterator{} : monitors->find(signal->reference);
  if (process.is_exiting || monitors == nullptr || at == monitors->end()) {
    free_signal(signal);
    return;
  }
  OutgoingMonitor monitor = at->second;
  monitors->erase(at);
  end_alias_of_monitor(process, signal->reference);
  if (!monitor.tag.is_value()) {
    build_down(process, signal, am::DOWN, monitor, signal->reference, signal->term);
    return;
  }
  // A tag of the program's own stands on the heap, where a message must not point (SG1); and this may not be the moment to
  // allocate there (interrupt.h).
  ProgressGuard guard;
  size_t tag_words = copied_words(monitor.tag);
  size_t reason_words = copied_words(signal->term);
  Signal* tagged = make_message_with_room(tag_words + reason_words + kDownMessageWords);
  Term tag = tag_words == 0 ? monitor.tag : copy_to_fragment(monitor.tag, *tagged->fragment);
  if (copied_words(signal->term) != 0) signal->term = copy_to_fragment(signal->term, *tagged->fragment);
  build_down(process, tagged, tag, monitor, signal->reference, signal->term);
  free_signal(signal);
}

static void execute(Process& process, Signal* signal) {
  switch (signal->kind) {
    case SignalKind::Message:
      if (process.is_exiting) break;
      process.inbox.append(signal);
      return;
    case SignalKind::AliasMessage:
      if (process.is_exiting || !accept_through_alias(process, static_cast<NumberedSignal*>(signal)->reference)) break;
      process.inbox.append(signal);
      return;
    case SignalKind::Exit:
      receive_exit(process, signal);
      return;
    case SignalKind::LinkExit:
      receive_link_exit(process, signal);
      return;
    case SignalKind::Link:
      receive_link(process, signal->from);
      break;
    case SignalKind::Unlink:
      receive_unlink(process, static_cast<NumberedSignal&>(*signal));
      break;
    case SignalKind::UnlinkAck:
      receive_unlink_ack(process, static_cast<NumberedSignal&>(*signal));
      break;
    case SignalKind::Monitor:
      relations_of(process).monitored_by[static_cast<NumberedSignal*>(signal)->reference] = signal->from;
      break;
    case SignalKind::Demonitor:
      if (process.relations != nullptr) {
        process.relations->monitored_by.erase(static_cast<NumberedSignal*>(signal)->reference);
      }
      break;
    case SignalKind::MonitorDown:
      receive_monitor_down(process, static_cast<NumberedSignal*>(signal));
      return;
    case SignalKind::Request:
      keep_request(process, static_cast<NumberedSignal*>(signal));
      return;
    case SignalKind::Reply:
      receive_reply(process, static_cast<NumberedSignal*>(signal));
      return;
    case SignalKind::SetGroupLeader:
      process.group_leader = signal->from;
      break;
  }
  free_signal(signal);
}

void fetch_signals(Process& process) {
  Signal* signal = process.outbox.take();
  while (signal != nullptr) {
    Signal* next = signal->next;
    execute(process, signal);
    signal = next;
  }
}

bool handle_interrupt(Process& process) {
  // An exchange, so that what was written before poll was set is seen: pairs with interrupt() and Hold.
  process.poll.exchange(0, std::memory_order_seq_cst);
  process.reds -= process.owed_reductions;
  process.owed_reductions = 0;
  fetch_signals(process);
  if (process.is_exiting) {
    process.leave_reason = LeaveReason::Exit;
    return false;
  }
  if (process.open_requests != nullptr) answer_requests(process);
  if (process.wants_collect) {
    process.wants_collect = false;
    if (collect(process, 0) == CollectionOutcome::HeapLimitExceeded) {
      set_exiting(process, am::killed);
      process.leave_reason = LeaveReason::Exit;
      return false;
    }
  }
  // Acquire: pairs with hold().
  if ((process.state.load(std::memory_order_acquire) & kHoldRequested) != 0) {
    process.leave_reason = LeaveReason::Yield;
    return false;
  }
  return true;
}

void drop_messages(Process& process) {
  while (process.inbox.first != nullptr) free_signal(process.inbox.unlink(&process.inbox.first));
  process.inbox.scan = &process.inbox.first;
}

}  // namespace hj::rt
