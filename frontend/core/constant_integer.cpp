#include "frontend/core/constant_integer.h"

#include <algorithm>
#include <bit>

namespace hj::core {

ConstantInteger::ConstantInteger(int64_t value) : negative_(value < 0) {
  uint64_t magnitude = negative_ ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  for (; magnitude != 0; magnitude >>= 32) limbs_.push_back(static_cast<uint32_t>(magnitude));
}

ConstantInteger ConstantInteger::from_hex(std::string_view text) {
  ConstantInteger result;
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  result.limbs_.assign((text.size() + 7) / 8, 0);
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[text.size() - 1 - i];
    uint32_t digit = static_cast<uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    result.limbs_[i / 8] |= digit << (4 * (i % 8));
  }
  result.negative_ = negative;
  result.trim();
  return result;
}

void ConstantInteger::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
  if (limbs_.empty()) negative_ = false;
}

std::optional<int64_t> ConstantInteger::small() const {
  if (limbs_.size() > 2) return std::nullopt;
  uint64_t magnitude = 0;
  for (size_t i = limbs_.size(); i-- > 0;) magnitude = magnitude << 32 | limbs_[i];
  uint64_t limit = uint64_t{1} << 63;
  if (magnitude > limit || (magnitude == limit && !negative_)) return std::nullopt;
  return static_cast<int64_t>(negative_ ? 0 - magnitude : magnitude);
}

std::string ConstantInteger::hex() const {
  if (limbs_.empty()) return "0";
  std::string text;
  for (size_t i = limbs_.size(); i-- > 0;) {
    for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789abcdef"[limbs_[i] >> shift & 15];
  }
  text.erase(0, text.find_first_not_of('0'));
  return negative_ ? "-" + text : text;
}

size_t ConstantInteger::bit_count() const {
  return limbs_.empty() ? 0 : limbs_.size() * 32 - static_cast<size_t>(std::countl_zero(limbs_.back()));
}

ConstantInteger ConstantInteger::operator-() const {
  ConstantInteger result = *this;
  result.negative_ = !negative_ && !limbs_.empty();
  return result;
}

int ConstantInteger::compare_magnitude(const ConstantInteger& a, const ConstantInteger& b) {
  if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() < b.limbs_.size() ? -1 : 1;
  for (size_t i = a.limbs_.size(); i-- > 0;) {
    if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] < b.limbs_[i] ? -1 : 1;
  }
  return 0;
}

ConstantInteger ConstantInteger::add_magnitude(const ConstantInteger& a, const ConstantInteger& b) {
  ConstantInteger result;
  uint64_t carry = 0;
  for (size_t i = 0; i < std::max(a.limbs_.size(), b.limbs_.size()) || carry != 0; ++i) {
    carry += (i < a.limbs_.size() ? a.limbs_[i] : 0);
    carry += (i < b.limbs_.size() ? b.limbs_[i] : 0);
    result.limbs_.push_back(static_cast<uint32_t>(carry));
    carry >>= 32;
  }
  return result;
}

ConstantInteger ConstantInteger::sub_magnitude(const ConstantInteger& a, const ConstantInteger& b) {
  ConstantInteger result;
  int64_t borrow = 0;
  for (size_t i = 0; i < a.limbs_.size(); ++i) {
    int64_t difference = int64_t{a.limbs_[i]} - (i < b.limbs_.size() ? b.limbs_[i] : 0) - borrow;
    borrow = difference < 0 ? 1 : 0;
    result.limbs_.push_back(static_cast<uint32_t>(difference));
  }
  return result;
}

ConstantInteger operator+(const ConstantInteger& a, const ConstantInteger& b) {
  ConstantInteger result;
  if (a.negative_ == b.negative_) {
    result = ConstantInteger::add_magnitude(a, b);
    result.negative_ = a.negative_;
  } else if (ConstantInteger::compare_magnitude(a, b) >= 0) {
    result = ConstantInteger::sub_magnitude(a, b);
    result.negative_ = a.negative_;
  } else {
    result = ConstantInteger::sub_magnitude(b, a);
    result.negative_ = b.negative_;
  }
  result.trim();
  return result;
}

ConstantInteger operator*(const ConstantInteger& a, const ConstantInteger& b) {
  ConstantInteger result;
  result.limbs_.assign(a.limbs_.size() + b.limbs_.size(), 0);
  for (size_t i = 0; i < a.limbs_.size(); ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < b.limbs_.size() || carry != 0; ++j) {
      uint64_t term = j < b.limbs_.size() ? uint64_t{a.limbs_[i]} * b.limbs_[j] : 0;
      uint64_t sum = term + result.limbs_[i + j] + carry;
      result.limbs_[i + j] = static_cast<uint32_t>(sum);
      carry = sum >> 32;
    }
  }
  result.negative_ = a.negative_ != b.negative_;
  result.trim();
  return result;
}

// Bit by bit: constants are short.
ConstantInteger::Division ConstantInteger::divide(const ConstantInteger& a, const ConstantInteger& b) {
  Division result;
  ConstantInteger divisor = b.negative_ ? -b : b;
  result.quotient.limbs_.assign(a.limbs_.size(), 0);
  for (size_t bit = a.bit_count(); bit-- > 0;) {
    result.remainder = result.remainder.shifted(1) + ConstantInteger(a.limbs_[bit / 32] >> (bit % 32) & 1);
    if (compare_magnitude(result.remainder, divisor) < 0) continue;
    result.remainder = result.remainder - divisor;
    result.quotient.limbs_[bit / 32] |= uint32_t{1} << (bit % 32);
  }
  result.quotient.negative_ = a.negative_ != b.negative_;
  result.quotient.trim();
  result.remainder.negative_ = a.negative_;
  result.remainder.trim();
  return result;
}

ConstantInteger ConstantInteger::shifted(int64_t count) const {
  ConstantInteger result;
  if (count >= 0) {
    result.limbs_.assign(static_cast<size_t>(count / 32), 0);
    uint64_t carry = 0;
    for (uint32_t limb : limbs_) {
      carry |= uint64_t{limb} << (count % 32);
      result.limbs_.push_back(static_cast<uint32_t>(carry));
      carry >>= 32;
    }
    result.limbs_.push_back(static_cast<uint32_t>(carry));
    result.negative_ = negative_;
    result.trim();
    return result;
  }
  // Rounding down: for negative numbers of ~x, which is not negative, and back.
  if (negative_) return -(-*this - 1).shifted(count) - 1;
  uint64_t shift = 0 - static_cast<uint64_t>(count);
  if (shift >= bit_count()) return result;
  for (size_t i = shift / 32; i < limbs_.size(); ++i) {
    uint64_t pair = limbs_[i] | (i + 1 < limbs_.size() ? uint64_t{limbs_[i + 1]} << 32 : 0);
    result.limbs_.push_back(static_cast<uint32_t>(pair >> (shift % 32)));
  }
  result.trim();
  return result;
}

std::vector<uint32_t> ConstantInteger::twos_complement(size_t size) const {
  std::vector<uint32_t> words = limbs_;
  words.resize(size);
  if (!negative_) return words;
  uint64_t carry = 1;
  for (uint32_t& word : words) {
    carry += static_cast<uint32_t>(~word);
    word = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  return words;
}

ConstantInteger ConstantInteger::bitwise(Bits operation, const ConstantInteger& a, const ConstantInteger& b) {
  size_t size = std::max(a.limbs_.size(), b.limbs_.size()) + 1;
  std::vector<uint32_t> x = a.twos_complement(size);
  std::vector<uint32_t> y = b.twos_complement(size);
  for (size_t i = 0; i < size; ++i) {
    switch (operation) {
      case Bits::And:
        x[i] &= y[i];
        break;
      case Bits::Or:
        x[i] |= y[i];
        break;
      case Bits::Xor:
        x[i] ^= y[i];
        break;
    }
  }
  ConstantInteger result;
  result.limbs_ = std::move(x);
  if (result.limbs_.back() >> 31 != 0) {
    result.negative_ = true;
    result.limbs_ = result.twos_complement(size);
  }
  result.trim();
  return result;
}

}  // namespace hj::core
