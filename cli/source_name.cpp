#include "cli/source_name.h"

#include <filesystem>
#include <system_error>

namespace hj::cli {

std::string source_name(const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const fs::path here = fs::current_path(failed);
  const fs::path whole = failed ? fs::path(file) : here / file;
  auto part = whole.begin();
  for (const fs::path& step : here) {
    if (part == whole.end() || *part != step) return file;
    ++part;
  }
  fs::path rest;
  for (; part != whole.end(); ++part) {
    if (*part != ".") rest /= *part;
  }
  return rest.empty() ? file : rest.string();
}

}  // namespace hj::cli
