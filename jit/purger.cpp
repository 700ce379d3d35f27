#include "jit/purger.h"

#include <algorithm>

#include "base/check.h"
#include "jit/version_builder.h"
#include "runtime/code/fun_entry.h"
#include "runtime/code/module_table.h"
#include "runtime/code/purge.h"
#include "runtime/code/tier_up.h"
#include "runtime/native/thunks.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"

namespace hj::jit {

using rt::Term;
using rt::Version;

void activate_funs(Version& version) {
  for (size_t i = 0; i < version.fun_entries.size(); ++i) {
    rt::FunEntry& fun = *version.fun_entries[i];
    // Release, both: pair with the acquires of whoever calls the fun. Version first: an entry with code is never undecided.
    fun.version.store(&version, std::memory_order_release);
    fun.code.store(version.fun_codes[i], std::memory_order_release);
  }
}

// Step 1. The entries keep their version: that is what makes them pending.
static void suspend_funs(const Version& version) {
  for (rt::FunEntry* fun : version.fun_entries) {
    if (fun->version.load(std::memory_order_relaxed) != &version) continue;
    // Release: pairs with the acquire of whoever calls the fun.
    fun->code.store(rt::purged_fun_thunk(fun->arity), std::memory_order_release);
  }
}

// Those whose entry is this version's: a newer one of equal code may have taken it over.
static void lead_funs_to(const Version& version) {
  for (size_t i = 0; i < version.fun_entries.size(); ++i) {
    rt::FunEntry& fun = *version.fun_entries[i];
    if (fun.version.load(std::memory_order_relaxed) != &version) continue;
    fun.code.store(rt::fastest_entry(version.fun_codes[i]), std::memory_order_release);
  }
}

// Step 4 of a soft purge that found somebody.
static void resume_funs(const Version& version) { lead_funs_to(version); }

void speed_up_funs(const Version& version) { lead_funs_to(version); }

// Step 5.
static void forget_funs(const Version& version) {
  for (rt::FunEntry* fun : version.fun_entries) {
    if (fun->version.load(std::memory_order_relaxed) != &version) continue;
    fun->version.store(nullptr, std::memory_order_release);
  }
}

static void await_progress() { rt::wait_for_progress(rt::take_progress_target()); }

// Step 7. The literals outlive the code: terms made of them may be anywhere.
static void destroy(std::unique_ptr<Version> version) {
  Term* begin = version->literals_begin;
  Term* end = version->literals_end;
  version->literals_begin = version->literals_end = nullptr;
  discard_version(std::move(version));
  if (begin != end) rt::release_literals(begin, end);
}

// A process may linger in several versions at once.
static void add_new(std::vector<Term>& pids, const std::vector<Term>& more) {
  for (Term pid : more) {
    if (std::find(pids.begin(), pids.end(), pid) == pids.end()) pids.push_back(pid);
  }
}

Purger::~Purger() = default;

// Steps 5 to 7.
void Purger::remove(const Version& of, std::vector<Term> remaining) {
  std::unique_ptr<Version> version = rt::take_version(of);
  forget_funs(*version);
  await_progress();
  if (remaining.empty()) {
    destroy(std::move(version));
  } else {
    dying_.push_back({std::move(version), std::move(remaining)});
  }
}

rt::PurgeReport Purger::purge(Term module) {
  sweep();
  rt::PurgeReport report;
  while (const Version* version = rt::oldest_version(module)) {
    report.was_old = true;
    suspend_funs(*version);
    await_progress();
    const std::vector<Term> lingering = rt::find_lingering(*version);
    std::vector<Term> remaining = rt::kill_and_wait(lingering);
    add_new(report.killed, lingering);
    remove(*version, std::move(remaining));
  }
  return report;
}

bool Purger::try_remove(const Version& version) {
  // The common no, before anybody's closures have to wait.
  if (rt::any_lingering(version)) return false;
  suspend_funs(version);
  await_progress();
  if (rt::any_lingering(version)) {
    resume_funs(version);
    return false;
  }
  remove(version, {});
  return true;
}

bool Purger::soft_purge(Term module) {
  sweep();
  while (const Version* version = rt::oldest_version(module)) {
    if (!try_remove(*version)) return false;
  }
  return true;
}

size_t Purger::lingering_count(Term module) {
  std::vector<Term> lingering;
  for (const Version* version : rt::old_versions(module)) add_new(lingering, rt::find_lingering(*version));
  return lingering.size();
}

void Purger::sweep() {
  for (DyingVersion& dying : dying_) {
    rt::ProgressGuard guard;
    std::erase_if(dying.pids, [](Term pid) { return rt::find_process(pid) == nullptr; });
  }
  auto first_gone = std::partition(dying_.begin(), dying_.end(), [](const auto& dying) { return !dying.pids.empty(); });
  std::vector<DyingVersion> gone(std::make_move_iterator(first_gone), std::make_move_iterator(dying_.end()));
  dying_.erase(first_gone, dying_.end());
  if (gone.empty()) return;
  // The last of the processes may still be on its way out of the scheduler.
  await_progress();
  for (DyingVersion& dying : gone) destroy(std::move(dying.version));
}

}  // namespace hj::jit
