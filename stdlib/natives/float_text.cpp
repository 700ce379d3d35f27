#include "stdlib/natives/float_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hj::stdlib {
namespace {

// The first 21 decimal digits: OTP rounds what is shown from those, half up, not from the exact value.
struct Digits {
  bool negative = false;
  std::string digits;   // the first is not 0, but for zero itself
  int exponent = 0;     // of the first digit
};

Digits digits_of(double value) {
  const std::string text = fmt::format("{:.20e}", std::fabs(value));
  Digits result;
  result.negative = std::signbit(value);
  result.digits = text.substr(0, 1) + text.substr(2, 20);
  result.exponent = std::stoi(text.substr(text.find('e') + 1));
  return result;
}

// Rounds to `count` digits, half up; count may be 0 or negative (then what is left is 0 or a 1 one place higher).
void round_digits(Digits& d, int count) {
  if (count >= static_cast<int>(d.digits.size())) {
    d.digits.append(static_cast<size_t>(count) - d.digits.size(), '0');
    return;
  }
  const bool up = count >= 0 && d.digits[static_cast<size_t>(count)] >= '5';
  d.digits.resize(static_cast<size_t>(std::max(count, 0)));
  if (!up) return;
  for (size_t i = d.digits.size(); i-- > 0;) {
    if (d.digits[i] != '9') {
      d.digits[i]++;
      return;
    }
    d.digits[i] = '0';
  }
  d.digits.insert(d.digits.begin(), '1');
  d.exponent++;
}

}  // namespace

std::optional<std::string> fixed_text(double value, int64_t precision) {
  if (precision < 1) return std::nullopt;
  Digits d = digits_of(value);
  round_digits(d, static_cast<int>(precision) + d.exponent + 1);
  std::string whole = "0", fraction;
  if (d.exponent >= 0) {
    d.digits.resize(std::max<size_t>(d.digits.size(), static_cast<size_t>(d.exponent) + 1), '0');
    whole = d.digits.substr(0, static_cast<size_t>(d.exponent) + 1);
    fraction = d.digits.substr(static_cast<size_t>(d.exponent) + 1);
  } else {
    fraction = std::string(static_cast<size_t>(-d.exponent - 1), '0') + d.digits;
  }
  fraction.resize(static_cast<size_t>(precision), '0');
  return (d.negative ? "-" : "") + whole + "." + fraction;
}

std::optional<std::string> exponent_text(double value, int64_t precision) {
  if (precision < 2) return std::nullopt;
  Digits d = digits_of(value);
  round_digits(d, static_cast<int>(precision));
  d.digits.resize(static_cast<size_t>(precision), '0');
  return fmt::format("{}{}.{}e{}{}", d.negative ? "-" : "", d.digits[0], d.digits.substr(1), d.exponent < 0 ? "-" : "+",
                     std::abs(d.exponent));
}

std::optional<std::string> general_text(double value, int64_t precision) {
  if (precision < 1) return std::nullopt;
  const double size = std::fabs(value);
  const int64_t whole_digits = size < 0.1 ? -1 : size < 1.0 ? 0 : size < 10.0 ? 1 : size < 100.0 ? 2 : size < 1000.0 ? 3 : size < 10000.0 ? 4 : -1;
  if (whole_digits >= 0 && precision - whole_digits >= 1) return fixed_text(value, precision - whole_digits);
  return exponent_text(value, std::max<int64_t>(precision, 2));
}

}  // namespace hj::stdlib
