// `hotjit run --watch`: every save of a loaded module's file becomes its newest version, as c/1 would do it.
//
// The file watcher says where to look; this decides what happened. A file is taken when nobody has it open for writing and it
// is the same before and after it was compiled; an empty or broken one is given a moment, because editors leave such files
// behind for milliseconds. Compiling starts at once and is thrown away when the file changes meanwhile: the newest save wins.
//
// Each outcome is one line on stderr, the verdict first:
//     12:01:07 ok    counter v6 -> v7  8.3 ms (compile 4.9, link 1.6, swap 0.1)  1 process in older code
//     12:01:19 same  counter v7  no change
//     12:01:31 ERROR counter v7 is still running: 1 error
//
// Invariants:
//   WA1  After the last save of a file its content at that time is live, or an ERROR line about it is the last one printed.
//   WA2  A save that does not compile changes nothing.
//
// Threads: start and stop from the main thread; one thread of its own does the work.
#pragma once
#include <chrono>
#include <memory>

#include "base/result.h"
#include "jit/code_server.h"

namespace hj::cli {

class Watch {
 public:
  // Watches the files of all modules the server has loaded or will load, but those below `library_dir`. What was saved since
  // `began` may have been loaded before or after the save: it is looked at.
  static Result<std::unique_ptr<Watch>> start(jit::CodeServer& server, const std::string& library_dir,
                                              std::chrono::system_clock::time_point began);
  ~Watch();

 private:
  Watch() = default;
  class Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace hj::cli
