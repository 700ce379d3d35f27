// How many words a segment takes at most: what its entry must find free before it goes on.
//
// Emission allocates exactly what these functions say (invariant PL4); both ask the same questions of the same types, so an
// arithmetic operation is planned as inline float code exactly when it is emitted so.
//
// The check is not always the first thing: where a path needs nothing (the end of a recursion) and only tests stand before the
// parting of the ways, it moves down to the paths that do.
//
// Threads: any.
#pragma once
#include "jit/codegen/plan.h"

namespace hj::codegen {

// How an arithmetic operation is compiled, decided by what is known of its operands.
enum class ArithmeticForm : uint8_t {
  Integer,  // small integers inline, everything else by the runtime
  Float,    // an operand is known to be a float: floats inline
};
ArithmeticForm arithmetic_form(const core::Module& module, const core::Function& function, core::Bif bif,
                               std::span<const core::Operand> args);
core::ValueType type_of(const core::Module& module, const core::Function& function, core::Operand operand);

// Words the segment's own code allocates for an operation; what natives and helpers allocate is theirs to find.
uint32_t bif_words(const core::Module& module, const core::Function& function, core::Bif bif,
                   std::span<const core::Operand> args);
uint32_t instr_words(const core::Module& module, const core::Function& function, const core::Instr& instr);

// Fills needs, checks and need of all entries.
void compute_needs(const core::Module& module, const core::Function& function, FunctionPlan& plan);

// Words by which pushing `frame` lowers sp in a segment that found `found` (or none) at its entry.
uint32_t push_growth(const FunctionPlan& plan, FrameId found, FrameId frame);

}  // namespace hj::codegen
