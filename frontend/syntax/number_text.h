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

// "2.5e-3"; nothing when the number is too big for a double. Too small ones are 0.0, as in Erlang.
std::optional<double> parse_float(std::string_view text);

// The shortest digits that give the number back, always with a point: 1.0, 2.5e-300.
std::string float_text(double value);

}  // namespace hj::syntax
