// UTF-8, as little of it as the frontend needs.
//
// Threads: any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace hj {

// The code point at text[at] and how many bytes it takes. {0xFFFFFFFF, 1} where no valid sequence begins (overlong forms,
// surrogates and numbers above 0x10FFFF are not valid).
struct CodePoint {
  char32_t value;
  uint32_t bytes;
  bool valid() const { return value != 0xFFFFFFFF; }
};
CodePoint decode_utf8(std::string_view text, size_t at);

void append_utf8(std::string& out, char32_t value);
std::string to_utf8(std::u32string_view text);

// The length of the longest prefix that is UTF-8.
size_t valid_utf8_prefix(std::string_view text);

// Each byte a character.
std::string latin1_to_utf8(std::string_view text);

// Columns a terminal spends on the character: 0 for combining marks, 2 for East Asian wide ones and emoji.
int display_width(char32_t value);

}  // namespace hj
