#include "stdlib/natives/monitor_options.h"

#include "runtime/term/atoms.h"

namespace hj::stdlib {

using namespace rt;

static bool read_option(MonitorOptions& options, Term option) {
  if (!option.is_tuple() || option.tuple_size() != 2) return false;
  Term key = option.tuple_elements()[0];
  Term value = option.tuple_elements()[1];
  if (key == am::tag) {
    options.tag = value;
    return true;
  }
  if (key != am::alias) return false;
  if (value == am::explicit_unalias) options.alias = AliasMode::Explicit;
  else if (value == am::demonitor) options.alias = AliasMode::Demonitor;
  else if (value == am::reply_demonitor) options.alias = AliasMode::ReplyDemonitor;
  else return false;
  return true;
}

std::optional<MonitorOptions> read_monitor_options(Term list) {
  MonitorOptions options;
  for (; list.is_cons(); list = list.tail()) {
    if (!read_option(options, list.head())) return std::nullopt;
  }
  return list.is_nil() ? std::optional(options) : std::nullopt;
}

}  // namespace hj::stdlib
