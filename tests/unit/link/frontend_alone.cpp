// Proves by linking that the frontend needs nothing but base: no runtime, no LLVM.
#include <cstdio>

#include "frontend/pipeline.h"

int main() {
  const auto compilation = hj::compile_text("m.mod", "-module(m).\n-export([f/1]).\nf(X) -> {X, [1]}.\n", {});
  const bool good = !compilation->diagnostics.has_errors() && compilation->core != nullptr;
  std::puts(good ? "ok" : "the frontend alone does not compile a module");
  return good ? 0 : 1;
}
