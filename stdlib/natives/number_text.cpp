#include "stdlib/natives/number_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "runtime/term/atoms.h"
#include "runtime/term/print.h"

namespace hj::stdlib {

using namespace hj::rt;

bool is_number_base(Term base) { return base.is_small() && base.small() >= 2 && base.small() <= 36; }

std::optional<double> float_of_text(std::string_view text) {
  size_t i = 0;
  const auto digits = [&] {
    const size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') i++;
    return i > begin;
  };
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) i++;
  if (!digits() || i >= text.size() || text[i] != '.') return std::nullopt;
  i++;
  if (!digits()) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    i++;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) i++;
    if (!digits() || i != text.size()) return std::nullopt;
  }
  const std::string_view number = text.starts_with('+') ? text.substr(1) : text;
  double value = 0;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
  // Too small is zero (or denormal); too large is no float.
  if (result.ec == std::errc::result_out_of_range) {
    value = std::strtod(std::string(number).c_str(), nullptr);
  }
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

std::string float_text(double value) { return fmt::format("{:.20e}", value); }

// The fraction is scaled, then rounded half away from zero: not always the nearest text, but OTP's.
static std::string decimals_text(double value, int64_t digits) {
  constexpr int64_t kMaxScaled = 18;
  const double magnitude = std::fabs(value);
  if (digits > kMaxScaled || magnitude >= 0x1p53) return fmt::format("{:.{}f}", value, digits);
  uint64_t scale = 1;
  for (int64_t i = 0; i < digits; i++) scale *= 10;
  auto whole = static_cast<uint64_t>(magnitude);
  const double scaled = (magnitude - static_cast<double>(whole)) * static_cast<double>(scale);
  auto fraction = static_cast<uint64_t>(scaled);
  if (scaled - static_cast<double>(fraction) >= 0.5) fraction++;
  if (fraction >= scale) {
    fraction -= scale;
    whole++;
  }
  std::string text = fmt::format("{}{}", std::signbit(value) ? "-" : "", whole);
  if (digits > 0) text += fmt::format(".{:0{}}", fraction, digits);
  return text;
}

// Options: {decimals, 0..253}, {scientific, 0..249}, compact, short; the last one counts, even when those before are too large.
std::optional<std::string> float_text(double value, Term options) {
  enum class Form { Scientific, Decimals, Short } form = Form::Scientific;
  int64_t digits = 20;
  bool compact = false;
  for (; options.is_cons(); options = options.tail()) {
    const Term option = options.head();
    if (option == am::compact) {
      compact = true;
    } else if (option == am::short_) {
      form = Form::Short;
    } else if (option.is_tuple() && option.tuple_size() == 2 && option.tuple_elements()[1].is_small()) {
      const Term name = option.tuple_elements()[0];
      digits = option.tuple_elements()[1].small();
      if (name != am::decimals && name != am::scientific) return std::nullopt;
      form = name == am::decimals ? Form::Decimals : Form::Scientific;
    } else {
      return std::nullopt;
    }
  }
  if (!options.is_nil()) return std::nullopt;
  std::string text;
  switch (form) {
    case Form::Short: write_float(text, value); return text;
    case Form::Scientific:
      if (digits > 249) return std::nullopt;
      // C's answer to a negative precision is 6.
      return fmt::format("{:.{}e}", value, digits < 0 ? 6 : digits);
    case Form::Decimals: break;
  }
  if (digits < 0 || digits > 253) return std::nullopt;
  text = decimals_text(value, digits);
  // Without a point a large number's own zeros go, too, as in OTP.
  if (compact && (digits > 0 || std::fabs(value) >= 0x1p53)) {
    while (text.ends_with('0') && text[text.size() - 2] != '.') text.pop_back();
  }
  return text;
}

}  // namespace hj::stdlib
