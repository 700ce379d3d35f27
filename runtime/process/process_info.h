// What process_info/1,2 tells.
//
// Threads: owner of the process asked about.
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

// items: an atom ({Item, Value}, or [] for registered_name of none), a list of items ([{Item, Value}]), or [] for the list of
// process_info/1 ({registered_name, _} only when there is one). The result stands on the process's own heap.
Term process_info(Process& process, Term items);
// Whether process_info/2 knows the item.
bool is_info_item(Term item);

}  // namespace hj::rt
