// Literal terms as ~p shows them on one line: messages quote attributes and keys, and equal texts are equal terms.
//
// Threads: any thread.
#pragma once
#include <string>

#include "frontend/syntax/ast.h"

namespace hj::lint {

// Atoms, numbers, strings, and lists and tuples of them.
bool is_literal(const syntax::Ast& ast, syntax::NodeId id);

std::string term_text(const syntax::Ast& ast, syntax::NodeId term);

}  // namespace hj::lint
