// The queue of signals to one process.
//
//   push      any thread   lock-free; says whether the owner may have to be woken
//   fetch     owner only   moves what has arrived behind the inner queue (receive.h executes signals on the way)
//   close     owner only   later pushes are refused
//
// Outer queue: a stack that senders push on by compare-exchange; the owner takes all of it by one exchange and reverses it.
// Inner queue: a list only the owner sees, with the position of the scan of the current receive.
//
// Why a stack and not a linked queue of producers (exchange on the tail): the owner takes everything at once, there is no
// moment in which a stalled sender hides the messages behind it, and "was it empty" comes for free, which M3 needs.
//
// Invariants:
//   M1  A signal is in exactly one of: outer queue, inner queue, somebody's hands.
//   M2  Two signals from one sender are taken in the order pushed.
//   M3  push returns FirstIn for the push that found the outer queue empty. Only that sender has to wake the owner: others
//       find a queue whose first sender has not yet been seen to, or will be seen by it.
//   M4  After close() no signal is accepted: push returns Closed and the signal stays the sender's.
//
// Threads: as said; the two sides are separate structs because they are separate cache lines' business.
#pragma once
#include <atomic>
#include <cstdint>

#include "runtime/process/signal.h"

namespace hj::rt {

enum class Pushed : uint8_t { FirstIn, Queued, Closed };

struct MailboxSenderSide {
  std::atomic<Signal*> outer{nullptr};

  static Signal* closed_mark() { return reinterpret_cast<Signal*>(1); }

  Pushed push(Signal* signal) {
    // Relaxed: only compared and linked, not read.
    Signal* seen = outer.load(std::memory_order_relaxed);
    do {
      if (seen == closed_mark()) return Pushed::Closed;
      signal->next = seen;
      // Sequentially consistent on success (P4): pairs with the exchange in take() and with the state in wake().
    } while (!outer.compare_exchange_weak(seen, signal, std::memory_order_seq_cst, std::memory_order_relaxed));
    return seen == nullptr ? Pushed::FirstIn : Pushed::Queued;
  }

  // Whether something waits. Sequentially consistent: the second half of P4.
  bool has_arrivals() const {
    Signal* seen = outer.load(std::memory_order_seq_cst);
    return seen != nullptr && seen != closed_mark();
  }

  // Everything that has arrived, oldest first, linked by next. Owner only.
  Signal* take() {
    // Acquire: pairs with push; relaxed for the empty look, which P4's has_arrivals() backs up.
    if (outer.load(std::memory_order_relaxed) == nullptr) return nullptr;
    return reversed(outer.exchange(nullptr, std::memory_order_acq_rel));
  }

  // Refuses later pushes and returns what had arrived. Owner only.
  Signal* close() { return reversed(outer.exchange(closed_mark(), std::memory_order_acq_rel)); }

 private:
  static Signal* reversed(Signal* newest) {
    Signal* oldest = nullptr;
    while (newest != nullptr && newest != closed_mark()) {
      Signal* next = newest->next;
      newest->next = oldest;
      oldest = newest;
      newest = next;
    }
    return oldest;
  }
};

struct MailboxOwnerSide {
  Signal* first = nullptr;
  Signal** end = &first;    // where the next one is linked
  Signal** scan = &first;   // the link to the message the current receive looks at next
  uint64_t count = 0;
  // The current receive has the message at `scan` in hand, and has neither accepted nor rejected it.
  bool is_looked_at = false;

  MailboxOwnerSide() = default;
  MailboxOwnerSide(const MailboxOwnerSide&) = delete;
  MailboxOwnerSide& operator=(const MailboxOwnerSide&) = delete;

  void append(Signal* message) {
    message->next = nullptr;
    *end = message;
    end = &message->next;
    count++;
  }
  // Takes the message that *link points to out of the queue.
  Signal* unlink(Signal** link) {
    Signal* message = *link;
    *link = message->next;
    if (end == &message->next) end = link;
    if (scan == &message->next) scan = link;
    count--;
    return message;
  }
};

}  // namespace hj::rt
