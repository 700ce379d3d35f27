#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

// Sorted by file.
static constexpr NativeTable (*kTables[])() = {
    nullptr,
};

void register_all_natives() {
  for (const auto table : kTables) {
    if (table != nullptr) rt::register_natives(table());
  }
}

}  // namespace hj::stdlib
