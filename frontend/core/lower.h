// Turns a module's syntax tree into Core.
//
// The tree has passed lint, so every variable is bound where it is used and every local call leads somewhere. What Core
// cannot express yet (bit syntax, maps) is reported with its place; the module is then not to be used.
//
// Order of evaluation, names of generated functions and the places in stack traces are OTP 25's, found by experiment;
// the files say where they differ from what one would expect.
//
// Threads: any thread; needs the stack of a compilation.
#pragma once
#include <memory>

#include "frontend/pipeline.h"

namespace hj::core {

std::unique_ptr<Module> lower_module(const syntax::Ast& ast, const SourceMap& sources, const CompileOptions& options,
                                     Diagnostics& diagnostics);

}  // namespace hj::core
