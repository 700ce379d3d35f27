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
#include <compare>
#include <cstdint>

#include "runtime/abi/term.h"
#include "runtime/heap/heap.h"
#include "runtime/heap/reference.h"

namespace hj::rt {

struct Process;

enum class SignalKind : uint8_t {
  Message,        // term
  AliasMessage,   // reference, term: a message sent to an alias (alias.h)
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

// A reference's numbers, most significant first: keys of tables, in the order references are made by one thread.
struct ReferenceKey {
  uint64_t high = 0;
  uint64_t low = 0;
  auto operator<=>(const ReferenceKey&) const = default;
};
inline ReferenceKey key_of(const ReferenceNumbers& numbers) {
  return {numbers.number[2], static_cast<uint64_t>(numbers.number[1]) << 32 | numbers.number[0]};
}
inline ReferenceKey key_of(Term reference) { return key_of(reference_numbers(reference)); }
inline ReferenceNumbers numbers_of(const ReferenceKey& key) {
  return {{static_cast<uint32_t>(key.low), static_cast<uint32_t>(key.low >> 32), static_cast<uint32_t>(key.high)}};
}

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

// Copies the term (copy.h) into the signal's fragment, with room for `extra_words` more that the receiver may use.
Signal* make_signal(SignalKind kind, Term from, Term term, size_t extra_words = 0);
NumberedSignal* make_numbered_signal(SignalKind kind, Term from, Term term = Term::nil(), size_t extra_words = 0);
// A message to be built in place: fragment_alloc(*signal->fragment, ...) gives `words` words.
Signal* make_message_with_room(size_t words);
// With its fragment.
void free_signal(Signal* signal);

}  // namespace hj::rt
