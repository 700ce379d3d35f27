#include "runtime/process/spawn.h"

#include "base/check.h"
#include "runtime/arch/entry.h"
#include "runtime/code/export_table.h"
#include "runtime/heap/build.h"
#include "runtime/heap/copy.h"
#include "runtime/heap/memory.h"
#include "runtime/process/alias.h"
#include "runtime/process/group.h"
#include "runtime/process/relations.h"
#include "runtime/process/table.h"
#include "runtime/sched/scheduler.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

static Code apply_entry(uint32_t arity) {
  static const Export* const apply2 = intern_export(am::erlang, am::apply, 2);
  static const Export* const apply3 = intern_export(am::erlang, am::apply, 3);
  return active_address(arity == 2 ? apply2 : apply3);
}

// Not in the table, not queued: the arguments are still to come.
static Process* new_process(const SpawnOptions& options, size_t arg_words) {
  auto* process = new Process;
  account_memory(MemoryKind::Processes, sizeof(Process));
  process->priority = options.priority;
  process->heap.min_words = options.min_heap_words;
  process->heap.max_words = options.max_heap_words;
  process->heap.fullsweep_after = options.fullsweep_after;
  // Room for the arguments, the bottom of the stack and a native's first frame.
  heap_init(*process, std::max(options.min_heap_words, arg_words + 32));
  process->sp--;
  process->sp->bits = reinterpret_cast<uint64_t>(hj_process_done);
  open_heap(*process);
  return process;
}

static void set_start(Process& process, std::initializer_list<Term> args) {
  process.resume = apply_entry(static_cast<uint32_t>(args.size()));
  std::copy(args.begin(), args.end(), process.saved_x);
  process.saved_count = static_cast<uint16_t>(args.size());
}

static void free_unborn(Process* process) {
  heap_release(*process);
  delete process->relations;
  account_memory(MemoryKind::Processes, -static_cast<int64_t>(sizeof(Process)));
  delete process;
}

static Spawned start(Process& parent, Process* process, const SpawnOptions& options) {
  process->parent = parent.pid;
  process->group_leader = parent.group_leader;
  const ReferenceNumbers numbers = options.monitor ? next_reference_numbers() : ReferenceNumbers{};
  // The child's side first: once it is in the table, holders read it.
  if (options.link) relations_of(*process).links[parent.pid.bits] = {};
  if (options.monitor) relations_of(*process).monitored_by[key_of(numbers)] = parent.pid;
  if (!insert_process(*process)) {
    free_unborn(process);
    return {};
  }
  join_group(*process, parent.group);
  Spawned spawned{process->pid, Term::non_value()};
  if (options.link) relations_of(parent).links[process->pid.bits] = {};
  if (options.monitor) {
    spawned.reference = write_reference(heap_alloc(parent, kReferenceWords), numbers);
    relations_of(parent).monitors[key_of(numbers)] = {process->pid, Term::non_value(), options.monitor_tag};
    if (options.monitor_alias) add_alias(parent, key_of(numbers), *options.monitor_alias);
  }
  schedule(*process);
  return spawned;
}

Spawned spawn_mfa(Process& parent, Term module, Term function, Term args, const SpawnOptions& options) {
  Process* process = new_process(options, copied_words(args));
  uint32_t arity = 0;
  for (Term rest = args; rest.is_cons(); rest = rest.tail()) arity++;
  process->initial_module = module;
  process->initial_function = function;
  process->initial_arity = arity;
  set_start(*process, {module, function, copy_to_heap(*process, args)});
  return start(parent, process, options);
}

Spawned spawn_fun(Process& parent, Term fun, const SpawnOptions& options) {
  Process* process = new_process(options, copied_words(fun));
  process->initial_module = am::erlang;
  process->initial_function = am::apply;
  process->initial_arity = 2;
  set_start(*process, {copy_to_heap(*process, fun), Term::nil()});
  return start(parent, process, options);
}

Term spawn_first(Term module, Term function, Term args, ProcessGroup* group) {
  Process* process = new_process({}, copied_words(args));
  process->initial_module = module;
  process->initial_function = function;
  set_start(*process, {module, function, copy_to_heap(*process, args)});
  bool has_room = insert_process(*process);
  HJ_CHECK(has_room, "no room for the first process");
  // Its own group leader until there is an I/O server.
  process->group_leader = process->pid;
  join_group(*process, group);
  Term pid = process->pid;
  if (group != nullptr) group->entry_pid = pid;
  schedule(*process);
  return pid;
}

}  // namespace hj::rt
