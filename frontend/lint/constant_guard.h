// Guards whose outcome stands in their text: `true`, `1 > 2`, `not true`.
//
// Threads: any thread.
#pragma once
#include "frontend/syntax/ast.h"

namespace hj::lint {

enum class GuardTruth : uint8_t { False, True, Unknown };

// Of a Guard node; an absent guard is true. As in erlc, a guard of several alternatives is known only to be false.
GuardTruth constant_guard(const syntax::Ast& ast, syntax::NodeId guard);

}  // namespace hj::lint
