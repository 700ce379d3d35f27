// `hotjit check FILE...`: diagnostics only.
#pragma once
#include "cli/options.h"
#include "frontend/pipeline.h"

namespace hj::cli {

CompileOptions compile_options(const Options& options);
int check_command(const Options& options);

}  // namespace hj::cli
