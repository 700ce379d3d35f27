// Tokens to tokens: macros expanded, conditions decided, files included.
//
// Works form by form, as epp does: what stands before a full stop is either a directive, which is obeyed and vanishes, or
// a form whose macros are expanded. A form with an error is reported once and becomes a BadForm token, so the parser
// knows that something stood there. The parser sees one flat list of tokens; places tell it about files.
//
// Threads: owner only.
#pragma once
#include <string>
#include <vector>

#include "frontend/pipeline.h"
#include "frontend/source/diagnostics.h"
#include "frontend/source/source_file.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/token.h"

namespace hj::syntax {

// As epp: a file included by the eighth file is too deep.
inline constexpr size_t kMaxIncludeDepth = 8;
// Tokens of macros and of their arguments that one module may handle; the limit ends what doubles itself, and calls
// nested in calls.
inline constexpr size_t kMaxExpansion = 8'000'000;

// Preprocesses the file whose text begins at `file` (in `sources` already). Includes are added to `sources`, and their
// absolute paths to `included`.
std::vector<Token> preprocess(Loc file, const CompileOptions& options, SourceMap& sources, Ast& pools,
                              Diagnostics& diagnostics, std::vector<std::string>& included);

}  // namespace hj::syntax
