// Character data (io_lib's and unicode's): lists of characters, binaries and such lists, any depth.
//
// Threads: any thread that may read the terms.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "runtime/abi/term.h"

namespace hj::stdlib {

enum class TextEncoding : uint8_t { Latin1, Unicode, StrictUnicode };

// As UTF-8, or nothing. Binaries are bytes with Latin1; with Unicode they are UTF-8, or bytes when they are not well-formed.
// With Latin1 no character may be above 255; with StrictUnicode binaries must be well-formed.
std::optional<std::string> text_of_chardata(rt::Term data, TextEncoding encoding);
// Whether all of the bytes are well-formed UTF-8.
bool is_utf8(std::string_view bytes);

}  // namespace hj::stdlib
