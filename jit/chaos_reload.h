// Chaos build only: modules loaded again under the processes that call them (runtime/code/chaos_reload.h says why).
//
// External calls ask for it; a thread of its own does it, a third of the time however many ask. The twin is linked
// from the object the first reload of that code was compiled to, and becomes current as any version does, with the number of
// the one it replaces. Twins that nobody is in any more are removed as a soft purge removes old code, before the next reload
// of the module: so the purger, the literal collector and thread progress are exercised, too. While a module has all the
// twins it may have, it is left alone.
//
// HOTJIT_CHAOS_REPORT, set to anything: the number of reloads is told on stderr when the runtime ends.
//
// Invariants:
//   CR1  Nothing Erlang can ask tells a reload: no number is used up, nobody is killed, closures lead to the newest twin, traces
//        find their lines by number.
//   CR2  Requests are answered only between begin() and end(): a reload needs schedulers.
//
// Threads: request() any thread, never blocks; begin() and end() the thread that starts and stops the runtime.
#pragma once
#if defined(HJ_CHAOS)
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "jit/version_builder.h"
#include "runtime/abi/term.h"

namespace hj::jit {

class ChaosReload {
 public:
  // reload(module) runs on the thread made here, and says whether it did.
  explicit ChaosReload(std::function<bool(rt::Term)> reload) : reload_(std::move(reload)) {}
  ~ChaosReload() { end(); }
  void request(rt::Term module);
  void begin();
  // Waits for the reload that is under way.
  void end();

  // -- the code server's, under its twin lock
  std::mutex twin_lock;
  // The module's object; null until a reload has kept it, or when it was another text's.
  const CompiledModule* kept(rt::Term module, const core::Module* text) const;
  const CompiledModule& keep(rt::Term module, CompiledModule compiled);

 private:
  void run();

  std::function<bool(rt::Term)> reload_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_running_ = false;
  // A non-value: nothing is asked for.
  rt::Term wanted_ = rt::Term::non_value();
  uint64_t reloads_ = 0;
  std::thread thread_;
  // By the module's atom.
  std::unordered_map<uint64_t, CompiledModule> kept_;
};

}  // namespace hj::jit
#endif
