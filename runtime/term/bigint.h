// Integer arithmetic beyond the small range, on GMP's mpn functions over our own heap words.
//
// Operands are small or big; results are small whenever they fit (canonical: no big holds what a small can). None of these
// tests its operands: callers have checked is_integer.
//
// Threads: owner of the process.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;

Term integer_add(Process& process, Term a, Term b);
Term integer_subtract(Process& process, Term a, Term b);
Term integer_multiply(Process& process, Term a, Term b);
// b is not zero. Truncating division; the remainder has a's sign.
Term integer_divide(Process& process, Term a, Term b);
Term integer_remainder(Process& process, Term a, Term b);
Term integer_negate(Process& process, Term a);
Term integer_and(Process& process, Term a, Term b);
Term integer_or(Process& process, Term a, Term b);
Term integer_xor(Process& process, Term a, Term b);
Term integer_not(Process& process, Term a);
// Left for positive, right (arithmetic) for negative counts. Non-value with system_limit raised when too large.
Term integer_shift(Process& process, Term a, int64_t count);
int compare_integers(Term a, Term b);
// Of an integer and a float, exactly (no rounding of big integers).
int compare_integer_float(Term integer, double value);
// False when out of a double's range.
bool integer_to_double(Term integer, double& value);
// value is finite: truncated towards zero.
Term integer_from_double(Process& process, double value);
std::string integer_to_text(Term integer, int base);
// Digits of the base with an optional sign; non-value when the text is none.
Term integer_from_text(Process& process, std::string_view text, int base);
// For literals: words needed (header included; 0 when small) and the term built at `where`.
size_t integer_words_of_hex(std::string_view hex);
Term integer_build_hex(Term* where, std::string_view hex, bool negative);

}  // namespace hj::rt
