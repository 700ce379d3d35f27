// The `hotjit` command: options, then one function a command.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/emit.h"
#include "cli/options.h"
#include "cli/run.h"

// A descriptor opened later must never become a standard one that was closed: output would go there.
static void open_standard_descriptors() {
  int fd = 0;
  do {
    fd = open("/dev/null", O_RDWR);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd > STDERR_FILENO) close(fd);
}

int main(int argc, char** argv) {
  using namespace hj::cli;
  open_standard_descriptors();
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
