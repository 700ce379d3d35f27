// Integers of any size for constant expressions: -(1 bsl 64) in a pattern must be a constant when Core is made, and the
// frontend has no bignum library. Small and simple instead of fast: such expressions are rare and short.
//
// Threads: any thread, a value has one owner.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hj::core {

// No operand or result of a constant operation may have more bits: 1 bsl 1000000000 is refused, not computed.
inline constexpr int64_t kMaxConstantBits = 1 << 16;

class ConstantInteger {
 public:
  ConstantInteger() = default;
  ConstantInteger(int64_t value);
  // Lower-case digits, '-' in front when negative.
  static ConstantInteger from_hex(std::string_view text);

  std::optional<int64_t> small() const;
  std::string hex() const;
  bool is_zero() const { return limbs_.empty(); }
  bool is_negative() const { return negative_; }
  size_t bit_count() const;

  ConstantInteger operator-() const;
  friend ConstantInteger operator+(const ConstantInteger& a, const ConstantInteger& b);
  friend ConstantInteger operator-(const ConstantInteger& a, const ConstantInteger& b) { return a + -b; }
  friend ConstantInteger operator*(const ConstantInteger& a, const ConstantInteger& b);

  // Truncating, as Erlang's div and rem; the divisor is not zero.
  struct Division;
  static Division divide(const ConstantInteger& a, const ConstantInteger& b);
  // bsl for positive counts, bsr (rounding down) for negative ones.
  ConstantInteger shifted(int64_t count) const;
  enum class Bits : uint8_t { And, Or, Xor };
  static ConstantInteger bitwise(Bits operation, const ConstantInteger& a, const ConstantInteger& b);

 private:
  void trim();
  static int compare_magnitude(const ConstantInteger& a, const ConstantInteger& b);
  static ConstantInteger add_magnitude(const ConstantInteger& a, const ConstantInteger& b);
  // a's magnitude is not smaller than b's.
  static ConstantInteger sub_magnitude(const ConstantInteger& a, const ConstantInteger& b);
  std::vector<uint32_t> twos_complement(size_t size) const;

  bool negative_ = false;        // false for zero
  std::vector<uint32_t> limbs_;  // the lowest first, the highest not zero
};

struct ConstantInteger::Division {
  ConstantInteger quotient;
  ConstantInteger remainder;
};

}  // namespace hj::core
