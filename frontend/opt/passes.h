// The passes of the optimiser, one a file. Each keeps the invariants of core.h.
//
// Threads: any thread, a module has one owner.
#pragma once
#include <vector>

#include "frontend/core/core.h"

namespace hj::opt {

enum class Changed : bool { No, Yes };

// Values and what each stands for now; chains are followed. Operands of a function are rewritten when they are visited.
class Substitution {
 public:
  explicit Substitution(size_t value_count) : to_(value_count) {}
  void set(core::ValueId from, core::Operand to) { to_[from.index] = to; }
  bool has(core::ValueId id) const { return to_[id.index] != core::Operand(); }
  core::Operand resolve(core::Operand operand) const {
    while (operand.is_value() && operand.value().index < to_.size() && has(operand.value())) {
      operand = to_[operand.value().index];
    }
    return operand;
  }
  void apply(std::vector<core::Operand>& operands) const {
    for (core::Operand& operand : operands) operand = resolve(operand);
  }

 private:
  std::vector<core::Operand> to_;
};

// Folds what is known: operations and tests on constants, on tuples, lists and booleans made in the function, and
// parameters that every edge gives the same value. Blocks must be in reverse postorder, all reachable.
Changed propagate(core::Module& module, core::Function& function);

// Leads edges past blocks that only decide what the edge's arguments tell already, and joins blocks in a row.
Changed thread_jumps(core::Module& module, core::Function& function);

// Removes instructions and parameters whose values nobody wants, and unreachable blocks.
void remove_dead_code(core::Function& function);

// Calls of funs that are made in the same function become local calls of the fun's function.
void call_known_funs(core::Module& module, core::Function& function);

// Puts small functions that neither call nor raise, and the leaf clauses of tree recursion, in the place of their calls. Says which functions are to be
// simplified.
std::vector<core::FunctionId> inline_small_functions(core::Module& module);

// Comprehensions whose lists nobody wants do not make them, as in OTP.
void drop_unused_lists(core::Module& module);

// Calls of functions that never return become tail calls, as in OTP.
void end_at_calls_without_return(core::Module& module);

}  // namespace hj::opt
