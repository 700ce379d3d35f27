#include "runtime/process/relations.h"

#include "runtime/heap/build.h"
#include "runtime/process/alias.h"
#include "runtime/process/process.h"
#include "runtime/process/send.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

Relations& relations_of(Process& process) {
  if (process.relations == nullptr) process.relations = new Relations;
  return *process.relations;
}

bool add_link(Process& process, Term pid) {
  if (pid == process.pid) return true;
  Relations& mine = relations_of(process);
  auto [at, is_new] = mine.links.try_emplace(pid.bits);
  if (!is_new && at->second.unlink_id == 0) return true;
  {
    ProgressGuard guard;
    if (find_process(pid) == nullptr) {
      // An unlink on its way to it will be answered by nobody.
      mine.links.erase(at);
      return false;
    }
  }
  at->second.unlink_id = 0;
  // Should the process end before the signal arrives, the answer is its exit.
  send_plain(SignalKind::Link, pid, process.pid);
  return true;
}

void remove_link(Process& process, Term pid) {
  if (process.relations == nullptr) return;
  auto at = process.relations->links.find(pid.bits);
  if (at == process.relations->links.end() || at->second.unlink_id != 0) return;
  at->second.unlink_id = ++process.relations->last_unlink_id;
  send_numbered(SignalKind::Unlink, pid, process.pid, at->second.unlink_id);
}

Term add_monitor(Process& process, Term pid, Term name, Term tag) {
  ReferenceNumbers numbers = next_reference_numbers();
  Term reference = write_reference(heap_alloc(process, kReferenceWords), numbers);
  ReferenceKey key = key_of(numbers);
  relations_of(process).monitors[key] = {pid, name, tag};
  if (pid.is_value() && pid != process.pid) {
    send_numbered(SignalKind::Monitor, pid, process.pid, 0, key);
  } else if (!pid.is_value()) {
    send_monitor_down(process.pid, process.pid, key, am::noproc);
  }
  return reference;
}

bool remove_monitor(Process& process, const ReferenceKey& key) {
  if (process.relations == nullptr) return false;
  end_alias_of_monitor(process, key);
  auto at = process.relations->monitors.find(key);
  if (at == process.relations->monitors.end()) return false;
  if (at->second.target.is_value()) send_numbered(SignalKind::Demonitor, at->second.target, process.pid, 0, at->first);
  process.relations->monitors.erase(at);
  return true;
}

void notify_relations(Process& process, Term reason) {
  Relations* mine = process.relations;
  if (mine == nullptr) return;
  remove_all_aliases(process);
  process.relations = nullptr;
  for (const auto& [pid, link] : mine->links) {
    if (link.unlink_id == 0) send_link_exit(Term::from_bits(pid), process.pid, reason);
  }
  for (const auto& [reference, watcher] : mine->monitored_by) send_monitor_down(watcher, process.pid, reference, reason);
  for (const auto& [reference, monitor] : mine->monitors) {
    if (monitor.target.is_value()) send_numbered(SignalKind::Demonitor, monitor.target, process.pid, 0, reference);
  }
  delete mine;
}

}  // namespace hj::rt
