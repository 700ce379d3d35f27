// Everything from text to tree on any bytes: it ends, the tree is one, and everything can be printed.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "base/check.h"
#include "frontend/pipeline.h"
#include "frontend/syntax/parser.h"

using namespace hj;

static void print_everything(void* argument) {
  Compilation& compilation = *static_cast<Compilation*>(argument);
  std::string broken = syntax::verify_ast(compilation.ast);
  HJ_CHECK(broken.empty(), "{}", broken);
  std::ostringstream out;
  syntax::dump_ast(compilation.ast, compilation.sources, out);
  for (const Diagnostic& diagnostic : compilation.diagnostics.sorted()) {
    render(diagnostic, compilation.sources, Color::On);
    render_json(diagnostic, compilation.sources);
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  CompileOptions options;
  options.defines = {{"FUZZ", "true"}};
  std::string text(reinterpret_cast<const char*>(data), size);
  std::unique_ptr<Compilation> compilation = compile_text("fuzz.erl", text, options, Phase::Ast);
  // Twice the cap: the preprocessor and the parser count for themselves, and each says so once.
  HJ_CHECK(compilation->diagnostics.error_count() <= 2 * (syntax::kMaxSyntaxErrors + 2), "too many errors");
  run_with_compile_stack(print_everything, compilation.get());
  return 0;
}
