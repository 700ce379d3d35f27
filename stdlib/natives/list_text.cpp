#include "stdlib/natives/list_text.h"

namespace hj::stdlib {

using namespace hj::rt;

static void append_utf8(std::string& out, uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

std::optional<std::string> text_of_list(Term list) {
  std::string out;
  for (; list.is_cons(); list = list.tail()) {
    const Term element = list.head();
    if (!element.is_small()) return std::nullopt;
    const int64_t c = element.small();
    if (c < 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return std::nullopt;
    append_utf8(out, static_cast<uint32_t>(c));
  }
  if (!list.is_nil()) return std::nullopt;
  return out;
}

std::optional<std::string> bytes_of_list(Term list) {
  std::string out;
  for (; list.is_cons(); list = list.tail()) {
    const Term element = list.head();
    if (!element.is_small() || element.small() < 0 || element.small() > 255) return std::nullopt;
    out += static_cast<char>(element.small());
  }
  if (!list.is_nil()) return std::nullopt;
  return out;
}

}  // namespace hj::stdlib
