#include "runtime/term/bigint.h"

#include <gmp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <span>
#include <vector>

#include "base/check.h"
#include "runtime/heap/build.h"
#include "runtime/term/atoms.h"

namespace hj::rt {
namespace {

static_assert(sizeof(mp_limb_t) == sizeof(uint64_t) && GMP_NAIL_BITS == 0);

// OTP's limit on the words of an integer.
constexpr size_t kMaxLimbs = (1u << 19) - 1;

// A magnitude and a sign read from a term. A small's magnitude is kept in the object, so it must stay where it is.
struct Operand {
  explicit Operand(Term term) {
    if (term.is_small()) {
      int64_t value = term.small();
      negative = value < 0;
      own = negative ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
      limbs = &own;
      size = own != 0 ? 1 : 0;
    } else {
      uint64_t header = term.header();
      negative = Term::subtag_of(header) == Subtag::NegativeBig;
      limbs = reinterpret_cast<const mp_limb_t*>(term.boxed() + 1);
      size = Term::size_of(header);
    }
  }
  Operand(const Operand&) = delete;
  Operand& operator=(const Operand&) = delete;

  const mp_limb_t* limbs;
  size_t size;
  bool negative;
  mp_limb_t own = 0;
};

// Room for a result before its size is known; short ones stay on the C stack.
class Scratch {
 public:
  explicit Scratch(size_t limbs) {
    if (limbs > inline_.size()) heap_.resize(limbs);
  }
  mp_limb_t* data() { return heap_.empty() ? inline_.data() : heap_.data(); }

 private:
  std::array<mp_limb_t, 32> inline_;
  std::vector<mp_limb_t> heap_;
};

size_t normalized_size(const mp_limb_t* limbs, size_t size) {
  while (size > 0 && limbs[size - 1] == 0) size--;
  return size;
}

bool fits_small_magnitude(const mp_limb_t* limbs, size_t size, bool negative) {
  if (size == 0) return true;
  uint64_t limit = static_cast<uint64_t>(kSmallMax) + (negative ? 1 : 0);
  return size == 1 && limbs[0] <= limit;
}

Term small_of(const mp_limb_t* limbs, size_t size, bool negative) {
  uint64_t magnitude = size == 0 ? 0 : limbs[0];
  return Term::from_small(static_cast<int64_t>(negative ? 0 - magnitude : magnitude));
}

// The canonical term of a magnitude; a result beyond OTP's limit raises system_limit.
Term integer_term(Process& process, const mp_limb_t* limbs, size_t size, bool negative) {
  size = normalized_size(limbs, size);
  if (fits_small_magnitude(limbs, size, negative)) return small_of(limbs, size, negative);
  if (size > kMaxLimbs) return raise_error(process, am::system_limit);
  Term* object = heap_alloc(process, size + 1);
  object[0] = Term::header(negative ? Subtag::NegativeBig : Subtag::PositiveBig, size);
  std::copy_n(limbs, size, reinterpret_cast<mp_limb_t*>(object + 1));
  return Term::boxed(object);
}

int compare_magnitudes(const Operand& a, const Operand& b) {
  if (a.size != b.size) return a.size < b.size ? -1 : 1;
  return a.size == 0 ? 0 : mpn_cmp(a.limbs, b.limbs, a.size);
}

// |a| + |b| with the given sign.
Term add_magnitudes(Process& process, const Operand& a, const Operand& b, bool negative) {
  const Operand& longer = a.size >= b.size ? a : b;
  const Operand& shorter = a.size >= b.size ? b : a;
  Scratch result(longer.size + 1);
  mp_limb_t carry = 0;
  if (shorter.size == 0) {
    std::copy_n(longer.limbs, longer.size, result.data());
  } else {
    carry = mpn_add(result.data(), longer.limbs, longer.size, shorter.limbs, shorter.size);
  }
  result.data()[longer.size] = carry;
  return integer_term(process, result.data(), longer.size + 1, negative);
}

// |a| - |b|, negated when `negative`.
Term subtract_magnitudes(Process& process, const Operand& a, const Operand& b, bool negative) {
  int order = compare_magnitudes(a, b);
  if (order == 0) return Term::from_small(0);
  const Operand& larger = order > 0 ? a : b;
  const Operand& smaller = order > 0 ? b : a;
  Scratch result(larger.size);
  if (smaller.size == 0) {
    std::copy_n(larger.limbs, larger.size, result.data());
  } else {
    mpn_sub(result.data(), larger.limbs, larger.size, smaller.limbs, smaller.size);
  }
  return integer_term(process, result.data(), larger.size, negative != (order < 0));
}

// -- two's complement, for the bit operations

// `size` limbs, at least one more than the magnitude needs, so that the top bit is the sign.
void to_twos_complement(const Operand& a, mp_limb_t* out, size_t size) {
  std::copy_n(a.limbs, a.size, out);
  std::fill(out + a.size, out + size, 0);
  if (a.negative) mpn_neg(out, out, size);
}

Term from_twos_complement(Process& process, mp_limb_t* limbs, size_t size) {
  bool negative = (limbs[size - 1] >> 63) != 0;
  if (negative) mpn_neg(limbs, limbs, size);
  return integer_term(process, limbs, size, negative);
}

template <class Operation>
Term bitwise(Process& process, Term a, Term b, Operation operation) {
  if (a.is_small() && b.is_small()) {
    return Term::from_small(static_cast<int64_t>(
        operation(static_cast<mp_limb_t>(a.small()), static_cast<mp_limb_t>(b.small()))));
  }
  Operand left(a), right(b);
  size_t size = std::max(left.size, right.size) + 1;
  Scratch left_bits(size), right_bits(size);
  to_twos_complement(left, left_bits.data(), size);
  to_twos_complement(right, right_bits.data(), size);
  for (size_t i = 0; i < size; i++) left_bits.data()[i] = operation(left_bits.data()[i], right_bits.data()[i]);
  return from_twos_complement(process, left_bits.data(), size);
}

Term shift_left(Process& process, const Operand& a, uint64_t count) {
  size_t whole = count / 64, bits = count % 64;
  if (whole > kMaxLimbs) return raise_error(process, am::system_limit);
  Scratch result(a.size + whole + 1);
  mp_limb_t* limbs = result.data();
  std::fill(limbs, limbs + whole, 0);
  if (bits == 0) {
    std::copy_n(a.limbs, a.size, limbs + whole);
    limbs[whole + a.size] = 0;
  } else {
    limbs[whole + a.size] = mpn_lshift(limbs + whole, a.limbs, a.size, static_cast<unsigned>(bits));
  }
  return integer_term(process, limbs, a.size + whole + 1, a.negative);
}

// Rounds towards minus infinity.
Term shift_right(Process& process, const Operand& a, uint64_t count) {
  size_t whole = count / 64, bits = count % 64;
  if (whole >= a.size) return Term::from_small(a.negative ? -1 : 0);
  size_t size = a.size - whole;
  Scratch result(size + 1);
  mp_limb_t* limbs = result.data();
  bool lost = std::any_of(a.limbs, a.limbs + whole, [](mp_limb_t limb) { return limb != 0; });
  if (bits == 0) {
    std::copy_n(a.limbs + whole, size, limbs);
  } else {
    lost |= mpn_rshift(limbs, a.limbs + whole, size, static_cast<unsigned>(bits)) != 0;
  }
  limbs[size] = 0;
  if (a.negative && lost) mpn_add_1(limbs, limbs, size + 1, 1);
  return integer_term(process, limbs, size + 1, a.negative);
}

}  // namespace

Term integer_add(Process& process, Term a, Term b) {
  Operand left(a), right(b);
  if (left.negative == right.negative) return add_magnitudes(process, left, right, left.negative);
  return subtract_magnitudes(process, left, right, left.negative);
}

Term integer_subtract(Process& process, Term a, Term b) {
  Operand left(a), right(b);
  if (left.negative != right.negative) return add_magnitudes(process, left, right, left.negative);
  return subtract_magnitudes(process, left, right, left.negative);
}

Term integer_multiply(Process& process, Term a, Term b) {
  Operand left(a), right(b);
  if (left.size == 0 || right.size == 0) return Term::from_small(0);
  // Before the work: a product of two integers near the limit would take seconds only to be refused.
  if (left.size + right.size > kMaxLimbs + 1) return raise_error(process, am::system_limit);
  Scratch result(left.size + right.size);
  if (left.limbs == right.limbs) {
    mpn_sqr(result.data(), left.limbs, left.size);
  } else if (left.size >= right.size) {
    mpn_mul(result.data(), left.limbs, left.size, right.limbs, right.size);
  } else {
    mpn_mul(result.data(), right.limbs, right.size, left.limbs, left.size);
  }
  return integer_term(process, result.data(), left.size + right.size, left.negative != right.negative);
}

Term integer_divide(Process& process, Term a, Term b) {
  Operand left(a), right(b);
  if (left.size < right.size) return Term::from_small(0);
  Scratch quotient(left.size - right.size + 1), remainder(right.size);
  mpn_tdiv_qr(quotient.data(), remainder.data(), 0, left.limbs, left.size, right.limbs, right.size);
  return integer_term(process, quotient.data(), left.size - right.size + 1, left.negative != right.negative);
}

Term integer_remainder(Process& process, Term a, Term b) {
  Operand left(a), right(b);
  if (left.size < right.size) return a;
  Scratch quotient(left.size - right.size + 1), remainder(right.size);
  mpn_tdiv_qr(quotient.data(), remainder.data(), 0, left.limbs, left.size, right.limbs, right.size);
  return integer_term(process, remainder.data(), right.size, left.negative);
}

Term integer_negate(Process& process, Term a) {
  Operand operand(a);
  return integer_term(process, operand.limbs, operand.size, !operand.negative);
}

Term integer_and(Process& process, Term a, Term b) {
  return bitwise(process, a, b, [](mp_limb_t x, mp_limb_t y) { return x & y; });
}

Term integer_or(Process& process, Term a, Term b) {
  return bitwise(process, a, b, [](mp_limb_t x, mp_limb_t y) { return x | y; });
}

Term integer_xor(Process& process, Term a, Term b) {
  return bitwise(process, a, b, [](mp_limb_t x, mp_limb_t y) { return x ^ y; });
}

Term integer_not(Process& process, Term a) {
  if (a.is_small()) return Term::from_small(~a.small());
  // -a - 1
  Operand operand(a), one(Term::from_small(1));
  if (operand.negative) return subtract_magnitudes(process, operand, one, false);
  return add_magnitudes(process, operand, one, true);
}

Term integer_shift(Process& process, Term a, int64_t count) {
  Operand operand(a);
  if (operand.size == 0) return Term::from_small(0);
  if (count >= 0) return shift_left(process, operand, static_cast<uint64_t>(count));
  return shift_right(process, operand, 0 - static_cast<uint64_t>(count));
}

int compare_integers(Term a, Term b) {
  if (a.is_small() && b.is_small()) return a.small() < b.small() ? -1 : a.small() > b.small();
  Operand left(a), right(b);
  if (left.negative != right.negative) return left.negative ? -1 : 1;
  int order = compare_magnitudes(left, right);
  return left.negative ? -order : order;
}

int compare_integer_float(Term integer, double value) {
  if (std::isinf(value)) return value > 0 ? -1 : 1;
  Operand operand(integer);
  int sign = operand.size == 0 ? 0 : operand.negative ? -1 : 1;
  int value_sign = value > 0 ? 1 : value < 0 ? -1 : 0;
  if (sign != value_sign || sign == 0) return sign < value_sign ? -1 : sign > value_sign;
  // Both of one sign, neither 0: compare magnitudes. |value| = mantissa * 2^exponent with a mantissa of 53 bits.
  int exponent;
  double fraction = std::frexp(std::fabs(value), &exponent);
  size_t bits = operand.size * 64 - static_cast<size_t>(__builtin_clzll(operand.limbs[operand.size - 1]));
  if (exponent <= 0 || bits > static_cast<size_t>(exponent)) return sign;
  if (bits < static_cast<size_t>(exponent)) return -sign;
  // Equally long integer parts (at most 1024 bits): write the float's out and compare limb by limb.
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  std::array<mp_limb_t, 17> limbs{};
  int shift = exponent - 53;
  uint64_t below = 0;   // the float's bits right of its point
  if (shift < 0) {
    below = mantissa & ((uint64_t{1} << -shift) - 1);
    limbs[0] = mantissa >> -shift;
  } else {
    auto low = static_cast<size_t>(shift / 64);
    limbs[low] = mantissa << (shift % 64);
    if (shift % 64 != 0) limbs[low + 1] = mantissa >> (64 - shift % 64);
  }
  int order = mpn_cmp(operand.limbs, limbs.data(), operand.size);
  if (order == 0 && below != 0) order = -1;
  return sign < 0 ? -order : order;
}

bool integer_to_double(Term integer, double& value) {
  if (integer.is_small()) {
    value = static_cast<double>(integer.small());
    return true;
  }
  Operand operand(integer);
  if (operand.size > 16) return false;
  // Limb by limb from the top, each step rounding: not always the nearest double, but OTP's.
  double magnitude = 0;
  for (size_t i = operand.size; i > 0; i--) magnitude = magnitude * 0x1p64 + static_cast<double>(operand.limbs[i - 1]);
  value = operand.negative ? -magnitude : magnitude;
  return std::isfinite(value);
}

Term integer_from_double(Process& process, double value) {
  value = std::trunc(value);
  bool negative = value < 0;
  int exponent;
  double fraction = std::frexp(std::fabs(value), &exponent);
  if (value == 0) return Term::from_small(0);
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  std::array<mp_limb_t, 17> limbs{};
  int shift = exponent - 53;
  if (shift < 0) {
    limbs[0] = mantissa >> -shift;
  } else {
    auto low = static_cast<size_t>(shift / 64);
    limbs[low] = mantissa << (shift % 64);
    if (shift % 64 != 0) limbs[low + 1] = mantissa >> (64 - shift % 64);
  }
  return integer_term(process, limbs.data(), limbs.size(), negative);
}

std::string integer_to_text(Term integer, int base) {
  constexpr char kDigits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  Operand operand(integer);
  if (operand.size == 0) return "0";
  // mpn_get_str overwrites its operand.
  Scratch copy(operand.size + 1);
  std::copy_n(operand.limbs, operand.size, copy.data());
  std::string text(mpn_sizeinbase(copy.data(), operand.size, base) + 1, '\0');
  size_t count = mpn_get_str(reinterpret_cast<unsigned char*>(text.data()), base, copy.data(), operand.size);
  text.resize(count);
  size_t zeros = 0;
  while (zeros + 1 < count && text[zeros] == 0) zeros++;
  text.erase(0, zeros);
  for (char& digit : text) digit = kDigits[static_cast<unsigned char>(digit)];
  if (operand.negative) text.insert(text.begin(), '-');
  return text;
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

Term integer_from_text(Process& process, std::string_view text, int base) {
  bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty()) return Term::non_value();
  for (char c : text) {
    if (digit_value(c) >= base) return Term::non_value();
  }
  while (text.size() > 1 && text[0] == '0') text.remove_prefix(1);
  if (text.size() <= 11) {   // 36^11 < 2^57
    int64_t value = 0;
    for (char c : text) value = value * base + digit_value(c);
    return Term::from_small(negative ? -value : value);
  }
  std::vector<unsigned char> digits(text.size());
  std::transform(text.begin(), text.end(), digits.begin(), [](char c) { return static_cast<unsigned char>(digit_value(c)); });
  // A digit of base 36 is less than 6 bits.
  Scratch limbs(text.size() * 6 / 64 + 2);
  size_t size = static_cast<size_t>(mpn_set_str(limbs.data(), digits.data(), digits.size(), base));
  return integer_term(process, limbs.data(), size, negative);
}

// -- literals: built in a version's literal area, without a process

namespace {

std::vector<mp_limb_t> limbs_of_hex(std::string_view hex) {
  std::vector<mp_limb_t> limbs(hex.size() / 16 + 1, 0);
  for (size_t i = 0; i < hex.size(); i++) {
    auto value = static_cast<mp_limb_t>(digit_value(hex[hex.size() - 1 - i]));
    HJ_CHECK(value < 16, "literal digits '{}' are not hexadecimal", hex);
    limbs[i / 16] |= value << (i % 16 * 4);
  }
  limbs.resize(normalized_size(limbs.data(), limbs.size()));
  return limbs;
}

}  // namespace

size_t integer_words_of_hex(std::string_view hex) {
  std::vector<mp_limb_t> limbs = limbs_of_hex(hex);
  // Without knowing the sign: the one magnitude that is small only when negative still gets its words.
  return fits_small_magnitude(limbs.data(), limbs.size(), false) ? 0 : limbs.size() + 1;
}

Term integer_build_hex(Term* where, std::string_view hex, bool negative) {
  std::vector<mp_limb_t> limbs = limbs_of_hex(hex);
  if (fits_small_magnitude(limbs.data(), limbs.size(), negative)) return small_of(limbs.data(), limbs.size(), negative);
  where[0] = Term::header(negative ? Subtag::NegativeBig : Subtag::PositiveBig, limbs.size());
  std::copy(limbs.begin(), limbs.end(), reinterpret_cast<mp_limb_t*>(where + 1));
  return Term::boxed(where);
}

}  // namespace hj::rt
