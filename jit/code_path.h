// Where modules are looked for: the directories of the code path, in order.
//
// A module is a file <module>.mod or <module>.erl (one language, two endings; .mod wins within a directory). There is no
// cache of directory contents: a look-up happens once a module and load, and a stale cache is a bug that people meet while
// they edit.
//
// Threads: any thread.
#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hj::jit {

class CodePath {
 public:
  explicit CodePath(std::vector<std::string> directories) : directories_(std::move(directories)) {}

  std::vector<std::string> directories() const;
  void set(std::vector<std::string> directories);
  // False when it is no directory (code:add_path: {error, bad_directory}). A directory already there moves.
  bool add_first(const std::string& directory);
  bool add_last(const std::string& directory);
  // False when it was not in the path.
  bool remove(const std::string& directory);

  // The module's source file, or none.
  std::optional<std::string> find(std::string_view module) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> directories_;
};

inline constexpr std::string_view kSourceEndings[] = {".mod", ".erl"};

// "dir/name.mod" -> "dir/name"; a path without such an ending stays.
std::string_view without_source_ending(std::string_view path);
// The file itself when it exists, else the file with an ending, or none: what c/1 and load_abs/1 accept.
std::optional<std::string> find_source_file(const std::string& path);
// "dir/name.mod" -> "name".
std::string_view module_of_path(std::string_view path);

}  // namespace hj::jit
