#include "stdlib/natives/io_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "runtime/term/binary.h"
#include "runtime/term/print.h"
#include "runtime/term/utf8.h"
#include "stdlib/natives/chardata.h"
#include "stdlib/natives/float_text.h"

namespace hj::stdlib {

using namespace hj::rt;

namespace {

enum class Adjust : uint8_t { Left, Right };

// One control sequence, its stars replaced by arguments.
struct Control {
  char32_t letter = 0;
  std::optional<int64_t> width;      // F, not negative
  std::optional<int64_t> precision;  // P
  Adjust adjust = Adjust::Right;
  std::u32string pad = U" ";         // one character, or any text a star took
  bool unicode = false;              // t
  bool lists = false;                // l
};

using Text = std::u32string;

// What was given as padding or for ~c is no character: a mistake only when it is used.
constexpr char32_t kNoCharacter = 0xffffffff;

Text decode(std::string_view utf8) {
  Text out;
  for (size_t at = 0; at < utf8.size();) out += next_utf8(utf8, at);
  return out;
}

std::string encode(const Text& text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

Text text_of_pad(Term pad) {
  if (pad.is_small() && pad.small() >= 0 && pad.small() <= kMaxCharacter) return Text(1, static_cast<char32_t>(pad.small()));
  const bool is_chardata = pad.is_list() || is_binary(pad);
  const std::optional<std::string> text = is_chardata ? text_of_chardata(pad, TextEncoding::StrictUnicode) : std::nullopt;
  return text ? decode(*text) : Text(1, kNoCharacter);
}

// A pad of several characters counts as one, as in OTP.
Text padded(const Text& text, int64_t width, Adjust adjust, const Text& pad) {
  const auto size = static_cast<int64_t>(text.size());
  if (size >= width) return text;
  Text padding;
  for (int64_t i = size; i < width; i++) padding += pad;
  return adjust == Adjust::Left ? text + padding : padding + text;
}

// Integer band 255.
uint64_t low_byte(Term integer) {
  if (integer.is_small()) return static_cast<uint64_t>(integer.small()) & 0xff;
  const uint64_t limb = integer.boxed()[1].bits;
  return (integer.subtag() == Subtag::NegativeBig ? 0 - limb : limb) & 0xff;
}

// A value that must not be cut: stars where it does not fit. The precision is the room for the value in the width.
std::optional<Text> fitted(const Text& text, const Control& control, std::optional<int64_t> precision) {
  if (!control.width && !precision) return text;
  const int64_t width = control.width.value_or(precision.value_or(0));
  const auto size = static_cast<int64_t>(text.size());
  const int64_t room = precision ? std::min(*precision, width) : width;
  if (size > room) return padded(Text(static_cast<size_t>(room), U'*'), width, control.adjust, control.pad);
  return padded(text, width, control.adjust, control.pad);
}

// A string may be cut: to the precision, or to the width when there is none.
std::optional<Text> cut(const Text& text, const Control& control) {
  if (!control.width && !control.precision) return text;
  if (!control.precision) {
    return padded(text.substr(0, static_cast<size_t>(*control.width)), *control.width, control.adjust, control.pad);
  }
  if (!control.width) {
    return padded(text.substr(0, static_cast<size_t>(*control.precision)), *control.precision, Adjust::Left, control.pad);
  }
  if (*control.width < *control.precision) return std::nullopt;
  const Text inner = padded(text.substr(0, static_cast<size_t>(*control.precision)), *control.precision,
                            *control.width == *control.precision ? control.adjust : Adjust::Left, control.pad);
  return padded(inner, *control.width, control.adjust, control.pad);
}

// -- the parser of formats

class Formatter {
 public:
  Formatter(Text format, std::vector<Term> args) : format_(std::move(format)), args_(std::move(args)) {}

  std::optional<std::string> run() {
    while (at_ < format_.size()) {
      const char32_t c = format_[at_++];
      if (c != U'~') {
        emit(Text(1, c));
        continue;
      }
      const std::optional<Control> control = parse();
      if (!control || !execute(*control)) return std::nullopt;
    }
    if (next_ != args_.size()) return std::nullopt;
    return std::move(out_);
  }

 private:
  std::optional<Term> take() {
    if (next_ >= args_.size()) return std::nullopt;
    return args_[next_++];
  }
  bool at(char32_t c) const { return at_ < format_.size() && format_[at_] == c; }

  // Digits, or a star that takes an argument. False: an argument is missing or no integer.
  bool parse_number(std::optional<int64_t>& number) {
    if (at(U'*')) {
      at_++;
      const std::optional<Term> arg = take();
      if (!arg || !arg->is_small()) return false;
      number = arg->small();
      return true;
    }
    while (at_ < format_.size() && format_[at_] >= U'0' && format_[at_] <= U'9') {
      number = std::min<int64_t>(number.value_or(0) * 10 + static_cast<int64_t>(format_[at_++] - U'0'), 1 << 28);
    }
    return true;
  }

  std::optional<Control> parse() {
    Control control;
    const bool negated = at(U'-');
    if (negated) at_++;
    if (!parse_number(control.width) || (negated && !control.width)) return std::nullopt;
    if (negated) control.width = -*control.width;
    if (control.width && *control.width < 0) {
      control.adjust = Adjust::Left;
      control.width = -*control.width;
    }
    if (at(U'.')) {
      at_++;
      if (!parse_number(control.precision)) return std::nullopt;
      if (control.precision && *control.precision < 0) return std::nullopt;
      if (at(U'.')) {
        at_++;
        // With no arguments left the star itself is the padding.
        if (at(U'*') && next_ < args_.size()) {
          at_++;
          control.pad = text_of_pad(*take());
        } else if (at_ < format_.size()) {
          control.pad = Text(1, format_[at_++]);
        } else {
          return std::nullopt;
        }
      }
    }
    for (; at(U't') || at(U'l'); at_++) (at(U't') ? control.unicode : control.lists) = true;
    if (at_ >= format_.size()) return std::nullopt;
    control.letter = format_[at_++];
    return control;
  }

  bool emit(const Text& text) { return text.find(kNoCharacter) == Text::npos && emit_utf8(encode(text)); }
  bool emit_utf8(std::string_view text) {
    out_ += text;
    return true;
  }
  bool emit(const std::optional<Text>& text) { return text && emit(*text); }

  // How far the last line has come: where a pretty printed term begins.
  int64_t column() const {
    const size_t newline = out_.rfind('\n');
    int64_t column = 0;
    for (size_t at = newline == std::string::npos ? 0 : newline + 1; at < out_.size();) {
      column = next_utf8(out_, at) == '\t' ? (column / 8 + 1) * 8 : column + 1;
    }
    return column;
  }

  bool execute(const Control& control) {
    switch (control.letter) {
      case U'~': return put_copies(control, U'~');
      case U'n':
        if (control.adjust == Adjust::Left) return false;
        return emit(Text(static_cast<size_t>(control.width.value_or(1)), U'\n'));
      default: break;
    }
    const std::optional<Term> arg = take();
    if (!arg) return false;
    switch (control.letter) {
      case U'i': return true;
      case U'c': return put_character(control, *arg);
      case U's': return put_string(control, *arg);
      case U'w': return put_written(control, *arg, -1);
      case U'p': return put_pretty(control, *arg, -1);
      case U'W':
      case U'P': {
        const std::optional<Term> depth = take();
        if (!depth || !depth->is_small()) return false;
        return control.letter == U'W' ? put_written(control, *arg, depth->small()) : put_pretty(control, *arg, depth->small());
      }
      case U'e':
      case U'f':
      case U'g': return put_float(control, *arg);
      case U'b':
      case U'B':
      case U'x':
      case U'X':
      case U'+':
      case U'#': return put_integer(control, *arg);
      default: return false;
    }
  }

  bool put_character(const Control& control, Term arg) {
    if (!arg.is_integer()) return false;
    if (!control.unicode) return put_copies(control, static_cast<char32_t>(low_byte(arg)));
    const bool is_character = arg.is_small() && arg.small() >= 0 && arg.small() <= kMaxCharacter;
    return put_copies(control, is_character ? static_cast<char32_t>(arg.small()) : kNoCharacter);
  }

  // The precision says how many, the width in how much room.
  bool put_copies(const Control& control, char32_t character) {
    const int64_t copies = control.precision.value_or(control.width.value_or(1));
    const int64_t width = control.width.value_or(copies);
    if (width < copies) return false;
    return emit(padded(Text(static_cast<size_t>(copies), character), width, control.adjust, control.pad));
  }

  static std::optional<std::string> text_of_atom(Term atom, TextEncoding encoding) {
    const std::string_view text = atom_text(atom);
    // In UTF-8 all bytes of what Latin-1 does not have are, or follow, one from C4 on.
    const auto beyond = [](char c) { return static_cast<uint8_t>(c) >= 0xc4; };
    if (encoding == TextEncoding::Latin1 && std::any_of(text.begin(), text.end(), beyond)) return std::nullopt;
    return std::string(text);
  }

  bool put_string(const Control& control, Term arg) {
    std::optional<std::string> text;
    if (arg.is_atom()) {
      text = text_of_atom(arg, control.unicode ? TextEncoding::Unicode : TextEncoding::Latin1);
    } else if (arg.is_list() || is_binary(arg)) {
      text = text_of_chardata(arg, control.unicode ? TextEncoding::Unicode : TextEncoding::Latin1);
    }
    if (!text) return false;
    return emit(cut(decode(*text), control));
  }

  Encoding encoding(const Control& control) const { return control.unicode ? Encoding::Unicode : Encoding::Latin1; }

  bool put_written(const Control& control, Term arg, int64_t depth) {
    std::string text;
    write_term(text, arg, encoding(control), depth);
    if (!control.width && !control.precision) return emit_utf8(text);
    return emit(fitted(decode(text), control, control.precision));
  }

  bool put_pretty(const Control& control, Term arg, int64_t depth) {
    if (control.adjust == Adjust::Left) return false;
    PrettyOptions options;
    options.line_width = control.width.value_or(80);
    options.column = control.precision ? std::max<int64_t>(*control.precision - 1, 0) : column();
    options.depth = depth;
    options.strings_as_lists = control.lists;
    options.encoding = encoding(control);
    pretty_term(out_, arg, options);
    return true;
  }

  bool put_float(const Control& control, Term arg) {
    if (!arg.is_float()) return false;
    const double value = arg.float_value();
    const int64_t precision = control.precision.value_or(6);
    const std::optional<std::string> text = control.letter == U'f'   ? fixed_text(value, precision)
                                            : control.letter == U'e' ? exponent_text(value, precision)
                                                                     : general_text(value, precision);
    return text && emit(fitted(Text(text->begin(), text->end()), control, std::nullopt));
  }

  bool put_integer(const Control& control, Term arg) {
    const int64_t base = control.precision.value_or(10);
    if (!arg.is_integer() || base < 2 || base > 36) return false;
    const bool upper = control.letter == U'B' || control.letter == U'X' || control.letter == U'#';
    std::string digits = integer_to_text(arg, static_cast<int>(base));
    if (!upper) std::transform(digits.begin(), digits.end(), digits.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    Text prefix;
    if (control.letter == U'x' || control.letter == U'X') {
      const std::optional<Term> given = take();
      if (!given) return false;
      const std::optional<std::string> text =
          given->is_atom()   ? std::optional(std::string(atom_text(*given)))
          : given->is_list() ? text_of_chardata(*given, TextEncoding::Unicode)
                             : std::nullopt;
      if (!text) return false;
      prefix = decode(*text);
    } else if (control.letter == U'#' || control.letter == U'+') {
      const std::string base_prefix = fmt::format("{}#", base);
      prefix = Text(base_prefix.begin(), base_prefix.end());
    }
    Text text;
    if (digits[0] == '-') {
      text += U'-';
      digits.erase(0, 1);
    }
    text += prefix + Text(digits.begin(), digits.end());
    return emit(fitted(text, control, std::nullopt));
  }

  const Text format_;
  size_t at_ = 0;
  const std::vector<Term> args_;
  size_t next_ = 0;
  std::string out_;
};

}  // namespace

std::optional<std::string> format_text(Term format, Term args) {
  const std::optional<std::string> text =
      format.is_atom() ? std::optional(std::string(atom_text(format))) : text_of_chardata(format, TextEncoding::Unicode);
  if (!text) return std::nullopt;
  std::vector<Term> list;
  for (; args.is_cons(); args = args.tail()) list.push_back(args.head());
  if (!args.is_nil()) return std::nullopt;
  return Formatter(decode(*text), std::move(list)).run();
}

}  // namespace hj::stdlib
