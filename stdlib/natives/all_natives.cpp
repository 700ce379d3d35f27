#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

// Sorted by file.
static constexpr NativeTable (*kTables[])() = {
    erlang_conversions,
    erlang_guard_bifs,
    lists_natives,
};

void register_all_natives() {
  for (const auto table : kTables) rt::register_natives(table());
}

}  // namespace hj::stdlib
