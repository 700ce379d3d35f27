// Diagnostics as text and as JSON.
#include <algorithm>

#include "frontend/source/diagnostics.h"
#include "frontend/source/unicode.h"

namespace hj {

namespace {

struct Palette {
  std::string_view bold;
  std::string_view error;
  std::string_view warning;
  std::string_view hint;
  std::string_view caret;
  std::string_view reset;
};

// The part of a line that is shown, in bytes of it, and the span's part in that.
struct Excerpt {
  size_t begin = 0;
  size_t end = 0;
  size_t mark_begin = 0;
  size_t mark_end = 0;
};

}  // namespace

static constexpr Palette kPlain = {"", "", "", "", "", ""};
static constexpr Palette kColors = {"\x1b[1m", "\x1b[1;31m", "\x1b[1;35m", "\x1b[1;36m", "\x1b[1;32m", "\x1b[0m"};

// Longer lines are shown around the span only.
static constexpr size_t kMaxLineBytes = 160;
static constexpr std::string_view kCut = "...";
static constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

static bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

static Excerpt excerpt_of(std::string_view line, size_t mark_begin, size_t mark_end) {
  Excerpt excerpt;
  excerpt.mark_begin = std::min(mark_begin, line.size());
  excerpt.mark_end = std::clamp(mark_end, excerpt.mark_begin, line.size());
  excerpt.end = line.size();
  if (line.size() <= kMaxLineBytes) return excerpt;
  static constexpr size_t kBefore = kMaxLineBytes / 2;
  if (excerpt.mark_begin > kBefore) excerpt.begin = excerpt.mark_begin - kBefore;
  excerpt.end = std::min(line.size(), excerpt.begin + kMaxLineBytes);
  while (excerpt.begin > 0 && is_continuation_byte(line[excerpt.begin])) --excerpt.begin;
  while (excerpt.end < line.size() && is_continuation_byte(line[excerpt.end])) ++excerpt.end;
  excerpt.mark_end = std::min(excerpt.mark_end, excerpt.end);
  return excerpt;
}

// A character as it may be sent to a terminal, and the columns it takes. Tabs stay tabs.
static std::pair<std::string, int> printable(std::string_view line, size_t at, size_t& bytes) {
  CodePoint c = decode_utf8(line, at);
  bytes = c.bytes;
  bool is_control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0);
  if (c.value == '\t') return {"\t", 1};
  if (!c.valid() || is_control) return {std::string(kReplacement), 1};
  return {std::string(line.substr(at, c.bytes)), display_width(c.value)};
}

static void append_source_lines(std::string& out, const Diagnostic& diagnostic, const SourceMap& sources,
                                const Palette& palette) {
  SourcePosition begin = sources.position(diagnostic.span.begin);
  std::string_view line = sources.line_text(diagnostic.span.begin);
  std::string_view text = sources.file_text(diagnostic.span.begin);
  size_t span_begin = diagnostic.span.begin.offset - sources.file_begin(diagnostic.span.begin).offset;
  size_t span_bytes = diagnostic.span.end.offset - std::min(diagnostic.span.begin, diagnostic.span.end).offset;
  size_t column_bytes = span_begin - std::min(span_begin, static_cast<size_t>(line.data() - text.data()));
  Excerpt excerpt = excerpt_of(line, column_bytes, column_bytes + span_bytes);

  std::string shown;
  std::string marks;
  if (excerpt.begin > 0) {
    shown += kCut;
    marks += std::string(kCut.size(), ' ');
  }
  bool marked = false;
  for (size_t at = excerpt.begin, bytes = 0; at < excerpt.end; at += bytes) {
    auto [character, width] = printable(line, at, bytes);
    shown += character;
    bool inside = at >= excerpt.mark_begin && at < excerpt.mark_end;
    if (inside) {
      marks += std::string(static_cast<size_t>(width), '~');
      if (!marked && width > 0) marks[marks.size() - static_cast<size_t>(width)] = '^';
      marked = marked || width > 0;
    } else if (at < excerpt.mark_begin) {
      marks += character == "\t" ? std::string("\t") : std::string(static_cast<size_t>(width), ' ');
    }
  }
  // Behind the end of the line, or a span without characters.
  if (!marked) marks += '^';
  if (excerpt.end < line.size()) shown += kCut;
  out += fmt::format("{:5} | {}\n", begin.line, shown);
  out += fmt::format("      | {}{}{}\n", palette.caret, marks, palette.reset);
}

// Text from the source may hold anything; a message is one line without control characters. erlc's second lines follow on.
static std::string sanitized(std::string_view text) {
  std::string out;
  for (size_t at = 0, bytes = 0; at < text.size(); at += bytes) {
    const std::string character = printable(text, at, bytes).first;
    if (text[at] != '\n') out += character;
  }
  return out;
}

std::string render(const Diagnostic& diagnostic, const SourceMap& sources, Color color) {
  const Palette& palette = color == Color::On ? kColors : kPlain;
  SourcePosition begin = sources.position(diagnostic.span.begin);
  bool is_error = diagnostic.severity == Severity::Error;
  std::string out = fmt::format("{}{}:{}:{}:{} {}{}:{} {} [{}]\n", palette.bold, sanitized(begin.file), begin.line,
                                begin.column, palette.reset, is_error ? palette.error : palette.warning,
                                is_error ? "error" : "warning", palette.reset, sanitized(diagnostic.message),
                                diagnostic_code(diagnostic.kind));
  append_source_lines(out, diagnostic, sources, palette);
  if (!diagnostic.hint.empty())
    out += fmt::format("{}hint:{} {}\n", palette.hint, palette.reset, sanitized(diagnostic.hint));
  return out;
}

// -- JSON

static std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    CodePoint c = decode_utf8(text, at);
    if (!c.valid()) {
      out += kReplacement;
    } else if (c.value == '"' || c.value == '\\') {
      out += '\\';
      out += static_cast<char>(c.value);
    } else if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '\t') {
      out += "\\t";
    } else if (c.value < 0x20 || c.value == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<uint32_t>(c.value));
    } else {
      out += text.substr(at, c.bytes);
    }
    at += c.bytes;
  }
  return out + "\"";
}

std::string render_json(const Diagnostic& diagnostic, const SourceMap& sources) {
  SourcePosition begin = sources.position(diagnostic.span.begin);
  SourcePosition end = sources.position(std::max(diagnostic.span.begin, diagnostic.span.end));
  return fmt::format(
      "{{\"file\":{},\"line\":{},\"column\":{},\"end_line\":{},\"end_column\":{},\"severity\":\"{}\",\"code\":\"{}\","
      "\"message\":{},\"hint\":{},\"rendered\":{}}}",
      json_string(begin.file), begin.line, begin.column, end.line, end.column,
      diagnostic.severity == Severity::Error ? "error" : "warning", diagnostic_code(diagnostic.kind),
      json_string(diagnostic.message), json_string(diagnostic.hint),
      json_string(render(diagnostic, sources, Color::Off)));
}

}  // namespace hj
