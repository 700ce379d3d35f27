#include "frontend/syntax/atom_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "frontend/source/unicode.h"

namespace hj::syntax {

bool is_reserved_word(std::string_view name) {
  static constexpr std::string_view kWords[] = {
#define HJ_TOKEN(kind, text)
#define HJ_PUNCTUATION(kind, text)
#define HJ_KEYWORD(kind, text) text,
#include "frontend/syntax/token.def"
  };
  return std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords);
}

static bool is_lower(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7); }

static bool is_name_character(char32_t c) {
  bool is_upper = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
  return is_lower(c) || is_upper || (c >= '0' && c <= '9') || c == '_' || c == '@';
}

static bool needs_quotes(std::string_view name) {
  if (name.empty() || is_reserved_word(name)) return true;
  for (size_t at = 0; at < name.size();) {
    CodePoint c = decode_utf8(name, at);
    if (at == 0 ? !is_lower(c.value) : !is_name_character(c.value)) return true;
    at += c.bytes;
  }
  return false;
}

static void append_escaped(std::string& out, char32_t c, char32_t quote) {
  switch (c) {
    case '\b': out += "\\b"; return;
    case '\t': out += "\\t"; return;
    case '\n': out += "\\n"; return;
    case '\v': out += "\\v"; return;
    case '\f': out += "\\f"; return;
    case '\r': out += "\\r"; return;
    case 27: out += "\\e"; return;
    case 127: out += "\\d"; return;
    case '\\': out += "\\\\"; return;
    default: break;
  }
  if (c == quote) {
    out += '\\';
    out += static_cast<char>(quote);
  } else if (c < 32) {
    out += fmt::format("\\{:03o}", static_cast<uint32_t>(c));
  } else if ((c >= 0x80 && c < 0xA0) || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) {
    out += fmt::format("\\x{{{:X}}}", static_cast<uint32_t>(c));
  } else {
    append_utf8(out, c);
  }
}

std::string atom_text(std::string_view name) {
  if (!needs_quotes(name)) return std::string(name);
  std::string out = "'";
  for (size_t at = 0; at < name.size();) {
    CodePoint c = decode_utf8(name, at);
    append_escaped(out, c.valid() ? c.value : 0xFFFD, '\'');
    at += c.bytes;
  }
  return out + "'";
}

std::string char_text(char32_t character) {
  if (character == ' ') return "$\\s";
  std::string out = "$";
  append_escaped(out, character, 0);
  return out;
}

std::string quoted_text(std::u32string_view characters, char quote) {
  std::string out(1, quote);
  for (char32_t c : characters) append_escaped(out, c, static_cast<unsigned char>(quote));
  return out + quote;
}

std::string string_text(std::u32string_view characters) { return quoted_text(characters, '"'); }

}  // namespace hj::syntax
