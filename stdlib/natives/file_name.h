// File names in terms: what natives that take a file or directory accept, as OTP's filename module does.
//
// Threads: any thread that may read the terms.
#pragma once
#include <optional>
#include <string>

#include "runtime/abi/term.h"

namespace hj::stdlib {

// An atom, a binary, or a list of characters, atoms and such lists. Nothing for other terms and for names with a NUL inside.
std::optional<std::string> file_name_of(rt::Term term);

}  // namespace hj::stdlib
