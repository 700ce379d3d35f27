#include "stdlib/natives/chardata.h"

#include <vector>

#include "runtime/term/binary.h"
#include "runtime/term/utf8.h"

namespace hj::stdlib {

using namespace hj::rt;

bool is_utf8(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    const size_t length = utf8_sequence_length(bytes.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::optional<std::string> text_of_chardata(Term data, TextEncoding encoding) {
  std::string out;
  // Lists yet to be walked, innermost last: no list is too deep.
  std::vector<Term> rest{data};
  bool is_top = true;
  while (!rest.empty()) {
    Term term = rest.back();
    rest.pop_back();
    if (term.is_nil()) continue;
    if (is_binary(term)) {
      const std::string_view bytes = binary_bytes(term);
      if (encoding != TextEncoding::Latin1 && is_utf8(bytes)) {
        out += bytes;
      } else if (encoding == TextEncoding::StrictUnicode) {
        return std::nullopt;
      } else {
        for (const char c : bytes) append_utf8(out, static_cast<uint8_t>(c));
      }
    } else if (term.is_cons()) {
      // Only lists and binaries may end a list.
      if (!term.tail().is_list() && !is_binary(term.tail())) return std::nullopt;
      rest.push_back(term.tail());
      rest.push_back(term.head());
    } else if (term.is_small() && !is_top) {
      const int64_t c = term.small();
      const int64_t largest = encoding == TextEncoding::Latin1 ? 0xff : 0x10ffff;
      if (c < 0 || c > largest) return std::nullopt;
      append_utf8(out, static_cast<uint32_t>(c));
    } else {
      return std::nullopt;
    }
    is_top = false;
  }
  return out;
}

}  // namespace hj::stdlib
