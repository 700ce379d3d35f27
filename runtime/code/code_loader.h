// The one upward interface: how the runtime asks for code it does not have. jit's code server implements it.
//
// Why: the runtime must build and run its tests without LLVM; calls of undefined functions, spawn of unloaded modules and the
// natives of module code reach the code server through this.
//
// Threads: every function but optimize() and reload_some_time() may be called on any thread that may block (never on a scheduler thread): the natives
// that use it are Blocking natives.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/abi/term.h"

namespace hj::rt {

enum class LoadError { None, Nofile, Badfile, NotPurged, OnLoadFailure };

struct PurgeReport {
  bool was_old = false;
  std::vector<Term> killed;   // pids
};

class CodeLoader {
 public:
  virtual ~CodeLoader() = default;
  // Finds the module on the code path, compiles and loads it, unless it is loaded already (interactive mode).
  virtual LoadError ensure_loaded(Term module) = 0;
  // code:load_file/1: never purges.
  virtual LoadError load_file(Term module) = 0;
  // A version has become hot (tier_up.h). Called by schedulers, now and then twice for one version: must not block.
  virtual void optimize(uint64_t version_id) {}
#if defined(HJ_CHAOS)
  // An external call wants the module it calls loaded again (chaos_reload.h). Called by schedulers: must not block.
  virtual void reload_some_time(Term module) {}
  // Between the two nothing is reloaded: a reload needs schedulers.
  virtual void end_reloads() {}
  virtual void begin_reloads() {}
#endif
};

// Set once, before schedulers start. May be null in tests of the runtime alone: then undefined stays undef.
void set_code_loader(CodeLoader* loader);
CodeLoader* code_loader();

}  // namespace hj::rt
