// The `hotjit` command: options, then one function a command.
#include <fmt/format.h>

#include "cli/check.h"
#include "cli/emit.h"
#include "cli/options.h"
#include "cli/run.h"

int main(int argc, char** argv) {
  using namespace hj::cli;
  int status = kExitOk;
  const auto options = parse_options(argc, argv, status);
  if (!options) return status;
  switch (options->command) {
    case Command::Run: return run_command(*options);
    case Command::Check: return check_command(*options);
    case Command::Emit: return emit_command(*options);
    case Command::Version: return version_command();
    case Command::Help: break;
  }
  return kExitOk;
}
