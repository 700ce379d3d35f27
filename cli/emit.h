// `hotjit emit --phase PHASE FILE`: what each phase of the compiler makes of a module, as text on stdout.
#pragma once
#include "cli/options.h"

namespace hj::cli {

int emit_command(const Options& options);

}  // namespace hj::cli
