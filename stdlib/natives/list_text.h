// Lists as text: what natives that take "a string" accept.
//
// Threads: any thread that may read the terms.
#pragma once
#include <optional>
#include <string>

#include "runtime/abi/term.h"

namespace hj::stdlib {

// A proper list of code points (0..16#10FFFF but surrogates) as UTF-8, or nothing.
std::optional<std::string> text_of_list(rt::Term list);
// A proper list of bytes, or nothing.
std::optional<std::string> bytes_of_list(rt::Term list);

}  // namespace hj::stdlib
