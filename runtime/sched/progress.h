// Thread progress: how anybody learns that every thread has let go of what it may have read without a lock.
//
// Threads that read shared memory without locks (process table entries, cells' old slots, old code) pass *quiet points* at
// which they hold nothing: a scheduler between two processes, any other thread outside its ProgressGuard. A change that
// makes something unreachable is followed by a target (a number); once every online thread has passed a quiet point that
// began after the target was taken, what was made unreachable may go.
//
// Why epochs in one word a thread: a quiet point costs one load of a shared word that hardly ever changes and one store to a
// line of one's own. Reference counts on processes would cost two shared writes a message.
//
// Invariants:
//   TP1  A thread's word is 0 (offline: it holds nothing) or the epoch it read at its last quiet point.
//   TP2  take_progress_target() returns an epoch that no thread's word has yet; a thread whose word reaches it has begun
//        after the change (release on the epoch's increment, acquire at the quiet point).
//   TP3  Going online stores the word before anything shared is read, sequentially consistent, and the waiter's increment
//        precedes its reading of the words: either the waiter sees the thread online, or the thread sees the change.
//
// Threads: any thread, lock-free; wait_for_progress blocks and must not be called inside a ProgressGuard.
#pragma once
#include <cstdint>

namespace hj::rt {

// -- for threads that are online most of the time (schedulers)
void progress_go_online();
void progress_go_offline();
// The thread holds nothing at this moment.
void progress_quiet_point();

// -- for all others: what is read inside is not freed before the end. Nests; does nothing on an online thread.
class ProgressGuard {
 public:
  ProgressGuard();
  ~ProgressGuard();
  ProgressGuard(const ProgressGuard&) = delete;
  ProgressGuard& operator=(const ProgressGuard&) = delete;

 private:
  bool went_online_;
};

// A point in time that all threads will have passed when progress_passed(target) holds.
uint64_t take_progress_target();
bool progress_passed(uint64_t target);
// Blocks. On a scheduler thread (start-up and tests only) its own quiet point is implied.
void wait_for_progress(uint64_t target);

// Calls free_it(object) on some thread once every thread has made progress. Lock-free for the caller but for every 64th.
void free_after_progress(void* object, void (*free_it)(void*));
// Frees what can be freed now of what this thread gave to free_after_progress; schedulers call it before they sleep.
void progress_collect();
// At the end, when all other threads have stopped: frees everything still waiting.
void progress_drain();

}  // namespace hj::rt
