// Literal terms of attributes as ~p shows them on one line: for messages that quote an attribute.
//
// Threads: any thread.
#pragma once
#include <string>

#include "frontend/syntax/ast.h"

namespace hj::lint {

std::string term_text(const syntax::Ast& ast, syntax::NodeId term);

}  // namespace hj::lint
