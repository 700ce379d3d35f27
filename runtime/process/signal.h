// Signals: everything one process sends to another. Messages are one kind; links, monitors and exits travel in the same
// queue, so that what a process does is seen in the order it did it.
//
// A signal whose term needs heap words stands at the end of the fragment that holds them: one allocation for both, and the
// fragment becomes the receiver's when the message is accepted. Others are allocated alone.
//
// Invariants:
//   SG1  A signal's term points only into its fragment and to literals.
//   SG2  A signal has one owner at a time: its maker, the outer queue, the inner queue, a receiver's hands.
//
// Threads: make and free any thread; a signal belongs to its owner.
#pragma once
#include <cstdint>

#include "runtime/abi/term.h"
#include "runtime/heap/heap.h"

namespace hj::rt {

struct Process;

enum class SignalKind : uint8_t {
  Message,        // term
  Exit,           // exit(Pid, Reason): from, term
  LinkExit,       // a linked process has ended: from, term
  Link,           // from
  Unlink,         // from, id: the unlink's number
  UnlinkAck,      // from, id
  Monitor,        // from, reference: from wants to know when the receiver ends
  Demonitor,      // reference
  MonitorDown,    // reference, term: the process monitored under it has ended
  Request,        // from, id, request: answer with a Reply
  Reply,          // id, term
  SetGroupLeader, // from: the new leader
};

// What a Request asks (requests.h).
enum class RequestKind : uint8_t { IsAlive, ProcessInfo, Collect };

// A reference's number: unique in the runtime's life.
struct ReferenceKey {
  uint64_t high = 0;
  uint64_t low = 0;
  auto operator<=>(const ReferenceKey&) const = default;
};

struct Signal {
  Signal* next = nullptr;
  // Holds the term's words, and this signal itself; null when allocated alone.
  Fragment* fragment = nullptr;
  Term term;
  Term from;
  SignalKind kind = SignalKind::Message;
  RequestKind request = RequestKind::IsAlive;
};

// The kinds that carry a number.
struct NumberedSignal : Signal {
  ReferenceKey reference;
  uint64_t id = 0;
};

// A Message or numbered signal with a term of its own: copies the term (copy.h).
Signal* make_signal(SignalKind kind, Term from, Term term);
NumberedSignal* make_numbered_signal(SignalKind kind, Term from, Term term = Term::nil());
// A signal with room for `words` in its fragment: for building the term in place (fragment_alloc(*signal->fragment, n)).
Signal* make_signal_with_room(SignalKind kind, Term from, size_t words);
// With its fragment.
void free_signal(Signal* signal);

}  // namespace hj::rt
