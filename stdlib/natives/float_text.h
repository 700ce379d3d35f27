// Floats as ~f, ~e and ~g show them.
//
// Threads: any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace hj::stdlib {

// ~f: `precision` digits behind the point, at least 1.
std::optional<std::string> fixed_text(double value, int64_t precision);
// ~e: `precision` digits in all, at least 2.
std::optional<std::string> exponent_text(double value, int64_t precision);
// ~g: `precision` digits in all, as ~f from 0.1 up to 10,000, else as ~e.
std::optional<std::string> general_text(double value, int64_t precision);

}  // namespace hj::stdlib
