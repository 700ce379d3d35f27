// What the compiler has to say to the Erlang programmer: the first of the four kinds of error.
//
// Phases collect into a Diagnostics and always return a usable output; nobody prints, throws or exits. The command line
// renders at the end, sorted by place. Each message is one HJ_DIAGNOSTIC line in diagnostics.def: code, severity,
// format; erl_lint's and erl_parse's wording is used wherever they have one, so that searches find it.
//
// Threads: owner only.
#pragma once
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "frontend/source/source_file.h"

namespace hj {

enum class Severity : uint8_t { Error, Warning };

enum class DiagnosticKind : uint16_t {
#define HJ_DIAGNOSTIC(name, severity, code, format) name,
#include "frontend/source/diagnostics.def"
#undef HJ_DIAGNOSTIC
};

struct Diagnostic {
  DiagnosticKind kind;
  Severity severity;
  Span span;
  std::string message;
  std::string hint;  // empty, or one sentence: the smallest edit that helps
};

// The stable name of a kind, "HJ0203".
std::string_view diagnostic_code(DiagnosticKind kind);
std::string_view diagnostic_format(DiagnosticKind kind);
Severity diagnostic_severity(DiagnosticKind kind);

class Diagnostics {
 public:
  template <class... Args>
  void report(DiagnosticKind kind, Span span, const Args&... args) {
    add(kind, span, fmt::format(fmt::runtime(diagnostic_format(kind)), args...), {});
  }
  // Gives the diagnostic reported last a hint.
  void hint(std::string text);
  void add(DiagnosticKind kind, Span span, std::string message, std::string hint);

  bool has_errors() const { return error_count_ > 0; }
  size_t error_count() const { return error_count_; }
  // In order of place; at one place in order of arrival.
  std::vector<Diagnostic> sorted() const;
  const std::vector<Diagnostic>& all() const { return all_; }
  // Warnings become errors (-Werror, option warnings_as_errors).
  void warnings_as_errors();
  // Warnings are not wanted (option `warnings` off).
  void drop_warnings();

 private:
  std::vector<Diagnostic> all_;
  size_t error_count_ = 0;
};

enum class Color : uint8_t { Off, On };

// "file:line:col: error: text [HJnnnn]", the line, a caret under the span, the hint.
std::string render(const Diagnostic& diagnostic, const SourceMap& sources, Color color);
// One JSON object a line, with file, line, column, end_line, end_column, severity, code, message, hint, rendered.
std::string render_json(const Diagnostic& diagnostic, const SourceMap& sources);

}  // namespace hj
