// Which characters Erlang's printing shows as they are, and how it escapes the others.
//
// Threads: any thread.
#pragma once
#include <cstdint>
#include <string>

#include "runtime/term/print.h"
#include "runtime/term/utf8.h"

namespace hj::rt {

// Characters of a string ~p shows in quotes. As with OTP's default (+pc latin1) the range is Latin-1, for ~tp too.
constexpr bool is_printable(uint32_t c) {
  return (c >= 32 && c <= 126) || (c >= 160 && c <= 255) || (c >= 8 && c <= 13) || c == 27;
}

// Appends a character of a quoted atom (quote '\'') or string (quote '"').
inline void append_quoted(std::string& out, uint32_t c, char quote, Encoding encoding) {
  static constexpr char kNamed[] = "btnvfr";   // 8 .. 13
  if (c == static_cast<uint32_t>(quote) || c == '\\') {
    out += '\\';
    out += static_cast<char>(c);
  } else if (c >= 8 && c <= 13) {
    out += '\\';
    out += kNamed[c - 8];
  } else if (c == 27) {
    out += "\\e";
  } else if (c == 127) {
    out += "\\d";
  } else if (c < 32 || (c > 127 && c < 160)) {
    out += '\\';
    for (int shift = 6; shift >= 0; shift -= 3) out += static_cast<char>('0' + (c >> shift & 7));
  } else if (c > 255 && encoding == Encoding::Latin1) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    out += "\\x{";
    int shift = 20;
    while (shift > 0 && (c >> shift & 15) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) out += kDigits[c >> shift & 15];
    out += '}';
  } else {
    append_utf8(out, c);
  }
}

}  // namespace hj::rt
