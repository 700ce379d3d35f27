// Number literals from their digits, and back.
//
// Threads: any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "frontend/syntax/ast.h"

namespace hj::syntax {

std::string without_underscores(std::string_view digits);

// `digits` are valid in `base` (2 to 36) and at least one.
IntegerLiteral parse_integer(std::string_view digits, int base);

// In decimal; numbers of thousands of digits as 16#..., because conversion is quadratic.
std::string integer_text(const IntegerLiteral& integer);

// "2.5e-3"; nothing when the number is too big for a double. Too small ones are 0.0, as in Erlang.
std::optional<double> parse_float(std::string_view text);

// The shortest digits that give the number back, as ~w writes them: 1.0, 1.5e3, 2.5e-300.
std::string float_text(double value);

}  // namespace hj::syntax
