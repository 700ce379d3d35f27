// Processes as programs see them: self, exit/2, flags, process_info, the dictionary, hibernation, the end of everything.
#include <algorithm>
#include <vector>

#include "runtime/code/export_table.h"
#include "runtime/heap/build.h"
#include "runtime/heap/gc.h"
#include "runtime/native/native_call.h"
#include "runtime/process/dictionary.h"
#include "runtime/process/exception.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/process_info.h"
#include "runtime/process/requests.h"
#include "runtime/process/send.h"
#include "runtime/process/table.h"
#include "runtime/runtime.h"
#include "runtime/term/atoms.h"
#include "runtime/term/order.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace rt;

// "Returns the process identifier of the calling process."
static Term erlang_self_0(Process& process) { return process.pid; }

// "Sends an exit signal with exit reason Reason to the process or port identified by Pid." One's own is seen to at once.
static Term erlang_exit_2(Process& process, Term pid, Term reason) {
  if (!pid.is_pid()) return pid.is_port() ? am::true_ : raise_badarg(process);
  send_exit(pid, process.pid, reason);
  if (pid != process.pid) return am::true_;
  fetch_signals(process);
  // As if it had raised: there is no way back (raise_pending).
  return process.is_exiting ? Term::non_value() : am::true_;
}

static Term boolean(bool value) { return value ? am::true_ : am::false_; }

// -- process_flag

static constexpr Term kPriorities[] = {am::max, am::high, am::normal, am::low};

static Term set_trap_exit(Process& process, Term value) {
  if (value != am::true_ && value != am::false_) return raise_badarg(process);
  // Signals that are here already are treated as the flag was when they came.
  fetch_signals(process);
  if (process.is_exiting) return Term::non_value();
  Term old = boolean(process.trap_exit);
  process.trap_exit = value == am::true_;
  return old;
}

static Term set_priority(Process& process, Term value) {
  for (int i = 0; i < 4; i++) {
    if (kPriorities[i] != value) continue;
    Term old = kPriorities[static_cast<int>(process.priority)];
    process.priority = static_cast<Priority>(i);
    return old;
  }
  return raise_badarg(process);
}

static Term set_number(Process& process, Term flag, Term value) {
  if (!value.is_small() || value.small() < 0) return raise_badarg(process);
  auto number = static_cast<uint64_t>(value.small());
  Heap& heap = process.heap;
  Term old;
  if (flag == am::min_heap_size) {
    old = make_unsigned(process, heap.min_words);
    heap.min_words = std::max<uint64_t>(number, kInitialBlockWords);
  } else if (flag == am::fullsweep_after) {
    old = make_unsigned(process, heap.fullsweep_after);
    heap.fullsweep_after = static_cast<uint32_t>(std::min<uint64_t>(number, UINT32_MAX));
  } else {
    old = Term::from_small(46422);
  }
  return old;
}

static Term max_heap_size_map(Process& process) {
  Term keys = make_tuple(process, {am::error_logger, am::kill, am::size});
  Term* map = heap_alloc(process, 5);
  map[0] = Term::header(Subtag::FlatMap, 4);
  map[1] = keys;
  map[2] = am::true_;
  map[3] = am::true_;
  map[4] = make_unsigned(process, process.heap.max_words);
  return Term::boxed(map);
}

static Term set_max_heap_size(Process& process, Term value) {
  if (value.is_boxed_of(Subtag::FlatMap)) return max_heap_size_map(process);
  if (!value.is_small() || value.small() < 0) return raise_badarg(process);
  Term old = max_heap_size_map(process);
  process.heap.max_words = static_cast<uint64_t>(value.small());
  return old;
}

// "Sets the process flag indicated to the specified value. Returns the previous value of the flag."
static Term erlang_process_flag_2(Process& process, Term flag, Term value) {
  if (flag == am::trap_exit) return set_trap_exit(process, value);
  if (flag == am::priority) return set_priority(process, value);
  if (flag == am::max_heap_size) return set_max_heap_size(process, value);
  if (flag == am::min_heap_size || flag == am::fullsweep_after || flag == am::min_bin_vheap_size) {
    return set_number(process, flag, value);
  }
  if (flag == am::error_handler) return value.is_atom() ? am::error_handler : raise_badarg(process);
  if (flag == am::message_queue_data) return value.is_atom() ? am::on_heap : raise_badarg(process);
  if (flag == am::save_calls) return value.is_small() ? Term::from_small(0) : raise_badarg(process);
  if (flag == am::sensitive) return value.is_atom() ? am::false_ : raise_badarg(process);
  return raise_badarg_cause(process, am::badopt);
}

// -- process_info

static bool are_info_items(Term items) {
  if (items.is_atom()) return is_info_item(items);
  for (; items.is_cons(); items = items.tail()) {
    if (!items.head().is_atom() || !is_info_item(items.head())) return false;
  }
  return items.is_nil();
}

// Asks, waits, answers; a Full native that runs again and again until it can return.
static NativeResult answer_of(Process& process, Term whom, RequestKind kind, Term argument, Term when_dead) {
  switch (answer_state(process)) {
    case Answer::NotAsked:
      ask(process, whom, kind, argument);
      return NativeResult::Wait;
    case Answer::Open:
      return NativeResult::Wait;
    case Answer::Here:
      break;
  }
  Term answer = take_answer(process);
  return return_value(process, answer == am::noproc ? when_dead : answer);
}

static NativeResult info(Process& process, Term pid, Term items) {
  if (pid != process.pid) return answer_of(process, pid, RequestKind::ProcessInfo, items, am::undefined);
  fetch_signals(process);
  return return_value(process, process_info(process, items));
}

// "Returns a list containing InfoTuples with miscellaneous information about the process identified by Pid, or undefined".
static NativeResult erlang_process_info_1(Process& process, Term* args) {
  if (!args[0].is_pid()) return raised(raise_badarg(process));
  return info(process, args[0], Term::nil());
}

static NativeResult erlang_process_info_2(Process& process, Term* args) {
  if (!args[0].is_pid() || !are_info_items(args[1])) return raised(raise_badarg(process));
  if (args[1].is_nil()) return return_value(process, Term::nil());
  return info(process, args[0], args[1]);
}

// "Returns true if the process exists at the time of the call, and is not exiting." Signals sent before are seen first.
static NativeResult erlang_is_process_alive_1(Process& process, Term* args) {
  if (!args[0].is_pid()) return raised(raise_badarg(process));
  if (args[0] == process.pid) return return_value(process, am::true_);
  return answer_of(process, args[0], RequestKind::IsAlive, Term::nil(), am::false_);
}

// "Returns a list of process identifiers corresponding to all the processes currently existing on the local node."
static Term erlang_processes_0(Process& process) {
  std::vector<Term> pids;
  for_each_process([&](Process& each) { pids.push_back(each.pid); });
  std::sort(pids.begin(), pids.end(), [](Term a, Term b) { return a.bits < b.bits; });
  return make_list(process, pids);
}

// -- the dictionary

static Term or_undefined(Term value) { return value.is_value() ? value : am::undefined; }

// "Adds a new Key to the process dictionary, associated with the value Val, and returns undefined", or the old value.
static Term erlang_put_2(Process& process, Term key, Term value) { return or_undefined(dictionary_put(process, key, value)); }
static Term erlang_get_1(Process& process, Term key) { return or_undefined(dictionary_get(process, key)); }
static Term erlang_erase_1(Process& process, Term key) { return or_undefined(dictionary_erase(process, key)); }

static Term erlang_get_0(Process& process) {
  std::vector<Term> pairs;
  for_each_dictionary_entry(process, [&](Term key, Term value) { pairs.push_back(make_tuple(process, {key, value})); });
  return make_list(process, pairs);
}

static Term erlang_erase_0(Process& process) {
  Term all = erlang_get_0(process);
  free_dictionary(process);
  return all;
}

static Term erlang_get_keys_0(Process& process) {
  std::vector<Term> keys;
  for_each_dictionary_entry(process, [&](Term key, Term) { keys.push_back(key); });
  return make_list(process, keys);
}

static Term erlang_get_keys_1(Process& process, Term wanted) {
  std::vector<Term> keys;
  for_each_dictionary_entry(process, [&](Term key, Term value) {
    if (exact_equal(value, wanted)) keys.push_back(key);
  });
  return make_list(process, keys);
}

// -- time and memory given back

// "Forces an immediate garbage collection of the executing process." At the entry of a Full native its arguments are all that
// lives in registers, so it may collect here.
static NativeResult erlang_garbage_collect_0(Process& process, Term*) {
  if (collect(process, kNativeStackWords, CollectionKind::Major) == CollectionOutcome::HeapLimitExceeded) {
    set_exiting(process, am::killed);
    return NativeResult::Raise;
  }
  return return_value(process, am::true_);
}

static NativeResult erlang_garbage_collect_1(Process& process, Term* args) {
  if (!args[0].is_pid()) return raised(raise_badarg(process));
  if (args[0] == process.pid) return erlang_garbage_collect_0(process, args);
  return answer_of(process, args[0], RequestKind::Collect, Term::nil(), am::false_);
}

// "Tries to give other processes with the same or higher priority (if any) a chance to execute before returning."
static NativeResult erlang_yield_0(Process& process, Term*) {
  process.reds = 0;
  return return_value(process, am::true_);
}

static NativeResult erlang_bump_reductions_1(Process& process, Term* args) {
  if (!args[0].is_small() || args[0].small() < 0) return raised(raise_badarg(process));
  process.reds = std::max<int64_t>(0, process.reds - args[0].small());
  return return_value(process, am::true_);
}

// "Puts the calling process into a wait state where its memory allocation has been reduced as much as possible." The stack is
// thrown away, handlers and all; the first message wakes it in Module:Function(Args...).
static NativeResult erlang_hibernate_3(Process& process, Term* args) {
  bool is_list = true;
  Term rest = args[2];
  while (rest.is_cons()) rest = rest.tail();
  is_list = rest.is_nil();
  if (!args[0].is_atom() || !args[1].is_atom() || !is_list) return raised(raise_badarg(process));
  process.sp = process.heap.end - 1;
  open_heap(process);
  process.inbox.scan = &process.inbox.first;
  fetch_signals(process);
  if (process.inbox.first != nullptr) return trap_to(process, active_address(intern_export(am::erlang, am::apply, 3)));
  if (collect(process, kNativeStackWords, CollectionKind::Major) == CollectionOutcome::HeapLimitExceeded) {
    set_exiting(process, am::killed);
  }
  return NativeResult::Wait;
}

// -- the end

static NativeResult halt_with(Process& process, int64_t status) {
  request_halt(static_cast<int>(status & 0xff));
  return NativeResult::Wait;
}

static NativeResult erlang_halt_0(Process& process, Term*) { return halt_with(process, 0); }

// "The runtime system exits with integer value Status"; a string is a slogan, abort a crash.
static NativeResult erlang_halt_1(Process& process, Term* args) {
  if (args[0].is_small() && args[0].small() >= 0) return halt_with(process, args[0].small());
  if (args[0] == am::abort || args[0].is_cons()) return halt_with(process, 1);
  return raised(raise_badarg(process));
}

static NativeResult erlang_halt_2(Process& process, Term* args) { return erlang_halt_1(process, args); }

NativeTable erlang_process_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("erlang", "bump_reductions", 1, Full, true, erlang_bump_reductions_1),
      HJ_NATIVE_ROW("erlang", "erase", 0, Leaf, true, erlang_erase_0),
      HJ_NATIVE_ROW("erlang", "erase", 1, Leaf, false, erlang_erase_1),
      HJ_NATIVE_ROW("erlang", "exit", 2, Leaf, false, erlang_exit_2),
      HJ_NATIVE_ROW("erlang", "garbage_collect", 0, Full, true, erlang_garbage_collect_0),
      HJ_NATIVE_ROW("erlang", "garbage_collect", 1, Full, true, erlang_garbage_collect_1),
      HJ_NATIVE_ROW("erlang", "get", 0, Leaf, true, erlang_get_0),
      HJ_NATIVE_ROW("erlang", "get", 1, Leaf, false, erlang_get_1),
      HJ_NATIVE_ROW("erlang", "get_keys", 0, Leaf, true, erlang_get_keys_0),
      HJ_NATIVE_ROW("erlang", "get_keys", 1, Leaf, true, erlang_get_keys_1),
      HJ_NATIVE_ROW("erlang", "halt", 0, Full, true, erlang_halt_0),
      HJ_NATIVE_ROW("erlang", "halt", 1, Full, true, erlang_halt_1),
      HJ_NATIVE_ROW("erlang", "halt", 2, Full, true, erlang_halt_2),
      HJ_NATIVE_ROW("erlang", "hibernate", 3, Full, true, erlang_hibernate_3),
      HJ_NATIVE_ROW("erlang", "is_process_alive", 1, Full, true, erlang_is_process_alive_1),
      HJ_NATIVE_ROW("erlang", "process_flag", 2, Leaf, true, erlang_process_flag_2),
      HJ_NATIVE_ROW("erlang", "process_info", 1, Full, true, erlang_process_info_1),
      HJ_NATIVE_ROW("erlang", "process_info", 2, Full, true, erlang_process_info_2),
      HJ_NATIVE_ROW("erlang", "processes", 0, Leaf, true, erlang_processes_0),
      HJ_NATIVE_ROW("erlang", "put", 2, Leaf, false, erlang_put_2),
      HJ_NATIVE_ROW("erlang", "self", 0, Leaf, false, erlang_self_0),
      HJ_NATIVE_ROW("erlang", "yield", 0, Full, true, erlang_yield_0),
  };
  return kTable;
}

}  // namespace hj::stdlib
