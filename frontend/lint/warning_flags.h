// Which warnings are on: OTP's warn_X and nowarn_X options and their defaults.
//
// Threads: owner only.
#pragma once
#include <bitset>
#include <cstdint>
#include <string_view>

namespace hj::lint {

enum class WarningFlag : uint8_t {
#define HJ_WARNING_FLAG(flag, name, by_default) flag,
#include "frontend/lint/warning_flags.def"
#undef HJ_WARNING_FLAG
};

class WarningFlags {
 public:
  WarningFlags();
  bool on(WarningFlag flag) const { return bits_[static_cast<size_t>(flag)]; }
  void set(WarningFlag flag, bool value) { bits_[static_cast<size_t>(flag)] = value; }
  // Obeys "warn_X" and "nowarn_X"; other options are none of lint's business.
  void apply_option(std::string_view option);

 private:
  std::bitset<32> bits_;
};

}  // namespace hj::lint
