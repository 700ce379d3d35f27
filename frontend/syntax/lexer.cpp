#include "frontend/syntax/lexer.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <vector>

#include "frontend/source/unicode.h"
#include "frontend/syntax/atom_text.h"
#include "frontend/syntax/number_text.h"

namespace hj::syntax {

namespace {

// What an escape sequence gave; not valid when it is no escape sequence.
struct Escape {
  char32_t value = 0;
  bool valid = true;
};

class Lexer {
 public:
  Lexer(std::string_view text, Loc begin, Ast& pools) : text_(text), begin_(begin.offset), pools_(pools) {}

  TokenList run();

 private:
  // -- reading
  bool at_end() const { return at_ >= text_.size(); }
  // 0 behind the end; a NUL in the text is white space, so the two are never confused where it matters.
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  CodePoint code_point() const { return decode_utf8(text_, at_); }
  char32_t take_code_point();

  // -- one kind of token each; at_ stands on its first character
  void scan_token();
  void scan_name();
  void scan_number();
  void scan_based(size_t start, size_t base_end);
  void scan_fraction(size_t start);
  void scan_char();
  void scan_quoted(char quote);
  void scan_punctuation();
  void skip_comment();
  void skip_digits();

  Escape scan_escape();
  Escape scan_hex_escape();

  // -- writing
  void add(TokenKind kind, size_t start, uint32_t payload = 0, uint8_t flags = 0);
  void add_error(DiagnosticKind kind, size_t start, std::string argument = {});
  void add_integer(size_t start, std::string_view digits, int base);
  void add_name(TokenKind kind, size_t start, std::string_view name, uint8_t flags);

  std::string_view text_;
  uint32_t begin_;
  Ast& pools_;
  size_t at_ = 0;
  TokenList list_;
};

}  // namespace

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_lower(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7); }
static bool is_upper(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || c == '_'; }
static bool is_name_character(char32_t c) {
  return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || c == '@';
}
static bool is_white_space(char32_t c) { return c <= ' ' || (c >= 0x80 && c <= 0xA0); }

static int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

static const std::unordered_map<std::string_view, TokenKind>& keywords() {
  static const std::unordered_map<std::string_view, TokenKind> table = {
#define HJ_TOKEN(kind, text)
#define HJ_PUNCTUATION(kind, text)
#define HJ_KEYWORD(kind, text) {text, TokenKind::kind},
#include "frontend/syntax/token.def"
  };
  return table;
}

namespace {

struct Punctuation {
  std::string_view text;
  TokenKind kind;
};

}  // namespace

// Longest first, so that the first that fits is the one.
static const std::vector<Punctuation>& punctuation() {
  static const std::vector<Punctuation> table = [] {
    std::vector<Punctuation> result = {
#define HJ_TOKEN(kind, text)
#define HJ_KEYWORD(kind, text)
#define HJ_PUNCTUATION(kind, text) {text, TokenKind::kind},
#include "frontend/syntax/token.def"
    };
    std::stable_sort(result.begin(), result.end(),
                     [](const Punctuation& a, const Punctuation& b) { return a.text.size() > b.text.size(); });
    return result;
  }();
  return table;
}

TokenList Lexer::run() {
  static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  size_t whole = text_.size();
  text_ = text_.substr(0, valid_utf8_prefix(text_));
  while (!at_end()) scan_token();
  if (text_.size() < whole) {
    add_error(DiagnosticKind::NotUtf8, text_.size());
    list_.tokens.back().span.end.offset += 1;
  }
  at_ = whole;
  add(TokenKind::EndOfFile, whole);
  return std::move(list_);
}

void Lexer::scan_token() {
  CodePoint c = code_point();
  if (is_white_space(c.value)) {
    at_ += c.bytes;
  } else if (c.value == '%') {
    skip_comment();
  } else if (is_lower(c.value) || is_upper(c.value)) {
    scan_name();
  } else if (is_digit(peek())) {
    scan_number();
  } else if (c.value == '$') {
    scan_char();
  } else if (c.value == '"' || c.value == '\'') {
    scan_quoted(static_cast<char>(c.value));
  } else {
    scan_punctuation();
  }
}

void Lexer::skip_comment() {
  size_t end = text_.find('\n', at_);
  at_ = end == std::string_view::npos ? text_.size() : end;
}

char32_t Lexer::take_code_point() {
  CodePoint c = code_point();
  at_ += c.bytes;
  return c.value;
}

// -- names

void Lexer::scan_name() {
  size_t start = at_;
  bool is_variable = is_upper(code_point().value);
  while (!at_end() && is_name_character(code_point().value)) at_ += code_point().bytes;
  std::string_view name = text_.substr(start, at_ - start);
  if (is_variable) {
    return add_name(TokenKind::Var, start, name, 0);
  }
  auto keyword = keywords().find(name);
  if (keyword != keywords().end()) return add(keyword->second, start);
  add_name(TokenKind::Atom, start, name, 0);
}

// Names of variables have atoms' limit, being atoms to OTP.
void Lexer::add_name(TokenKind kind, size_t start, std::string_view name, uint8_t flags) {
  auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  auto characters = static_cast<size_t>(std::count_if(name.begin(), name.end(), is_first_byte));
  if (characters > kMaxAtomCharacters) {
    auto error = kind == TokenKind::Var ? DiagnosticKind::IllegalVariable : DiagnosticKind::IllegalAtom;
    return add_error(error, start);
  }
  add(kind, start, pools_.names.intern(name).index, flags);
}

// -- numbers

// Digits, with single underscores between them.
void Lexer::skip_digits() {
  while (is_digit(peek()) || (peek() == '_' && is_digit(peek(1)))) ++at_;
}

void Lexer::scan_number() {
  size_t start = at_;
  skip_digits();
  if (peek() == '#') return scan_based(start, at_);
  if (peek() == '.' && is_digit(peek(1))) return scan_fraction(start);
  add_integer(start, text_.substr(start, at_ - start), 10);
}

void Lexer::scan_based(size_t start, size_t base_end) {
  std::string digits = without_underscores(text_.substr(start, base_end - start));
  int base = 0;
  std::from_chars_result parsed = std::from_chars(digits.data(), digits.data() + digits.size(), base);
  bool valid_base = parsed.ec == std::errc() && base >= 2 && base <= 36;

  ++at_;
  size_t digits_start = at_;
  int limit = valid_base ? base : 36;
  auto fits = [&](char c) { return digit_value(c) < limit; };
  if (fits(peek()))
    while (fits(peek()) || (peek() == '_' && fits(peek(1)))) ++at_;
  if (!valid_base) return add_error(DiagnosticKind::IllegalBase, start, digits.substr(0, 32));
  if (at_ == digits_start) {
    while (digit_value(peek()) < 36) ++at_;
    return add_error(DiagnosticKind::IllegalInteger, start);
  }
  add_integer(start, text_.substr(digits_start, at_ - digits_start), base);
}

void Lexer::scan_fraction(size_t start) {
  ++at_;
  skip_digits();
  if (peek() == 'e' || peek() == 'E') {
    ++at_;
    if (peek() == '+' || peek() == '-') ++at_;
    if (!is_digit(peek())) return add_error(DiagnosticKind::IllegalFloat, start);
    skip_digits();
  }
  std::optional<double> value = parse_float(without_underscores(text_.substr(start, at_ - start)));
  if (!value) return add_error(DiagnosticKind::IllegalFloat, start);
  pools_.floats.push_back(*value);
  add(TokenKind::Float, start, static_cast<uint32_t>(pools_.floats.size() - 1));
}

void Lexer::add_integer(size_t start, std::string_view digits, int base) {
  if (digits.size() > kMaxIntegerDigits) return add_error(DiagnosticKind::IllegalInteger, start);
  pools_.integers.push_back(parse_integer(without_underscores(digits), base));
  add(TokenKind::Integer, start, static_cast<uint32_t>(pools_.integers.size() - 1));
}

// -- characters, strings, quoted atoms

void Lexer::scan_char() {
  size_t start = at_;
  ++at_;
  if (at_end() || (peek() == '\\' && at_ + 1 == text_.size())) {
    at_ = text_.size();
    return add_error(DiagnosticKind::UnterminatedCharacter, start);
  }
  if (peek() != '\\') return add(TokenKind::Char, start, take_code_point());
  Escape escape = scan_escape();
  if (!escape.valid) return add_error(DiagnosticKind::IllegalCharacter, start);
  add(TokenKind::Char, start, escape.value);
}

// at_ stands on the backslash and ends behind the sequence.
Escape Lexer::scan_escape() {
  ++at_;
  if (at_end()) return {0, false};
  char32_t c = take_code_point();
  switch (c) {
    case 'n': return {'\n'};
    case 'r': return {'\r'};
    case 't': return {'\t'};
    case 'v': return {'\v'};
    case 'b': return {'\b'};
    case 'f': return {'\f'};
    case 'e': return {27};
    case 's': return {' '};
    case 'd': return {127};
    case '^':
      if (at_end()) return {0, false};
      return {take_code_point() & 31};
    case 'x': return scan_hex_escape();
    default: break;
  }
  auto is_octal = [](char d) { return d >= '0' && d <= '7'; };
  if (c < '0' || c > '7') return {c};
  char32_t value = c - '0';
  for (int i = 0; i < 2 && is_octal(peek()); ++i) value = value * 8 + static_cast<char32_t>(text_[at_++] - '0');
  return {value};
}

// \xHH or \x{H...}; at_ stands behind the x.
Escape Lexer::scan_hex_escape() {
  char32_t value = 0;
  if (peek() != '{') {
    if (digit_value(peek()) > 15 || digit_value(peek(1)) > 15) return {0, false};
    value = static_cast<char32_t>(digit_value(peek()) * 16 + digit_value(peek(1)));
    at_ += 2;
    return {value};
  }
  ++at_;
  size_t digits_start = at_;
  while (digit_value(peek()) < 16) {
    value = std::min<char32_t>(value * 16 + static_cast<char32_t>(digit_value(peek())), 0x110000);
    ++at_;
  }
  if (at_ == digits_start || peek() != '}') return {0, false};
  ++at_;
  bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  return {value, value <= 0x10FFFF && !is_surrogate};
}

void Lexer::scan_quoted(char quote) {
  size_t start = at_;
  ++at_;
  std::u32string characters;
  size_t bad_start = 0;
  size_t bad_end = 0;
  while (!at_end() && peek() != quote) {
    size_t character_start = at_;
    if (peek() != '\\') {
      characters.push_back(take_code_point());
      continue;
    }
    Escape escape = scan_escape();
    characters.push_back(escape.value);
    if (!escape.valid && bad_start == 0) {
      bad_start = character_start;
      bad_end = at_;
    }
  }
  if (at_end()) {
    static constexpr size_t kShown = 16;
    auto kind = quote == '"' ? DiagnosticKind::UnterminatedString : DiagnosticKind::UnterminatedAtom;
    characters.resize(std::min(characters.size(), kShown));
    add_error(kind, start, quoted_text(characters, quote));
    // The span is the first line only: the caret should stand under the quote, not under the rest of the file.
    size_t line_end = std::min(text_.find('\n', start), text_.size());
    list_.tokens.back().span.end = Loc{begin_ + static_cast<uint32_t>(line_end)};
    return;
  }
  ++at_;
  if (bad_start != 0) {
    add_error(DiagnosticKind::IllegalCharacter, bad_start);
    list_.tokens.back().span.end = Loc{begin_ + static_cast<uint32_t>(bad_end)};
    return;
  }
  if (quote == '\'') return add_name(TokenKind::Atom, start, to_utf8(characters), kQuotedAtom);
  pools_.strings.push_back(std::move(characters));
  add(TokenKind::String, start, static_cast<uint32_t>(pools_.strings.size() - 1));
}

// -- the rest

void Lexer::scan_punctuation() {
  size_t start = at_;
  std::string_view rest = text_.substr(at_);
  for (const Punctuation& candidate : punctuation()) {
    if (!rest.starts_with(candidate.text)) continue;
    at_ += candidate.text.size();
    bool is_full_stop =
        candidate.kind == TokenKind::Period && (at_end() || peek() == '%' || is_white_space(code_point().value));
    return add(is_full_stop ? TokenKind::Dot : candidate.kind, start);
  }
  // One error for a run of strange characters: a word in another script is one mistake.
  auto is_strange = [&] { return !at_end() && (code_point().value > 0xFF || code_point().value == 0x7F); };
  take_code_point();
  while (is_strange()) take_code_point();
  add_error(DiagnosticKind::IllegalCharacter, start);
}

void Lexer::add(TokenKind kind, size_t start, uint32_t payload, uint8_t flags) {
  Token token;
  token.kind = kind;
  token.flags = flags;
  token.payload = payload;
  token.span = {Loc{begin_ + static_cast<uint32_t>(start)}, Loc{begin_ + static_cast<uint32_t>(at_)}};
  list_.tokens.push_back(token);
}

void Lexer::add_error(DiagnosticKind kind, size_t start, std::string argument) {
  list_.errors.push_back({kind, std::move(argument)});
  add(TokenKind::Error, start, static_cast<uint32_t>(list_.errors.size() - 1));
}

TokenList lex(std::string_view text, Loc begin, Ast& pools) { return Lexer(text, begin, pools).run(); }

}  // namespace hj::syntax
