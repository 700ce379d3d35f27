// Registered names: atom -> pid.
//
// Spread over shards by the atom's number, each under a lock of a few instructions: no lock is global on the path of a send by
// name. A process knows its own name in Process::registered_name, which decides races with its end.
//
// Invariants:
//   RG1  A name is in its shard exactly while the process with that pid has it as registered_name; both change under the
//        shard's lock.
//   RG2  A process that is ending has kNameClosed there: nobody can register it any more.
//
// Threads: any thread.
#pragma once
#include <cstdint>
#include <vector>

#include "runtime/process/process.h"

namespace hj::rt {

inline constexpr uint64_t kNameClosed = 0;

enum class RegisterOutcome : uint8_t { Done, NameTaken, AlreadyNamed, NotAlive };

RegisterOutcome register_name(Term name, Term pid);
// False: no such name.
bool unregister_name(Term name);
// Pid, or a non-value.
Term where_is(Term name);
std::vector<Term> registered_names();
// The process's own end.
void close_registered_name(Process& process);

}  // namespace hj::rt
