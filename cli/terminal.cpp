#include "cli/terminal.h"

#include <unistd.h>

#include <cstdlib>

namespace hj::cli {

Color stderr_color() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return Color::Off;
  if (term != nullptr && std::string_view(term) == "dumb") return Color::Off;
  return isatty(STDERR_FILENO) ? Color::On : Color::Off;
}

void say(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<size_t>(written));
  }
}

void complain(std::string_view text) { say(fmt::format("hotjit: {}\n", text)); }

static std::string counted(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void report_diagnostics(const Compilation& compilation) {
  std::string out;
  for (const Diagnostic& diagnostic : compilation.diagnostics.sorted()) {
    out += render(diagnostic, compilation.sources, stderr_color());
  }
  const size_t errors = compilation.diagnostics.error_count();
  const size_t warnings = compilation.diagnostics.all().size() - errors;
  if (errors > 0 && warnings > 0) {
    out += fmt::format("hotjit: {}, {}\n", counted(errors, "error"), counted(warnings, "warning"));
  } else if (errors > 0) {
    out += fmt::format("hotjit: {}\n", counted(errors, "error"));
  }
  say(out);
}

}  // namespace hj::cli
