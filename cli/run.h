// `hotjit run FILE [ARGS]`: loads a module, enters it, and ends with the last process it has started.
#pragma once
#include "cli/options.h"

namespace hj::cli {

int run_command(const Options& options);
int version_command();

}  // namespace hj::cli
