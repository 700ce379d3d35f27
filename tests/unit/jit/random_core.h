// Random modules of Core: valid, terminating, deterministic by seed. For tests of the code generator.
//
// Functions call functions with smaller numbers only, so every program ends. The first are named functions of arities 0..20,
// lambdas and try bodies in turn; the last, main/0, calls the named ones, each inside a try, and returns a tuple with
// {ok, Value} or {raised, Class, Reason} for each.
//
// Threads: any.
#pragma once
#include <cstdint>

#include "frontend/core/core.h"

namespace hj::core {

struct RandomShape {
  uint32_t functions = 6;
  uint32_t max_arity = 20;
  uint32_t depth = 4;         // of branches within a function
  uint32_t instrs = 4;        // at most this many in a row
};

Module random_module(uint64_t seed, const RandomShape& shape);

}  // namespace hj::core
