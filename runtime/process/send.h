// Sending signals.
//
// Threads: any thread; the sender's order is the order of its calls.
#pragma once
#include "runtime/process/signal.h"

namespace hj::rt {

struct Process;

// Hands the signal to the process with this pid. If there is none the signal is freed, and a sender that expects an answer
// (Link, Unlink, Monitor, Request) gets it. False: nobody there.
bool deliver(Term to, Signal* signal);
// A copy of the message. Nothing happens when nobody is there, as Erlang wants it.
void send_message(Term to, Term message);

// What a dead process answers: a link or monitor is told `reason`, a request that nobody is there. Frees the signal.
void answer_for_dead(Term dead, Signal* signal, Term reason);

// -- the signals one by one
void send_exit(Term to, Term from, Term reason);
void send_link_exit(Term to, Term from, Term reason);
void send_monitor_down(Term to, Term from, const ReferenceKey& reference, Term reason);
// Without further contents: Link, SetGroupLeader.
void send_plain(SignalKind kind, Term to, Term from);
// With a number: Unlink, UnlinkAck; with a reference: Monitor, Demonitor.
void send_numbered(SignalKind kind, Term to, Term from, uint64_t id, const ReferenceKey& reference = {});

// Words the receiver needs to turn an exit or a 'DOWN' into a message, kept free in the signal's fragment.
inline constexpr size_t kExitMessageWords = 4;
inline constexpr size_t kDownMessageWords = 6 + kReferenceWords + 3;

}  // namespace hj::rt
