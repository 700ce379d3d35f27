// Numbers as erlang's conversion BIFs read and show them.
//
// Threads: any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "runtime/abi/term.h"

namespace hj::stdlib {

// 2..36.
bool is_number_base(rt::Term base);
// [+-]digits.digits[e[+-]digits], and finite.
std::optional<double> float_of_text(std::string_view text);
// float_to_list/1.
std::string float_text(double value);
// float_to_list/2; nothing when the options are wrong, or the text would be too long for OTP.
std::optional<std::string> float_text(double value, rt::Term options);

}  // namespace hj::stdlib
