#include "runtime/term/arithmetic.h"

#include <cmath>

#include "runtime/abi/runtime_calls.h"
#include "runtime/heap/build.h"
#include "runtime/native/native.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"

namespace hj::rt {
namespace {

Term badarith(Process& process) { return raise_error(process, am::badarith); }

bool to_double(Term term, double& value) {
  if (term.is_float()) {
    value = term.float_value();
    return true;
  }
  return term.is_integer() && integer_to_double(term, value);
}

Term float_result(Process& process, double value) {
  return std::isfinite(value) ? make_float(process, value) : badarith(process);
}

// Both are floats or integers that fit a float, at least one of them a float.
template <class Operation>
Term float_operation(Process& process, Term a, Term b, Operation operation) {
  double x, y;
  if (!to_double(a, x) || !to_double(b, y)) return badarith(process);
  return float_result(process, operation(x, y));
}

}  // namespace

Term number_add(Process& process, Term a, Term b) {
  if (a.is_small() && b.is_small()) return make_integer(process, a.small() + b.small());
  if (a.is_integer() && b.is_integer()) return integer_add(process, a, b);
  return float_operation(process, a, b, [](double x, double y) { return x + y; });
}

Term number_subtract(Process& process, Term a, Term b) {
  if (a.is_small() && b.is_small()) return make_integer(process, a.small() - b.small());
  if (a.is_integer() && b.is_integer()) return integer_subtract(process, a, b);
  return float_operation(process, a, b, [](double x, double y) { return x - y; });
}

Term number_multiply(Process& process, Term a, Term b) {
  if (a.is_small() && b.is_small()) {
    int64_t product;
    if (!__builtin_mul_overflow(a.small(), b.small(), &product)) return make_integer(process, product);
  }
  if (a.is_integer() && b.is_integer()) return integer_multiply(process, a, b);
  return float_operation(process, a, b, [](double x, double y) { return x * y; });
}

Term number_divide(Process& process, Term a, Term b) {
  double x, y;
  if (!to_double(a, x) || !to_double(b, y) || y == 0) return badarith(process);
  return float_result(process, x / y);
}

Term number_plus(Process& process, Term a) {
  return a.is_number() ? a : badarith(process);
}

Term number_negate(Process& process, Term a) {
  if (a.is_small()) return make_integer(process, -a.small());
  if (a.is_big()) return integer_negate(process, a);
  return a.is_float() ? make_float(process, -a.float_value()) : badarith(process);
}

Term number_abs(Process& process, Term a) {
  if (a.is_small()) return a.small() < 0 ? make_integer(process, -a.small()) : a;
  if (a.is_big()) return a.subtag() == Subtag::NegativeBig ? integer_negate(process, a) : a;
  if (!a.is_float()) return raise_badarg(process);
  // -0.0 is not below 0 and stays.
  return a.float_value() < 0 ? make_float(process, -a.float_value()) : a;
}

Term number_to_float(Process& process, Term a) {
  if (a.is_float()) return a;
  double value;
  return to_double(a, value) ? make_float(process, value) : raise_badarg(process);
}

Term number_to_integer(Process& process, Term a, Rounding rounding) {
  if (a.is_integer()) return a;
  if (!a.is_float()) return raise_badarg(process);
  double value = a.float_value();
  switch (rounding) {
    case Rounding::Trunc: break;
    case Rounding::Round: value = std::round(value); break;
    case Rounding::Floor: value = std::floor(value); break;
    case Rounding::Ceil: value = std::ceil(value); break;
  }
  return integer_from_double(process, value);
}

Term integer_div_checked(Process& process, Term a, Term b) {
  if (!a.is_integer() || !b.is_integer() || b == Term::from_small(0)) return badarith(process);
  if (a.is_small() && b.is_small()) return make_integer(process, a.small() / b.small());
  return integer_divide(process, a, b);
}

Term integer_rem_checked(Process& process, Term a, Term b) {
  if (!a.is_integer() || !b.is_integer() || b == Term::from_small(0)) return badarith(process);
  if (a.is_small() && b.is_small()) return Term::from_small(a.small() % b.small());
  return integer_remainder(process, a, b);
}

Term integer_bits_checked(Process& process, Term a, Term b, BitOperation operation) {
  if (!a.is_integer() || !b.is_integer()) return badarith(process);
  switch (operation) {
    case BitOperation::And: return integer_and(process, a, b);
    case BitOperation::Or: return integer_or(process, a, b);
    case BitOperation::Xor: break;
  }
  return integer_xor(process, a, b);
}

Term integer_not_checked(Process& process, Term a) {
  return a.is_integer() ? integer_not(process, a) : badarith(process);
}

Term integer_shift_checked(Process& process, Term a, Term count, ShiftDirection direction) {
  if (!a.is_integer() || !count.is_integer()) return badarith(process);
  if (count.is_small()) {
    return integer_shift(process, a, direction == ShiftDirection::Left ? count.small() : -count.small());
  }
  // A count that is no small shifts everything out, or could not be stored.
  if (a == Term::from_small(0)) return a;
  bool left = (direction == ShiftDirection::Left) == (count.subtag() == Subtag::PositiveBig);
  if (left) return raise_error(process, am::system_limit);
  bool negative = a.is_small() ? a.small() < 0 : a.subtag() == Subtag::NegativeBig;
  return Term::from_small(negative ? -1 : 0);
}

// -- the helpers of generated code: the operators' slow paths

namespace {

// A stack trace shows the operator as the function that raised.
Term with_operator(Process& process, Term result, const char* name, Term a, Term b) {
  if (!result.is_value()) {
    process.raise_native = find_native(am::erlang, intern_atom(name), 2);
    process.x[0] = a;
    process.x[1] = b;
  }
  return result;
}

}  // namespace

extern "C" {

Term hj_rt_add(Process* process, Term a, Term b) { return with_operator(*process, number_add(*process, a, b), "+", a, b); }

Term hj_rt_subtract(Process* process, Term a, Term b) {
  return with_operator(*process, number_subtract(*process, a, b), "-", a, b);
}

Term hj_rt_multiply(Process* process, Term a, Term b) {
  return with_operator(*process, number_multiply(*process, a, b), "*", a, b);
}

}  // extern "C"

}  // namespace hj::rt
