// io_lib:format/2's control sequences: a format and its arguments as text.
//
// ~F.P.PadModC as OTP's io:fwrite/1 documents them. Output is UTF-8.
//
// Threads: any thread that may read the terms.
#pragma once
#include <optional>
#include <string>

#include "runtime/abi/term.h"

namespace hj::stdlib {

// The text; nothing when format and arguments do not fit (badarg).
std::optional<std::string> format_text(rt::Term format, rt::Term args);

}  // namespace hj::stdlib
