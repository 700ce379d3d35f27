// UTF-8 of single characters, for text the runtime made itself.
//
// Printing goes through text in UTF-8 that may hold any number below 0x110000 a program calls a character: surrogates are
// encoded like others and come back unchanged.
//
// Threads: any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hj::rt {

inline constexpr uint32_t kMaxCharacter = 0x10ffff;

inline void append_utf8(std::string& out, uint32_t character) {
  auto put = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xc0 | character >> 6);
    put(0x80 | (character & 0x3f));
  } else if (character < 0x10000) {
    put(0xe0 | character >> 12);
    put(0x80 | (character >> 6 & 0x3f));
    put(0x80 | (character & 0x3f));
  } else {
    put(0xf0 | character >> 18);
    put(0x80 | (character >> 12 & 0x3f));
    put(0x80 | (character >> 6 & 0x3f));
    put(0x80 | (character & 0x3f));
  }
}

// The character at `at`, which moves behind it. The text is one that append_utf8 made.
inline uint32_t next_utf8(std::string_view text, size_t& at) {
  auto byte = [&] { return static_cast<uint8_t>(text[at++]); };
  uint32_t lead = byte();
  if (lead < 0x80) return lead;
  int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  uint32_t character = lead & (0x3fu >> more);
  for (; more > 0 && at < text.size(); more--) character = character << 6 | (byte() & 0x3f);
  return character;
}

// Bytes of the well-formed sequence at the beginning of bytes (not empty), or 0.
inline size_t utf8_sequence_length(std::string_view bytes) {
  auto lead = static_cast<uint8_t>(bytes[0]);
  if (lead < 0x80) return 1;
  size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((bytes[i] & 0xc0) != 0x80) return 0;
  }
  size_t at = 0;
  uint32_t character = next_utf8(bytes, at);
  bool is_shortest = length == 2 || (length == 3 ? character >= 0x800 : character >= 0x10000);
  bool is_surrogate = character >= 0xd800 && character <= 0xdfff;
  return is_shortest && character <= kMaxCharacter && !is_surrogate ? length : 0;
}

// How many characters the text has.
inline size_t utf8_length(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<uint8_t>(c) & 0xc0) != 0x80;
  return count;
}

}  // namespace hj::rt
