#include "cli/check.h"

#include <cstdio>

#include "cli/terminal.h"

namespace hj::cli {

CompileOptions compile_options(const Options& options) {
  CompileOptions result;
  result.include_dirs = options.include_dirs;
  for (const std::string& define : options.defines) {
    const size_t equals = define.find('=');
    if (equals == std::string::npos) {
      result.defines.emplace_back(define, "true");
    } else {
      result.defines.emplace_back(define.substr(0, equals), define.substr(equals + 1));
    }
  }
  result.warnings_as_errors = options.warnings_as_errors;
  return result;
}

int check_command(const Options& options) {
  int status = kExitOk;
  for (const std::string& file : options.files) {
    auto compiled = compile_source_file(file, compile_options(options));
    if (!compiled) {
      complain(compiled.error().message);
      status = kExitUsage;
      continue;
    }
    const Compilation& compilation = **compiled;
    if (options.json) {
      for (const Diagnostic& diagnostic : compilation.diagnostics.sorted()) {
        fmt::print("{}\n", render_json(diagnostic, compilation.sources));
      }
    } else {
      report_diagnostics(compilation);
    }
    if (compilation.diagnostics.has_errors()) status = kExitUsage;
  }
  return status;
}

}  // namespace hj::cli
