// Registered names, and pids as text.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "runtime/heap/build.h"
#include "runtime/process/exception.h"
#include "runtime/process/registry.h"
#include "runtime/process/table.h"
#include "runtime/term/atoms.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace rt;

// "Registers the name RegName with a process identifier (pid) in the name registry."
static Term erlang_register_2(Process& process, Term name, Term pid) {
  if (!name.is_atom() || name == am::undefined || !pid.is_pid()) return raise_badarg_cause(process, am::none);
  switch (register_name(name, pid)) {
    case RegisterOutcome::Done: return am::true_;
    case RegisterOutcome::NotAlive: return raise_badarg_cause(process, am::notalive);
    case RegisterOutcome::NameTaken: return raise_badarg_cause(process, am::none);
    case RegisterOutcome::AlreadyNamed: return raise_badarg_cause(process, am::registered_name);
  }
  return raise_badarg(process);
}

// "Removes the registered name RegName associated with a process identifier or a port identifier from the name registry."
static Term erlang_unregister_1(Process& process, Term name) {
  if (!name.is_atom() || !unregister_name(name)) return raise_badarg(process);
  return am::true_;
}

// "Returns the process identifier or port identifier with the registered name RegName", or undefined.
static Term erlang_whereis_1(Process& process, Term name) {
  if (!name.is_atom()) return raise_badarg(process);
  Term pid = where_is(name);
  return pid.is_value() ? pid : am::undefined;
}

static Term erlang_registered_0(Process& process) { return make_list(process, registered_names()); }

// "<0.N.S>"
static Term erlang_pid_to_list_1(Process& process, Term pid) {
  if (!pid.is_pid()) return raise_badarg(process);
  return make_string(process, fmt::format("<0.{}.{}>", pid_number(pid), pid_serial(pid)));
}

// Digits and one character behind them.
static bool read_number(const char*& at, const char* end, uint64_t limit, char behind, uint64_t& number) {
  auto [next, error] = std::from_chars(at, end, number);
  if (error != std::errc{} || next == end || *next != behind || number >= limit) return false;
  at = next + 1;
  return true;
}

static Term erlang_list_to_pid_1(Process& process, Term list) {
  std::string text;
  for (; list.is_cons(); list = list.tail()) {
    if (!list.head().is_small() || list.head().small() < 0 || list.head().small() > 127) return raise_badarg(process);
    text += static_cast<char>(list.head().small());
  }
  const char* at = text.data();
  const char* end = at + text.size();
  uint64_t node = 0;
  uint64_t number = 0;
  uint64_t serial = 0;
  bool is_pid = list.is_nil() && at != end && *at++ == '<' && read_number(at, end, 1, '.', node) &&
                read_number(at, end, uint64_t{1} << kPidNumberBits, '.', number) &&
                read_number(at, end, uint64_t{1} << kPidSerialBits, '>', serial) && at == end;
  return is_pid ? make_pid(number, serial) : raise_badarg(process);
}

NativeTable erlang_registry_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("erlang", "list_to_pid", 1, Leaf, false, erlang_list_to_pid_1),
      HJ_NATIVE_ROW("erlang", "pid_to_list", 1, Leaf, true, erlang_pid_to_list_1),
      HJ_NATIVE_ROW("erlang", "register", 2, Leaf, false, erlang_register_2),
      HJ_NATIVE_ROW("erlang", "registered", 0, Leaf, true, erlang_registered_0),
      HJ_NATIVE_ROW("erlang", "unregister", 1, Leaf, false, erlang_unregister_1),
      HJ_NATIVE_ROW("erlang", "whereis", 1, Leaf, false, erlang_whereis_1),
  };
  return kTable;
}

}  // namespace hj::stdlib
