#include "runtime/code/purge.h"

#include <chrono>
#include <thread>

#include "runtime/heap/frames.h"
#include "runtime/process/hold.h"
#include "runtime/process/process.h"
#include "runtime/process/send.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

// The process is held, so resume and the stack are its last slice's; a Blocked one's too (HO2).
static bool lingers(const Process& process, const Version& version) {
  if (version.contains(process.resume)) return true;
  bool found = false;
  for_each_frame(process.sp, process.heap.end, [&](Term*, Code code, const Descriptor&) {
    found = version.contains(code);
    return !found;
  });
  return found;
}

// visit(pid) for each process that lingers, until it returns false.
template <class Visit>
static void each_lingering(const Version& version, Visit visit) {
  bool go_on = true;
  for_each_process([&](Process& process) {
    if (!go_on) return;
    const Hold hold(process);
    if (hold.as() != HeldAs::Gone && lingers(process, version)) go_on = visit(process.pid);
  });
}

std::vector<Term> find_lingering(const Version& version) {
  std::vector<Term> pids;
  each_lingering(version, [&](Term pid) {
    pids.push_back(pid);
    return true;
  });
  return pids;
}

bool any_lingering(const Version& version) {
  bool found = false;
  each_lingering(version, [&](Term) {
    found = true;
    return false;
  });
  return found;
}

bool is_lingering(Term pid, const Version& version) {
  const ProgressGuard guard;
  Process* process = find_process(pid);
  if (process == nullptr) return false;
  const Hold hold(*process);
  return hold.as() != HeldAs::Gone && lingers(*process, version);
}

namespace {

enum class Ending : uint8_t { Gone, StillThere, Blocked };

}  // namespace

static Ending ending_of(Term pid) {
  const ProgressGuard guard;
  const Process* process = find_process(pid);
  if (process == nullptr) return Ending::Gone;
  // Acquire: pairs with the release of who blocked it; its kill is in its mailbox already.
  const uint32_t state = process->state.load(std::memory_order_acquire) & kStateMask;
  return state == static_cast<uint32_t>(ProcessState::Blocked) ? Ending::Blocked : Ending::StillThere;
}

std::vector<Term> kill_and_wait(std::span<const Term> pids) {
  for (Term pid : pids) send_exit(pid, pid, am::kill);
  std::vector<Term> remaining;
  for (Term pid : pids) {
    auto pause = std::chrono::microseconds(5);
    Ending ending = ending_of(pid);
    for (; ending == Ending::StillThere; ending = ending_of(pid)) {
      std::this_thread::sleep_for(pause);
      if (pause < std::chrono::microseconds(500)) pause *= 2;
    }
    if (ending == Ending::Blocked) remaining.push_back(pid);
  }
  return remaining;
}

}  // namespace hj::rt
