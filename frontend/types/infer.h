// Types of values, found forward: what an instruction makes, what joins bring together. Code generation leaves out the
// tag tests that they answer.
//
// A type is a promise: an Integer may be a bignum, and only what cannot leave the range of small integers whatever its
// operands are is a SmallInteger. Sums of small integers are Integer. Types are those of SSA values, so a test does not
// refine the value it tests; parameters of functions are Any.
//
// Threads: any thread, a module has one owner.
#pragma once
#include "frontend/core/core.h"

namespace hj::types {

// Fills value_types of every function. Blocks must be in reverse postorder, as the optimiser leaves them.
void infer_types(core::Module& module);

// -X of what is known to be a float becomes 0.0 - X, which is quicker and what OTP's compiler makes of it: -X of 0.0 is 0.0
// then, and -0.0 where nothing is known of X. After infer_types().
void negate_known_floats(core::Module& module);

// The smallest type that has the values of both.
core::ValueType join(core::ValueType a, core::ValueType b);

}  // namespace hj::types
