// The command line as data: what `hotjit` was asked to do.
//
// Parsing is CLI11's; this is what the commands see of it. Threads: values.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace hj::cli {

enum class Command { Run, Check, Emit, Version, Help };

// What `hotjit emit` prints.
enum class EmitPhase { Tokens, Ast, Core, Ir, Asm };

enum class TierChoice { Auto, Quick, Optimized };

struct Options {
  Command command = Command::Help;
  // Run, Check, Emit: compilation.
  std::vector<std::string> include_dirs;
  std::vector<std::string> defines;   // NAME or NAME=SOURCE
  bool json = false;
  bool warnings_as_errors = false;
  // Check: files. Emit: one file.
  std::vector<std::string> files;
  EmitPhase phase = EmitPhase::Core;
  // Run.
  bool watch = false;
  unsigned schedulers = 0;            // 0: one a core
  std::string entry;                  // empty: main/1, else main/0, else start/0
  std::vector<std::string> code_path; // -pa, first wins
  std::vector<std::string> arguments; // of the program
  // Run: fast at first and well when hot, or one of both. Emit: which code to show.
  TierChoice tier = TierChoice::Auto;
};

// What the process exits with; docs/architecture.md lists them.
inline constexpr int kExitOk = 0;
inline constexpr int kExitCrashed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitInterrupted = 130;

// The options, or nothing and the status to exit with: help and version went to stdout, a usage error to stderr.
std::optional<Options> parse_options(int argc, char** argv, int& status);

}  // namespace hj::cli
