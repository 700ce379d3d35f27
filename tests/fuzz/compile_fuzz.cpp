// Everything from text to Core on any bytes: it ends, nothing of it is taken for our own bug, and Core that comes out
// is Core.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "frontend/core/core.h"
#include "frontend/pipeline.h"

using namespace hj;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  CompileOptions options;
  std::string text(reinterpret_cast<const char*>(data), size);
  std::unique_ptr<Compilation> compilation = compile_text("fuzz.erl", text, options);
  HJ_CHECK(!compilation->core || !compilation->diagnostics.has_errors(), "Core of a module with errors");
  if (compilation->core) {
    std::string broken = core::verify_core(*compilation->core);
    HJ_CHECK(broken.empty(), "{}", broken);
  }
  for (const Diagnostic& diagnostic : compilation->diagnostics.sorted()) {
    HJ_CHECK(diagnostic.span.begin <= diagnostic.span.end, "A3 violated: {}", diagnostic.message);
    render(diagnostic, compilation->sources, Color::Off);
  }
  return 0;
}
