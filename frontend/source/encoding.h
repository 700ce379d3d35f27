// Bytes of a source file to text.
//
// Threads: any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace hj {

// Files beyond this are refused; the generated modules of OTP stay below 5 MB.
inline constexpr size_t kMaxSourceBytes = size_t{256} << 20;

// UTF-8, unless a comment in the first two lines says "coding: latin-1". Bytes that are not UTF-8 stay as they are: the
// lexer reports them at their place.
std::string decode_source(std::string bytes);

// Reads and decodes. Fails when the file is missing, a directory, unreadable or larger than kMaxSourceBytes.
Result<std::string> read_source_file(const std::string& path);

}  // namespace hj
