#include "frontend/lint/lint.h"

#include "frontend/lint/linter.h"

namespace hj::lint {

void lint_module(const Ast& ast, const SourceMap& sources, const CompileOptions& options, Diagnostics& diagnostics) {
  Linter(ast, sources, options, diagnostics).run();
}

}  // namespace hj::lint
