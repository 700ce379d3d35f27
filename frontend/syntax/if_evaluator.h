// The value of an -if or -elif expression: a guard, with defined(NAME) besides.
//
// Works on the tree and on values of its own; the frontend has no terms. As in a guard, what fails is not true.
// DEVIATION: integers beyond 64 bits fail.
//
// Threads: owner only.
#pragma once
#include <functional>

#include "frontend/syntax/ast.h"

namespace hj::syntax {

// BadlyFormed: something that no guard may contain.
enum class Condition : uint8_t { False, True, BadlyFormed };

Condition evaluate_condition(const Ast& ast, NodeId expression, const std::function<bool(Name)>& is_defined);

}  // namespace hj::syntax
