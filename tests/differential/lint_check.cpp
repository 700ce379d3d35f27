// What the frontend says about files, in the shape that tests/differential/lint_diff.py compares with erlc's:
//
//   lint_check [-I DIR] [-D NAME=TERM] [--lib NAME=DIR] [--time] FILE...
//
// prints "### FILE", then one line for each message: "line:column: severity: text", sorted; newlines in a text are
// written as \n. --time adds how long the file took.
#include <chrono>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "frontend/pipeline.h"

namespace {

struct Arguments {
  hj::CompileOptions options;
  std::vector<std::string> files;
  bool time = false;
};

}  // namespace

static Arguments parse_arguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    std::string value = values[i];
    if (value == "-I" && i + 1 < count) {
      arguments.options.include_dirs.push_back(values[++i]);
    } else if (value == "-D" && i + 1 < count) {
      std::string definition = values[++i];
      size_t equals = definition.find('=');
      arguments.options.defines.push_back({definition.substr(0, equals), definition.substr(equals + 1)});
    } else if (value == "--lib" && i + 1 < count) {
      std::string lib = values[++i];
      size_t equals = lib.find('=');
      arguments.options.lib_dirs.push_back({lib.substr(0, equals), lib.substr(equals + 1)});
    } else if (value == "--time") {
      arguments.time = true;
    } else {
      arguments.files.push_back(value);
    }
  }
  return arguments;
}

static std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

static void check(const std::string& file, const Arguments& arguments) {
  fmt::print("### {}\n", file);
  auto start = std::chrono::steady_clock::now();
  auto compilation = hj::compile_source_file(file, arguments.options);
  double milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  if (!compilation) {
    fmt::print("none: error: {}\n", compilation.error().message);
    return;
  }
  std::set<std::pair<std::pair<uint32_t, uint32_t>, std::string>> lines;
  const hj::Compilation& result = **compilation;
  for (const hj::Diagnostic& diagnostic : result.diagnostics.all()) {
    // What the lowering cannot do yet is nobody's mistake.
    if (hj::diagnostic_code(diagnostic.kind).starts_with("HJ07")) continue;
    hj::SourcePosition position = result.sources.position(diagnostic.span.begin);
    const char* severity = diagnostic.severity == hj::Severity::Error ? "error" : "warning";
    lines.insert({{position.line, position.column},
                  fmt::format("{}:{}: {}: {}", position.line, position.column, severity, escaped(diagnostic.message))});
  }
  for (const auto& [place, line] : lines) fmt::print("{}\n", line);
  if (arguments.time) fmt::print("time: {:.1f} ms\n", milliseconds);
}

int main(int count, char** values) {
  Arguments arguments = parse_arguments(count, values);
  for (const std::string& file : arguments.files) check(file, arguments);
  return 0;
}
