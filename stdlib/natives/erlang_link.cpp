// Links, monitors, group leaders.
#include <optional>

#include "runtime/heap/build.h"
#include "runtime/process/alias.h"
#include "runtime/process/exception.h"
#include "runtime/process/interrupt.h"
#include "runtime/process/receive.h"
#include "runtime/process/registry.h"
#include "runtime/process/relations.h"
#include "runtime/process/send.h"
#include "runtime/term/atoms.h"
#include "runtime/term/order.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/monitor_options.h"

namespace hj::stdlib {

using namespace rt;

// "Sets up and activates a link between the calling process and another process." When there is none, the error is noproc, or,
// for who traps exits, a message.
static Term erlang_link_1(Process& process, Term pid) {
  if (!pid.is_pid()) return raise_badarg(process);
  if (add_link(process, pid)) return am::true_;
  if (!process.trap_exit) return raise_error(process, am::noproc);
  send_exit(process.pid, pid, am::noproc);
  return am::true_;
}

// "Removes a link between the calling process and another process or a port."
static Term erlang_unlink_1(Process& process, Term pid) {
  if (pid.is_port()) return am::true_;
  if (!pid.is_pid()) return raise_badarg(process);
  fetch_signals(process);
  if (process.is_exiting) return Term::non_value();
  remove_link(process, pid);
  return am::true_;
}

// -- monitors

// A pid, a name, or {Name, this node}.
static bool read_item(Term item, Term& pid, Term& name) {
  if (item.is_tuple() && item.tuple_size() == 2 && item.tuple_elements()[1] == am::nonode) item = item.tuple_elements()[0];
  pid = item;
  name = Term::non_value();
  if (item.is_pid()) return true;
  if (!item.is_atom()) return false;
  name = item;
  pid = where_is(item);
  return true;
}

static Term monitor_item(Process& process, Term type, Term item, Term tag) {
  if (type != am::process) {
    bool is_known = type == am::port || type == am::time_offset;
    return is_known ? raise_badarg(process) : raise_badarg_cause(process, am::badtype);
  }
  Term pid;
  Term name;
  if (!read_item(item, pid, name)) return raise_badarg(process);
  return add_monitor(process, pid, name, tag);
}

// "Sends a monitor request of type Type to the entity identified by Item."
static Term erlang_monitor_2(Process& process, Term type, Term item) {
  return monitor_item(process, type, item, Term::non_value());
}

static Term erlang_monitor_3(Process& process, Term type, Term item, Term list) {
  const std::optional<MonitorOptions> options = read_monitor_options(list);
  if (!options) return raise_badarg_cause(process, am::badopt);
  Term reference = monitor_item(process, type, item, options->tag);
  if (reference.is_value() && options->alias) add_alias(process, key_of(reference), *options->alias);
  return reference;
}

// "Create an alias which can be used when sending messages to the process that created the alias."
static Term erlang_alias_1(Process& process, Term list) {
  AliasMode mode = AliasMode::Explicit;
  for (; list.is_cons(); list = list.tail()) {
    if (list.head() == am::reply) mode = AliasMode::Reply;
    else if (list.head() == am::explicit_unalias) mode = AliasMode::Explicit;
    else return raise_badarg(process);
  }
  if (!list.is_nil()) return raise_badarg(process);
  Term reference = make_reference(process);
  add_alias(process, key_of(reference), mode);
  return reference;
}
static Term erlang_alias_0(Process& process) { return erlang_alias_1(process, Term::nil()); }

// "Deactivates the alias Alias previously created by the calling process." False when it was not there.
static Term erlang_unalias_1(Process& process, Term reference) {
  if (!reference.is_reference()) return raise_badarg(process);
  return remove_alias(process, key_of(reference)) ? am::true_ : am::false_;
}

// A 'DOWN' of the monitor that is in the mailbox already is removed: {_, Reference, _, _, _}.
static bool flush_down(Process& process, Term reference) {
  for (Signal** link = &process.inbox.first; *link != nullptr; link = &(*link)->next) {
    Term message = (*link)->term;
    if (!message.is_tuple() || message.tuple_size() != 5 || !exact_equal(message.tuple_elements()[1], reference)) continue;
    free_signal(process.inbox.unlink(link));
    return true;
  }
  return false;
}

// flush: "removes (one) {_, MonitorRef, _, _, _} message, if there is one, from the caller message queue"; info: whether the
// monitor was there (with flush: and no message had to be removed).
static Term erlang_demonitor_2(Process& process, Term reference, Term options) {
  bool wants_flush = false;
  bool wants_info = false;
  if (!reference.is_reference()) return raise_badarg(process);
  for (; options.is_cons(); options = options.tail()) {
    if (options.head() == am::flush) wants_flush = true;
    else if (options.head() == am::info) wants_info = true;
    else return raise_badarg(process);
  }
  if (!options.is_nil()) return raise_badarg(process);
  bool was_there = remove_monitor(process, key_of(reference));
  if (wants_flush && !was_there) {
    fetch_signals(process);
    flush_down(process, reference);
  }
  return was_there || !wants_info ? am::true_ : am::false_;
}

static Term erlang_demonitor_1(Process& process, Term reference) {
  return erlang_demonitor_2(process, reference, Term::nil());
}

// -- group leaders

// "Returns the process identifier of the group leader for the process evaluating the function."
static Term erlang_group_leader_0(Process& process) { return process.group_leader; }

static Term erlang_group_leader_2(Process& process, Term leader, Term pid) {
  if (!leader.is_pid() || !pid.is_pid()) return raise_badarg(process);
  if (pid == process.pid) {
    process.group_leader = leader;
  } else {
    send_plain(SignalKind::SetGroupLeader, pid, leader);
  }
  return am::true_;
}

NativeTable erlang_link_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("erlang", "alias", 0, Leaf, true, erlang_alias_0),
      HJ_NATIVE_ROW("erlang", "alias", 1, Leaf, true, erlang_alias_1),
      HJ_NATIVE_ROW("erlang", "demonitor", 1, Leaf, false, erlang_demonitor_1),
      HJ_NATIVE_ROW("erlang", "demonitor", 2, Leaf, false, erlang_demonitor_2),
      HJ_NATIVE_ROW("erlang", "group_leader", 0, Leaf, false, erlang_group_leader_0),
      HJ_NATIVE_ROW("erlang", "group_leader", 2, Leaf, false, erlang_group_leader_2),
      HJ_NATIVE_ROW("erlang", "link", 1, Leaf, false, erlang_link_1),
      HJ_NATIVE_ROW("erlang", "monitor", 2, Leaf, true, erlang_monitor_2),
      HJ_NATIVE_ROW("erlang", "monitor", 3, Leaf, true, erlang_monitor_3),
      HJ_NATIVE_ROW("erlang", "unalias", 1, Leaf, false, erlang_unalias_1),
      HJ_NATIVE_ROW("erlang", "unlink", 1, Leaf, true, erlang_unlink_1),
  };
  return kTable;
}

}  // namespace hj::stdlib
