// Removing old versions: OTP's erts_code_purger, with the order of its steps.
//
// A version may go when no process is inside it, no closure leads to it, and no thread can still be on the way from a cell or a
// fun entry to its code. The steps, in this order because each makes the next one's answer final:
//
//   1. fun entries that lead to the version lead to the purged-fun stub instead. While the purge is undecided a caller of such
//      a closure waits there (fun_entry.h, "pending")
//   2. wait for thread progress: nobody is between a fun entry (or a cell of before the load) and the version's code
//   3. find who lingers. Nobody can come in any more, and nobody outside can become one who lingers
//   4. soft: somebody does -> fun entries lead to the code again, the answer is no
//      hard: kill them and wait for their ends
//   5. pending closures are decided: they raise badfun, or undef when there is no current version
//   6. the version leaves the module table; wait for thread progress: nobody holds what a question returned
//   7. code and tables are destroyed, the literal area goes to the literal collector
//
// A process that is blocked in a native cannot be waited for (it may be the one that asked for this purge): it is sent its
// kill, and the version waits in `dying_` until such processes are gone. They never return to its code.
//
// Invariants:
//   PG1  A version is destroyed only at step 7, or by sweep() once none of its last processes is alive.
//   PG2  An abandoned (soft) purge leaves everything as it was.
//
// Threads: under the code server's lock.
#pragma once
#include <memory>
#include <vector>

#include "runtime/code/code_loader.h"
#include "runtime/code/version.h"

namespace hj::jit {

class Purger {
 public:
  ~Purger();
  // All old versions of the module.
  rt::PurgeReport purge(rt::Term module);
  // False: somebody lingers in one, which stays. True when there is no old code (any more).
  bool soft_purge(rt::Term module);
  // The same for one version that is not current.
  bool try_remove(const rt::Version& version);
  // Processes in old versions of the module.
  size_t lingering_count(rt::Term module);
  // Destroys what waited for blocked processes that have ended since.
  void sweep();

 private:
  struct DyingVersion {
    std::unique_ptr<rt::Version> version;
    std::vector<rt::Term> pids;
  };

  void remove(const rt::Version& version, std::vector<rt::Term> remaining);

  std::vector<DyingVersion> dying_;
};

// The version's closures work from now on: its fun entries lead to it.
void activate_funs(rt::Version& version);
// Those of its fun entries that lead to it lead to its optimized body.
void speed_up_funs(const rt::Version& version);

}  // namespace hj::jit
