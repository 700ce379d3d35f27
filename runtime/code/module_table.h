// Which versions of which modules are live: for each module one current version, if any, and its old ones.
//
// The code server alone writes (under its lock); everybody may ask. Erlang's policy of one old version is the code server's:
// the table keeps any number, so that another policy needs no other table.
//
// Several live versions of a module may have one number: *twins*, the same code loaded again. Only the chaos build makes them
// (jit/chaos_reload.h). They must be invisible, so *old* means: of a smaller number than the current version, or any when there
// is no current one. A load of a new number makes the current version and its twins old together.
//
// Invariants:
//   MT1  A version is owned by the table from publish_version() to take_version().
//   MT2  What a question returned stays valid until the asking thread's next quiet point, or as long as its ProgressGuard
//        (sched/progress.h): whoever takes a version out waits for thread progress before destroying it.
//   MT3  Ids are unique and never used again: find_version() of a version that is gone finds nothing, never another one. A
//        module's numbers are never given to other code: who keeps one finds that code, in whichever twin.
//   MT4  Numbers never fall from one publish_version() of a module to the next, and stay only for the same code.
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
// The one a purge takes first, or null.
const Version* oldest_version(Term module);
// Newest first.
std::vector<const Version*> old_versions(Term module);
size_t old_version_count(Term module);
// Versions with the number of the current one that it has replaced.
std::vector<const Version*> twins_of_current(Term module);
// By id: current or old; null when it is gone.
const Version* find_version(uint64_t id);
// By number: the newest of its twins; null when all are gone.
const Version* find_version(Term module, uint32_t number);
// The live version whose code holds the address; null for the runtime's own entries and for code that is gone.
const Version* version_at(Code address);
// All current versions, in the order of their first load.
std::vector<const Version*> current_versions();
// All live versions, old ones included.
std::vector<const Version*> live_versions();

// -- changes

// Current (if there is one) becomes old, or a twin when the version has its number; the version becomes current.
void publish_version(std::unique_ptr<Version> version);
// Current becomes old, nothing becomes current. False when there is no current one.
bool retire_current_version(Term module);
// Takes out a version that is not current. MT2 holds for whoever gets it.
std::unique_ptr<Version> take_version(const Version& version);
// The number the module's next version gets: one more than any it had.
uint32_t next_version_number(Term module);

}  // namespace hj::rt
