// What the tests of lint share: a text's messages, one a line.
#pragma once
#include <string>

#include "frontend/pipeline.h"

namespace hj {

inline std::unique_ptr<Compilation> check(const std::string& text, const CompileOptions& options = {},
                                          const std::string& path = "m.erl") {
  return compile_text(path, text, options);
}

// "line:column: severity: text", a line each, without what the lowering says.
inline std::string messages(const Compilation& compilation) {
  std::string lines;
  for (const Diagnostic& diagnostic : compilation.diagnostics.sorted()) {
    if (diagnostic_code(diagnostic.kind).starts_with("HJ07")) continue;
    SourcePosition position = compilation.sources.position(diagnostic.span.begin);
    std::string message = diagnostic.message;
    for (size_t at = message.find('\n'); at != std::string::npos; at = message.find('\n'))
      message.replace(at, 1, "\\n");
    if (!lines.empty()) lines += '\n';
    lines += fmt::format("{}:{}: {}: {}", position.line, position.column,
                         diagnostic.severity == Severity::Error ? "error" : "warning", message);
  }
  return lines;
}

}  // namespace hj
