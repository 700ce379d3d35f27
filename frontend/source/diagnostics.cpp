#include "frontend/source/diagnostics.h"

#include <algorithm>

#include "base/check.h"

namespace hj {

namespace {

struct KindInfo {
  std::string_view code;
  std::string_view format;
  Severity severity;
};

}  // namespace

static constexpr KindInfo kKinds[] = {
#define HJ_DIAGNOSTIC(name, severity, code, format) {code, format, Severity::severity},
#include "frontend/source/diagnostics.def"
#undef HJ_DIAGNOSTIC
};

static const KindInfo& info(DiagnosticKind kind) { return kKinds[static_cast<size_t>(kind)]; }

std::string_view diagnostic_code(DiagnosticKind kind) { return info(kind).code; }
std::string_view diagnostic_format(DiagnosticKind kind) { return info(kind).format; }
Severity diagnostic_severity(DiagnosticKind kind) { return info(kind).severity; }

void Diagnostics::hint(std::string text) {
  HJ_CHECK(!all_.empty(), "a hint without a diagnostic: {}", text);
  all_.back().hint = std::move(text);
}

void Diagnostics::add(DiagnosticKind kind, Span span, std::string message, std::string hint) {
  Severity severity = diagnostic_severity(kind);
  if (severity == Severity::Error) ++error_count_;
  all_.push_back({kind, severity, span, std::move(message), std::move(hint)});
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result = all_;
  std::stable_sort(result.begin(), result.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
  return result;
}

void Diagnostics::warnings_as_errors() {
  for (Diagnostic& diagnostic : all_) diagnostic.severity = Severity::Error;
  error_count_ = all_.size();
}

void Diagnostics::drop_warnings() {
  std::erase_if(all_, [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::Warning; });
}

}  // namespace hj
