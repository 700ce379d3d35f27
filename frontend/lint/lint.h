// Lint: says what is wrong with a module that parses, and what looks wrong.
//
// Reports what OTP 25's erl_lint reports, in its words and at its places, plus those of its compiler's warnings about
// code without an effect that need no data flow. One walk per function; lint changes nothing and decides nothing, so
// the lowering to Core may trust a module that passed, and never sees one that did not.
//
// Invariants:
//   L1  A module that gets no error here has every variable bound where it is used, every local call and record
//       resolved, and only patterns and guards that the lowering knows.
//   L2  Code without an effect is reported only in modules without errors, as erlc does.
//
// Threads: any thread; needs the stack of a compilation.
#pragma once
#include "frontend/pipeline.h"

namespace hj::lint {

void lint_module(const syntax::Ast& ast, const SourceMap& sources, const CompileOptions& options,
                 Diagnostics& diagnostics);

}  // namespace hj::lint
