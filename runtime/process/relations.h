// Whom a process is linked to and who watches whom: what most processes do not have, behind one pointer.
//
// A link stands in both processes' tables, a monitor in the watcher's `monitors` and in the target's `monitored_by`; each side
// changes its own table only, and tells the other by a signal. Unlinking is acknowledged: until the acknowledgement comes, what
// still arrives from the other side about the old link is ignored. Without it, a link made by the other process while our unlink
// is on its way would stand in one table only.
//
// Why ordered maps: the order in which exit signals go out is then the order in which OTP sends them (by pid, by reference), and
// a supervisor with 100,000 children pays a logarithm for each.
//
// Invariants:
//   RL1  links[p].unlink_id is 0: linked. Otherwise an unlink with this number is on its way to p, and p's exit is ignored.
//   RL2  A 'DOWN' reaches the program only for a reference in `monitors`, which it removes: at most one per monitor, and none
//        after demonitor.
//
// Threads: owner only.
#pragma once
#include <cstdint>
#include <map>

#include "runtime/process/signal.h"

namespace hj::rt {

struct Process;

struct Link {
  uint64_t unlink_id = 0;
};

struct OutgoingMonitor {
  Term target;                     // pid; non-value when the name had no process
  Term name;                       // atom when monitored by name, else non-value
  // Terms of the owner's heap: what a 'DOWN' is tagged with ({tag, T}); non-value: 'DOWN'.
  Term tag;
};

// When an alias ends by itself: never; with its monitor; with its first message; with either.
enum class AliasMode : uint8_t { Explicit, Demonitor, Reply, ReplyDemonitor };

struct Relations {
  std::map<uint64_t, Link> links;                        // by the other's pid
  std::map<ReferenceKey, OutgoingMonitor> monitors;
  std::map<ReferenceKey, Term> monitored_by;             // the watcher's pid
  std::map<ReferenceKey, AliasMode> aliases;
  uint64_t last_unlink_id = 0;
};

Relations& relations_of(Process& process);

// link/1: false when there is no such process (the caller raises noproc, or sends itself the signal when it traps exits).
bool add_link(Process& process, Term pid);
void remove_link(Process& process, Term pid);
// Of a pid, or of a name: pid is then a non-value when nobody has the name.
Term add_monitor(Process& process, Term pid, Term name, Term tag);
// False when the monitor is not there (any more).
bool remove_monitor(Process& process, const ReferenceKey& key);

// -- at the end of a process: tells everybody, forgets everything
void notify_relations(Process& process, Term reason);

}  // namespace hj::rt
