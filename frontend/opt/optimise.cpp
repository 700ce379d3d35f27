#include "frontend/opt/optimise.h"

#include "frontend/core/function_builder.h"
#include "frontend/opt/passes.h"

namespace hj::opt {

// Each round makes room for the next; programs settle in two or three.
static constexpr int kMaxRounds = 4;

static void simplify(core::Module& module, core::Function& function) {
  for (int round = 0; round < kMaxRounds; ++round) {
    Changed folded = propagate(module, function);
    core::renumber_blocks(function);
    Changed threaded = thread_jumps(module, function);
    core::renumber_blocks(function);
    if (folded == Changed::No && threaded == Changed::No) break;
  }
  remove_dead_code(function);
}

void optimise_module(core::Module& module, const CompileOptions& options) {
  for (core::Function& function : module.functions) {
    call_known_funs(module, function);
    simplify(module, function);
  }
  if (options.inline_functions) inline_small_functions(module);
  end_at_calls_without_return(module);
  for (core::Function& function : module.functions) simplify(module, function);
}

}  // namespace hj::opt
