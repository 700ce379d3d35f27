// The options of monitor/3, which spawn_opt takes too: {alias, Mode}, {tag, Term}.
//
// Threads: the scheduler that runs the process.
#pragma once
#include <optional>

#include "runtime/abi/term.h"
#include "runtime/process/alias.h"

namespace hj::stdlib {

struct MonitorOptions {
  rt::Term tag{};   // or a non-value
  std::optional<rt::AliasMode> alias;
};

// Nothing: the list is improper, or an option is none of these.
std::optional<MonitorOptions> read_monitor_options(rt::Term list);

}  // namespace hj::stdlib
