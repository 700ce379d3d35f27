// Erlang's arithmetic operators and number BIFs on any terms: integers of any size, floats, and what is no number.
//
// Each returns the result, or raises (badarith, badarg, system_limit) and returns the non-value. Integer and float mix as in
// OTP: the integer is converted; a result that is no finite float is badarith.
//
// Threads: owner of the process.
#pragma once
#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;

Term number_add(Process& process, Term a, Term b);
Term number_subtract(Process& process, Term a, Term b);
Term number_multiply(Process& process, Term a, Term b);
Term number_divide(Process& process, Term a, Term b);      // '/'
Term number_plus(Process& process, Term a);
Term number_negate(Process& process, Term a);
Term number_abs(Process& process, Term a);
Term number_to_float(Process& process, Term a);            // float/1
enum class Rounding : uint8_t { Trunc, Round, Floor, Ceil };
Term number_to_integer(Process& process, Term a, Rounding rounding);

// -- integers only
Term integer_div_checked(Process& process, Term a, Term b);
Term integer_rem_checked(Process& process, Term a, Term b);
enum class BitOperation : uint8_t { And, Or, Xor };
Term integer_bits_checked(Process& process, Term a, Term b, BitOperation operation);
Term integer_not_checked(Process& process, Term a);
enum class ShiftDirection : uint8_t { Left, Right };
Term integer_shift_checked(Process& process, Term a, Term count, ShiftDirection direction);

}  // namespace hj::rt
