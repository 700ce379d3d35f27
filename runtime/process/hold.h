// Holding a process still, so that another thread may read it: its stack for a purge, its literals for their collection.
//
// A process that does not run is held at once; one that runs is asked, through its poll, to end its slice, and is held then. A
// held process keeps its place in its queue: a scheduler that comes to it goes on to the next.
//
// Invariants:
//   HO1  One holder at a time for all processes together (the lock in hold.cpp): kHeld is set and cleared by it alone.
//   HO2  A Blocked process is held too. The thread that runs its native may be allocating: its stack and resume entry may be
//        read, its heap not.
//
// Threads: any thread that may block; never a scheduler (it would wait for itself).
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

enum class HeldAs : uint8_t { Gone, Parked, Blocked };

// Holds the process from construction to destruction, unless it has ended.
class Hold {
 public:
  explicit Hold(Process& process);
  ~Hold();
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  HeldAs as() const { return as_; }

 private:
  Process& process_;
  HeldAs as_;
};

}  // namespace hj::rt
