// io:format and its relatives with a literal format: does it read, and do the arguments fit?
#include <algorithm>

#include "frontend/lint/linter.h"
#include "frontend/source/unicode.h"

namespace hj::lint {

namespace {

struct FormatCount {
  size_t arguments = 0;
  // Why the format does not read; empty when it does.
  std::string error;
};

// One directive: ~F.P.PadModC. `at` stands behind the tilde.
struct FormatReader {
  std::u32string_view text;
  size_t at = 0;
  size_t arguments = 0;

  bool ended() const { return at >= text.size(); }
  bool next_is(char32_t c) const { return !ended() && text[at] == c; }
  bool next_is_digit() const { return !ended() && text[at] >= '0' && text[at] <= '9'; }

  // Digits, a `*` that takes an argument, or nothing.
  void number() {
    if (next_is('*')) {
      ++arguments;
      ++at;
      return;
    }
    while (next_is_digit()) ++at;
  }

  void width() {
    bool is_sign =
        next_is('-') && at + 1 < text.size() && (text[at + 1] == '*' || (text[at + 1] >= '0' && text[at + 1] <= '9'));
    if (is_sign) ++at;
    number();
  }

  void pad() {
    if (next_is('*')) ++arguments;
    if (!ended()) ++at;
  }
};

}  // namespace

// How many arguments a control sequence takes; nothing when there is no such one with these modifiers.
static std::optional<size_t> control_arguments(char32_t control, bool unicode, bool latin1) {
  if (latin1) {
    if (control == 'p') return 1;
    if (control == 'P') return 2;
    return std::nullopt;
  }
  constexpr std::string_view kOne = "cspw", kOnePlain = "bBefgi+#", kTwo = "PW", kTwoPlain = "xX", kNone = "n~";
  auto in = [&](std::string_view set) { return control < 0x80 && set.find(static_cast<char>(control)) != set.npos; };
  if (in(kOne)) return 1;
  if (in(kTwo)) return 2;
  if (unicode) return std::nullopt;
  if (in(kOnePlain)) return 1;
  if (in(kTwoPlain)) return 2;
  if (in(kNone)) return 0;
  return std::nullopt;
}

static FormatCount count_arguments(std::u32string_view text) {
  FormatReader reader{text};
  while (!reader.ended()) {
    if (text[reader.at++] != '~') continue;
    reader.width();
    if (reader.next_is('.')) {
      ++reader.at;
      reader.number();
      if (reader.next_is('.')) {
        ++reader.at;
        reader.pad();
      }
    }
    bool unicode = false, latin1 = false;
    for (; reader.next_is('t') || reader.next_is('l'); ++reader.at) {
      bool is_unicode = reader.next_is('t');
      if (is_unicode ? unicode : latin1) break;
      (is_unicode ? unicode : latin1) = true;
    }
    // A modifier at the very end is taken for the control character, and there is none of that name.
    if (reader.ended() && (unicode || latin1)) {
      --reader.at;
      (text[reader.at] == 't' ? unicode : latin1) = false;
    }
    if (reader.ended()) return {0, "truncated"};
    char32_t control = text[reader.at++];
    auto arguments = control_arguments(control, unicode, latin1);
    if (!arguments) {
      std::string shown = fmt::format("invalid control ~{}{}", latin1 ? "l" : "", unicode ? "t" : "");
      append_utf8(shown, control);
      return {0, std::move(shown)};
    }
    reader.arguments += *arguments;
  }
  return {reader.arguments, {}};
}

// The text of a literal format; false when it is not one.
static bool literal_format(const Ast& ast, NodeId id, std::u32string& out) {
  if (ast.kind(id) == AstKind::String) {
    out = ast.string(id);
    return true;
  }
  if (ast.kind(id) == AstKind::Nil) return true;
  if (ast.kind(id) != AstKind::Atom) return false;
  for (char byte : ast.text(id)) out += static_cast<unsigned char>(byte);
  return true;
}

// How many elements the list expression certainly has.
static std::optional<size_t> list_length(const Ast& ast, NodeId id) {
  switch (ast.kind(id)) {
    case AstKind::Nil: return 0;
    case AstKind::String: return ast.string(id).size();
    case AstKind::List: {
      NodeIds children = ast.children(id);
      auto tail = list_length(ast, children.back());
      if (!tail) return std::nullopt;
      return children.size() - 1 + *tail;
    }
    default: return std::nullopt;
  }
}

static std::string required_text(size_t count) {
  if (count == 0) return "an empty argument list";
  return fmt::format("an argument list with {} argument{}", count, count == 1 ? "" : "s");
}

static std::string given_text(size_t count, size_t required) {
  if (count == 0) return "the argument list is empty";
  return fmt::format("the argument list contains {}{} argument{}", count < required ? "only " : "", count,
                     count == 1 ? "" : "s");
}

void Linter::format_call(NodeId id, NodeIds arguments) {
  NodeId remote = ast_.child(id, 0);
  std::string_view module = ast_.text(ast_.child(remote, 0));
  std::string_view function = ast_.text(ast_.child(remote, 1));
  if (function != "format" && function != "fwrite") return;
  if (module != "io" && !(module == "io_lib" && arguments.size() == 2)) return;
  if (arguments.empty() || arguments.size() > 3) return;
  bool has_device = arguments.size() == 3;
  NodeId format = arguments[has_device ? 1 : 0];
  std::u32string format_text;
  if (!literal_format(ast_, format, format_text)) return;
  if (arguments.size() > 1) {
    NodeId list = arguments.back();
    AstKind kind = ast_.kind(list);
    if (kind == AstKind::Atom || kind == AstKind::Integer || kind == AstKind::Float) {
      report(DiagnosticKind::FormatArgumentsNoList, at(list));
      return;
    }
  }
  FormatCount count = count_arguments(format_text);
  if (!count.error.empty()) {
    report(DiagnosticKind::FormatInvalid, at(format), count.error);
    return;
  }
  if (arguments.size() == 1) {
    if (count.arguments > 0)
      report(DiagnosticKind::FormatArgumentCount, at(format), required_text(count.arguments),
             "no argument list is given");
    return;
  }
  auto given = list_length(ast_, arguments.back());
  if (!given || *given == count.arguments) return;
  report(DiagnosticKind::FormatArgumentCount, at(arguments.back()), required_text(count.arguments),
         given_text(*given, count.arguments));
}

}  // namespace hj::lint
