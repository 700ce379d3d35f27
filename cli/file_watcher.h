// Tells when files of watched directories may have changed.
//
// Directories are watched, not files: a save by renaming leaves a watch on the old file behind, and a file may be missing for
// a moment. What arrives here is a hint ("look at this name"); watch.cpp decides what happened by reading the file.
//
// Invariants:
//   W1  Every change of a name in a watched directory is followed by at least one call for that name. Calls may be too many.
//   W2  `changed` is called on the watcher's own thread only, never after stop() has returned.
//
// Threads: add_directory and stop from any thread; one libuv loop on a thread of its own.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"

namespace hj::cli {

class FileWatcher {
 public:
  // `changed` gets the path of the name that changed, inside the directory as it was given; the directory itself when the
  // system could not say which name.
  static Result<std::unique_ptr<FileWatcher>> start(std::function<void(const std::string& path)> changed);
  ~FileWatcher();

  // For one that is watched already: begins anew, as it may be another directory by now. Fails when the system has no watches left, with the name of the cure.
  Result<void> add_directory(const std::string& directory);
  void stop();

 private:
  FileWatcher() = default;
  struct Loop;
  std::unique_ptr<Loop> loop_;
};

// Whether a program still holds the file open for writing: its content is not yet the saved one. False when that cannot be
// found out (not our file, a file system without leases).
bool is_open_for_writing(const std::string& path);

}  // namespace hj::cli
