#include "frontend/syntax/include_path.h"

#include <cstdlib>
#include <filesystem>

namespace hj::syntax {

namespace fs = std::filesystem;

static bool is_file(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

static std::string replace_variable(const std::string& name) {
  if (!name.starts_with('$')) return name;
  size_t end = std::min(name.find('/'), name.size());
  const char* value = std::getenv(name.substr(1, end - 1).c_str());
  return value == nullptr ? name : value + name.substr(end);
}

static std::string join(const std::string& directory, const std::string& name) {
  if (directory.empty() || directory == ".") return name;
  return (fs::path(directory) / name).string();
}

static std::optional<std::string> find_beside(const std::string& name, const std::string& including_file,
                                              const std::string& source_file, const CompileOptions& options) {
  if (fs::path(name).is_absolute()) return is_file(name) ? std::optional(name) : std::nullopt;
  std::vector<std::string> directories = {fs::path(including_file).parent_path().string(), ".",
                                          fs::path(source_file).parent_path().string()};
  directories.insert(directories.end(), options.include_dirs.begin(), options.include_dirs.end());
  for (const std::string& directory : directories)
    if (std::string path = join(directory, name); is_file(path)) return path;
  return std::nullopt;
}

static std::optional<std::string> find_in_application(const std::string& name, const CompileOptions& options) {
  size_t slash = name.find('/');
  if (slash == std::string::npos) return std::nullopt;
  for (const auto& [application, directory] : options.lib_dirs) {
    if (application != std::string_view(name).substr(0, slash)) continue;
    if (std::string path = join(directory, name.substr(slash + 1)); is_file(path)) return path;
  }
  return std::nullopt;
}

std::optional<std::string> find_include(const std::string& name, const std::string& including_file,
                                        const std::string& source_file, const CompileOptions& options) {
  // A NUL would end the name for the system's calls.
  if (name.empty() || name.find('\0') != std::string::npos) return std::nullopt;
  std::string replaced = replace_variable(name);
  std::optional<std::string> found = find_beside(replaced, including_file, source_file, options);
  return found ? found : find_in_application(replaced, options);
}

}  // namespace hj::syntax
