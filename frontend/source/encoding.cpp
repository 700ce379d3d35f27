#include "frontend/source/encoding.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <sys/stat.h>

#include "frontend/source/unicode.h"

namespace hj {

static bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case) {
  if (text.size() < lower_case.size()) return false;
  for (size_t i = 0; i < lower_case.size(); ++i) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != lower_case[i]) return false;
  }
  return true;
}

// The word behind "coding", ":" or "=", and blanks in a comment; what Emacs and epp look for.
static std::string_view encoding_word(std::string_view line) {
  size_t comment = line.find('%');
  if (comment == std::string_view::npos) return {};
  static constexpr std::string_view kCoding = "coding";
  size_t found = line.find(kCoding, comment);
  if (found == std::string_view::npos) return {};
  std::string_view rest = line.substr(found + kCoding.size());
  size_t blanks = std::min(rest.find_first_not_of(' '), rest.size());
  rest.remove_prefix(blanks);
  if (rest.empty() || (rest[0] != ':' && rest[0] != '=')) return {};
  rest.remove_prefix(1);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return rest;
}

std::string decode_source(std::string bytes) {
  std::string_view rest = bytes;
  for (int line_number = 0; line_number < 2 && !rest.empty(); ++line_number) {
    size_t end = std::min(rest.find('\n'), rest.size());
    if (starts_with_ignoring_case(encoding_word(rest.substr(0, end)), "latin-1")) return latin1_to_utf8(bytes);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return bytes;
}

Result<std::string> read_source_file(const std::string& path) {
  auto failure = [&](int error) { return Error{fmt::format("{}: {}", path, std::strerror(error))}; };
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return failure(errno);
  if (S_ISDIR(status.st_mode)) return failure(EISDIR);
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) return failure(errno);
  std::string bytes;
  char buffer[1 << 16];
  while (size_t count = std::fread(buffer, 1, sizeof buffer, file.get())) {
    bytes.append(buffer, count);
    if (bytes.size() > kMaxSourceBytes) return failure(EFBIG);
  }
  if (std::ferror(file.get()) != 0) return failure(EIO);
  return decode_source(std::move(bytes));
}

}  // namespace hj
