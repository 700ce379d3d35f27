// Which versions of which modules are live: for each module one current version, if any, and its old ones.
//
// The code server alone writes (under its lock); everybody may ask. Erlang's policy of one old version is the code server's:
// the table keeps any number, so that another policy needs no other table.
//
// Invariants:
//   MT1  A version is owned by the table from publish_version() to take_old_version().
//   MT2  What a question returned stays valid until the asking thread's next quiet point, or as long as its ProgressGuard
//        (sched/progress.h): whoever takes a version out waits for thread progress before destroying it.
//   MT3  Ids are unique and never used again: find_version() of a version that is gone finds nothing, never another one.
//
// Threads: questions any thread; changes only under the code server's lock.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/abi/term.h"
#include "runtime/code/version.h"

namespace hj::rt {

// -- questions

// Or null.
const Version* current_version(Term module);
// The newest old version, or null.
const Version* old_version(Term module);
// The one a purge takes first, or null.
const Version* oldest_version(Term module);
// Newest first.
std::vector<const Version*> old_versions(Term module);
size_t old_version_count(Term module);
// By id: current or old; null when it is gone.
const Version* find_version(uint64_t id);
// The live version whose code holds the address; null for the runtime's own entries and for code that is gone.
const Version* version_at(Code address);
// All current versions, in the order of their first load.
std::vector<const Version*> current_versions();
// All live versions, old ones included.
std::vector<const Version*> live_versions();

// -- changes

// Current becomes old (if there is one), the version becomes current.
void publish_version(std::unique_ptr<Version> version);
// Current becomes old, nothing becomes current. False when there is no current one.
bool retire_current_version(Term module);
// Takes the oldest old version out; null when there is none. MT2 holds for whoever gets it.
std::unique_ptr<Version> take_old_version(Term module);
// The number the module's next version gets: one more than any it had.
uint32_t next_version_number(Term module);

}  // namespace hj::rt
