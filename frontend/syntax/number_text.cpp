#include "frontend/syntax/number_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

namespace hj::syntax {

std::string without_underscores(std::string_view digits) {
  std::string out(digits);
  std::erase(out, '_');
  return out;
}

// number = number * factor + addend, in limbs of 64 bits, the lowest first.
static void multiply_add(std::vector<uint64_t>& number, uint64_t factor, uint64_t addend) {
  unsigned __int128 carry = addend;
  for (uint64_t& limb : number) {
    carry += static_cast<unsigned __int128>(limb) * factor;
    limb = static_cast<uint64_t>(carry);
    carry >>= 64;
  }
  if (carry != 0) number.push_back(static_cast<uint64_t>(carry));
}

static uint64_t digit_value(char c) {
  if (c >= 'a') return static_cast<uint64_t>(c - 'a' + 10);
  if (c >= 'A') return static_cast<uint64_t>(c - 'A' + 10);
  return static_cast<uint64_t>(c - '0');
}

static std::string to_hex(const std::vector<uint64_t>& number) {
  std::string out = fmt::format("{:x}", number.back());
  for (size_t i = number.size() - 1; i-- > 0;) out += fmt::format("{:016x}", number[i]);
  return out;
}

IntegerLiteral parse_integer(std::string_view digits, int base) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  IntegerLiteral result;
  if (digits.empty()) return result;
  std::from_chars_result parsed = std::from_chars(digits.data(), digits.data() + digits.size(), result.small, base);
  if (parsed.ec == std::errc()) return result;

  // As many digits at a time as a limb holds.
  std::vector<uint64_t> number;
  for (size_t at = 0; at < digits.size();) {
    uint64_t value = 0;
    uint64_t factor = 1;
    for (; at < digits.size() && factor <= UINT64_MAX / static_cast<uint64_t>(base); ++at) {
      factor *= static_cast<uint64_t>(base);
      value = value * static_cast<uint64_t>(base) + digit_value(digits[at]);
    }
    multiply_add(number, factor, value);
  }
  result.is_small = false;
  result.small = 0;
  result.hex = to_hex(number);
  return result;
}

static std::vector<uint64_t> from_hex(std::string_view hex) {
  std::vector<uint64_t> number;
  for (size_t end = hex.size(); end > 0; end -= std::min<size_t>(end, 16)) {
    size_t start = end - std::min<size_t>(end, 16);
    uint64_t limb = 0;
    std::from_chars(hex.data() + start, hex.data() + end, limb, 16);
    number.push_back(limb);
  }
  return number;
}

std::string integer_text(const IntegerLiteral& integer) {
  static constexpr size_t kMaxConverted = 4096;
  if (integer.is_small) return fmt::format("{}", integer.small);
  if (integer.hex.size() > kMaxConverted) return "16#" + integer.hex;
  static constexpr uint64_t kChunk = 1'000'000'000'000'000'000;
  std::vector<uint64_t> number = from_hex(integer.hex);
  std::string out;
  while (!number.empty()) {
    unsigned __int128 remainder = 0;
    for (size_t i = number.size(); i-- > 0;) {
      remainder = remainder << 64 | number[i];
      number[i] = static_cast<uint64_t>(remainder / kChunk);
      remainder %= kChunk;
    }
    while (!number.empty() && number.back() == 0) number.pop_back();
    auto chunk = static_cast<uint64_t>(remainder);
    out.insert(0, number.empty() ? fmt::format("{}", chunk) : fmt::format("{:018}", chunk));
  }
  return out;
}

// Whether a number that does not fit a double is too big rather than too small: the power of ten of its first digit.
static bool is_huge(std::string_view text) {
  size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  std::string_view mantissa = text.substr(0, exponent_at);
  size_t point = std::min(mantissa.find('.'), mantissa.size());
  size_t first = mantissa.find_first_not_of("0.");
  if (first == std::string_view::npos) return false;
  bool negative = text.substr(exponent_at).find('-') != std::string_view::npos;
  int64_t exponent = 0;
  for (char c : text.substr(exponent_at))
    if (c >= '0' && c <= '9') exponent = std::min<int64_t>(exponent * 10 + (c - '0'), 1'000'000'000);
  return static_cast<int64_t>(point) - static_cast<int64_t>(first) + (negative ? -exponent : exponent) > 0;
}

std::optional<double> parse_float(std::string_view text) {
  double value = 0;
  std::from_chars_result parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec == std::errc()) return value;
  if (is_huge(text)) return std::nullopt;
  return 0.0;
}

static std::string with_point(std::string text) {
  size_t exponent = std::min(text.find('e'), text.size());
  if (text.find('.') == std::string::npos) text.insert(exponent, ".0");
  return text;
}

std::string float_text(double value) {
  char buffer[512];
  auto shortest = [&](std::chars_format format) {
    std::to_chars_result end = std::to_chars(buffer, buffer + sizeof buffer, value, format);
    return with_point(std::string(buffer, end.ptr));
  };
  std::string fixed = shortest(std::chars_format::fixed);
  std::string scientific = shortest(std::chars_format::scientific);
  // Erlang writes e3 and e-7, C++ e+03 and e-07.
  size_t digits = scientific.find('e') + 1;
  if (scientific[digits] == '+') scientific.erase(digits, 1);
  if (scientific[digits] == '-') ++digits;
  while (digits + 1 < scientific.size() && scientific[digits] == '0') scientific.erase(digits, 1);
  return fixed.size() <= scientific.size() ? fixed : scientific;
}

}  // namespace hj::syntax
