#include "frontend/opt/optimise.h"

#include "frontend/core/function_builder.h"
#include "frontend/opt/passes.h"

namespace hj::opt {

// Each round makes room for the next; programs settle in two or three.
static constexpr int kMaxRounds = 4;

static void simplify(core::Module& module, core::Function& function) {
  for (int round = 0; round < kMaxRounds; ++round) {
    core::renumber_blocks(function);
    Changed folded = propagate(module, function);
    core::renumber_blocks(function);
    Changed threaded = thread_jumps(module, function);
    if (folded == Changed::No && threaded == Changed::No) break;
  }
  remove_dead_code(function);
}

void optimise_module(core::Module& module, const CompileOptions& options) {
  for (core::Function& function : module.functions) {
    call_known_funs(module, function);
    simplify(module, function);
  }
  drop_unused_lists(module);
  // Before inlining: which calls are tail calls must not depend on it.
  end_at_calls_without_return(module);
  for (core::Function& function : module.functions) remove_dead_code(function);
  if (!options.inline_functions) return;
  for (core::FunctionId id : inline_small_functions(module)) simplify(module, module.functions[id.index]);
}

}  // namespace hj::opt
