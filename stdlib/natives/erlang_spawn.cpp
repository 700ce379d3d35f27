// erlang:spawn and its relatives.
#include "runtime/code/fun_entry.h"
#include "runtime/heap/build.h"
#include "runtime/process/exception.h"
#include "runtime/process/process.h"
#include "runtime/process/spawn.h"
#include "runtime/term/atoms.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/monitor_options.h"

namespace hj::stdlib {

using namespace rt;

static bool is_proper_list(Term list) {
  while (list.is_cons()) list = list.tail();
  return list.is_nil();
}

// Pid, or {Pid, Reference}; the process table may be full.
static Term result_of(Process& process, const Spawned& spawned) {
  if (!spawned.pid.is_value()) return raise_error(process, am::system_limit);
  return spawned.reference.is_value() ? make_tuple(process, {spawned.pid, spawned.reference}) : spawned.pid;
}

static Term start_mfa(Process& process, Term module, Term function, Term args, const SpawnOptions& options) {
  if (!module.is_atom() || !function.is_atom() || !is_proper_list(args)) return raise_badarg(process);
  return result_of(process, spawn_mfa(process, module, function, args, options));
}

static Term start_fun(Process& process, Term fun, const SpawnOptions& options) {
  if (!fun.is_fun()) return raise_badarg(process);
  return result_of(process, spawn_fun(process, fun, options));
}

// "Returns the process identifier of a new process started by the application of Fun to the empty list []."
static Term erlang_spawn_1(Process& process, Term fun) { return start_fun(process, fun, {}); }
static Term erlang_spawn_3(Process& process, Term module, Term function, Term args) {
  return start_mfa(process, module, function, args, {});
}

// "A link is created between the calling process and the new process, atomically."
static Term erlang_spawn_link_1(Process& process, Term fun) { return start_fun(process, fun, {.link = true}); }
static Term erlang_spawn_link_3(Process& process, Term module, Term function, Term args) {
  return start_mfa(process, module, function, args, {.link = true});
}

// "... and a monitor is created": {Pid, Reference}.
static Term erlang_spawn_monitor_1(Process& process, Term fun) { return start_fun(process, fun, {.monitor = true}); }
static Term erlang_spawn_monitor_3(Process& process, Term module, Term function, Term args) {
  return start_mfa(process, module, function, args, {.monitor = true});
}

// -- spawn_opt

static bool is_count(Term term) { return term.is_small() && term.small() >= 0; }

static bool set_priority(SpawnOptions& options, Term value) {
  if (value == am::max) options.priority = Priority::Max;
  else if (value == am::high) options.priority = Priority::High;
  else if (value == am::normal) options.priority = Priority::Normal;
  else if (value == am::low) options.priority = Priority::Low;
  else return false;
  return true;
}

// {Key, Value}
static bool set_pair(SpawnOptions& options, Term key, Term value) {
  if (key == am::priority) return set_priority(options, value);
  if (key == am::monitor) {
    const std::optional<MonitorOptions> monitor = read_monitor_options(value);
    if (!monitor) return false;
    options.monitor = true;
    options.monitor_tag = monitor->tag;
    options.monitor_alias = monitor->alias;
    return true;
  }
  if (key == am::message_queue_data) return value == am::on_heap || value == am::off_heap;
  // A map of max_heap_size is accepted; without maps in the language only its size could matter.
  if (key == am::max_heap_size && !value.is_small()) return value.is_boxed_of(Subtag::FlatMap);
  if (!is_count(value)) return false;
  auto number = static_cast<uint64_t>(value.small());
  if (key == am::min_heap_size) options.min_heap_words = std::max<uint64_t>(number, kInitialBlockWords);
  else if (key == am::max_heap_size) options.max_heap_words = number;
  else if (key == am::fullsweep_after) options.fullsweep_after = static_cast<uint32_t>(std::min<uint64_t>(number, UINT32_MAX));
  else return key == am::min_bin_vheap_size;
  return true;
}

static bool set_option(SpawnOptions& options, Term option) {
  if (option == am::link) {
    options.link = true;
    return true;
  }
  if (option == am::monitor) {
    options.monitor = true;
    return true;
  }
  if (!option.is_tuple() || option.tuple_size() != 2) return false;
  return set_pair(options, option.tuple_elements()[0], option.tuple_elements()[1]);
}

static bool read_options(SpawnOptions& options, Term list) {
  for (; list.is_cons(); list = list.tail()) {
    if (!set_option(options, list.head())) return false;
  }
  return list.is_nil();
}

// "Works as spawn/1, except that an extra option list is specified when creating the process."
static Term erlang_spawn_opt_2(Process& process, Term fun, Term list) {
  SpawnOptions options;
  if (!fun.is_fun()) return raise_badarg(process);
  if (!read_options(options, list)) return raise_badarg_cause(process, am::badopt);
  return start_fun(process, fun, options);
}

static Term erlang_spawn_opt_4(Process& process, Term module, Term function, Term args, Term list) {
  SpawnOptions options;
  if (!module.is_atom() || !function.is_atom() || !is_proper_list(args)) return raise_badarg(process);
  if (!read_options(options, list)) return raise_badarg_cause(process, am::badopt);
  return start_mfa(process, module, function, args, options);
}

NativeTable erlang_spawn_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("erlang", "spawn", 1, Leaf, true, erlang_spawn_1),
      HJ_NATIVE_ROW("erlang", "spawn", 3, Leaf, true, erlang_spawn_3),
      HJ_NATIVE_ROW("erlang", "spawn_link", 1, Leaf, true, erlang_spawn_link_1),
      HJ_NATIVE_ROW("erlang", "spawn_link", 3, Leaf, true, erlang_spawn_link_3),
      HJ_NATIVE_ROW("erlang", "spawn_monitor", 1, Leaf, true, erlang_spawn_monitor_1),
      HJ_NATIVE_ROW("erlang", "spawn_monitor", 3, Leaf, true, erlang_spawn_monitor_3),
      HJ_NATIVE_ROW("erlang", "spawn_opt", 2, Leaf, true, erlang_spawn_opt_2),
      HJ_NATIVE_ROW("erlang", "spawn_opt", 4, Leaf, true, erlang_spawn_opt_4),
  };
  return kTable;
}

}  // namespace hj::stdlib
