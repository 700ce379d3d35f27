#include "jit/code_path.h"

#include <algorithm>
#include <filesystem>

namespace hj::jit {

namespace fs = std::filesystem;

static bool is_file(const std::string& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

static bool is_directory(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

std::vector<std::string> CodePath::directories() const {
  std::lock_guard lock(mutex_);
  return directories_;
}

void CodePath::set(std::vector<std::string> directories) {
  std::lock_guard lock(mutex_);
  directories_ = std::move(directories);
}

bool CodePath::add_first(const std::string& directory) {
  if (!is_directory(directory)) return false;
  std::lock_guard lock(mutex_);
  std::erase(directories_, directory);
  directories_.insert(directories_.begin(), directory);
  return true;
}

bool CodePath::add_last(const std::string& directory) {
  if (!is_directory(directory)) return false;
  std::lock_guard lock(mutex_);
  // OTP leaves a directory where it is when it is appended again.
  if (std::find(directories_.begin(), directories_.end(), directory) == directories_.end()) directories_.push_back(directory);
  return true;
}

bool CodePath::remove(const std::string& directory) {
  std::lock_guard lock(mutex_);
  return std::erase(directories_, directory) > 0;
}

std::optional<std::string> CodePath::find(std::string_view module) const {
  // A module's name is no path: 'a/b' is found nowhere.
  if (module.empty() || module.find('/') != std::string_view::npos || module.find('\0') != std::string_view::npos) return {};
  for (const std::string& directory : directories()) {
    for (std::string_view ending : kSourceEndings) {
      std::string path = directory + "/" + std::string(module) + std::string(ending);
      if (is_file(path)) return path;
    }
  }
  return {};
}

std::string_view without_source_ending(std::string_view path) {
  for (std::string_view ending : kSourceEndings) {
    if (path.ends_with(ending)) return path.substr(0, path.size() - ending.size());
  }
  return path;
}

std::optional<std::string> find_source_file(const std::string& path) {
  if (path.find('\0') != std::string::npos) return {};
  if (without_source_ending(path).size() != path.size() && is_file(path)) return path;
  for (std::string_view ending : kSourceEndings) {
    std::string candidate = path + std::string(ending);
    if (is_file(candidate)) return candidate;
  }
  return {};
}

std::string_view module_of_path(std::string_view path) {
  path = without_source_ending(path);
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace hj::jit
