#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

// Sorted by file.
static constexpr NativeTable (*kTables[])() = {
    erlang_conversions,
    erlang_exception_natives,
    erlang_guard_bifs,
    erlang_link_natives,
    erlang_message_natives,
    erlang_process_natives,
    erlang_registry_natives,
    erlang_spawn_natives,
    erlang_time_natives,
    erlang_timer_natives,
    erlang_tuples,
    lists_natives,
};

void register_all_natives() {
  for (const auto table : kTables) rt::register_natives(table());
}

}  // namespace hj::stdlib
