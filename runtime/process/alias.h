// Process aliases: references that messages can be sent to until they are withdrawn.
//
// A server's late answer to a call that has timed out must not land in the caller's mailbox: the call is made with an alias, and
// withdrawing it is final, whatever is on its way. So a message sent to an alias travels as a signal of its own kind, and the
// receiver takes it only while the alias is in its table (Relations::aliases). Senders find the process through a table by
// reference, in shards as the registry's.
//
// Invariants:
//   AL1  An alias in Relations::aliases is in the table of owners, and goes from both at once (to the owner's eyes).
//
// Threads: owner only, but alias_owner any thread.
#pragma once
#include "runtime/process/relations.h"

namespace hj::rt {

void add_alias(Process& process, const ReferenceKey& key, AliasMode mode);
// False: there is no such alias of this process.
bool remove_alias(Process& process, const ReferenceKey& key);
// A monitor has gone, by demonitor or by its 'DOWN': an alias that lived with it goes, too.
void end_alias_of_monitor(Process& process, const ReferenceKey& key);
// At the process's end.
void remove_all_aliases(Process& process);

// Whether a message to the alias is to be received. Ends aliases that are good for one answer.
bool accept_through_alias(Process& process, const ReferenceKey& key);

// Pid, or a non-value. Any thread.
Term alias_owner(const ReferenceKey& key);
// Nothing happens when the alias has gone. Any thread.
void send_to_alias(Term reference, Term message);

}  // namespace hj::rt
