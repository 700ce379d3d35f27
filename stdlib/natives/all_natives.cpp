#include "stdlib/natives/all_natives.h"

#include <string_view>

#include "runtime/term/atoms.h"

namespace hj::stdlib {

// Sorted by file.
static constexpr NativeTable (*kTables[])() = {
    code_natives,
    compile_natives,
    erlang_binaries,
    erlang_code_natives,
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
    io_natives,
    lists_natives,
};

void register_all_natives() {
  for (const auto table : kTables) rt::register_natives(table());
}

bool is_native_module(rt::Term module) {
  const std::string_view name = rt::atom_text(module);
  for (const auto table : kTables) {
    for (const rt::NativeEntry& entry : table()) {
      if (entry.module == name) return true;
    }
  }
  return false;
}

}  // namespace hj::stdlib
