// Tokens to syntax tree.
//
// Recursive descent, with precedence climbing for operators: one table, and each place that expects something knows what
// to say when it is not there. The grammar is OTP 25's, plus map comprehensions and map generators.
//
// A form that does not parse is reported once and becomes an ErrorForm; the parser then goes on behind its full stop, or
// earlier where that is sound: at the next clause of the same function, or at a line that begins another function.
//
// `maybe` and `else` are words of the language after -feature(maybe_expr, enable). Without it OTP 25 reads them as atoms,
// and so do we wherever an atom can stand. `maybe` begins an expression all the same where the token behind it could never
// follow an atom (a name, a literal, `{`, `[`, `<<`, `case` ...; not `(`, `+`, `-`, `#`, `catch`), and `else` belongs to such
// a maybe where an expression has ended. Everything OTP 25 accepts keeps its meaning.
//
// Threads: owner only.
#pragma once
#include <span>
#include <vector>

#include "frontend/source/diagnostics.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/token.h"

namespace hj::syntax {

// After so many errors a phase says so and stops: the rest is noise.
inline constexpr size_t kMaxSyntaxErrors = 50;

// Parses a module's tokens (K1) into ast.forms. `ast` holds the pools the tokens point into.
void parse(const std::vector<Token>& tokens, const SourceMap& sources, Ast& ast, Diagnostics& diagnostics);

// Parses one expression that is all of `tokens` but the last, a Dot; not valid when it does not parse. What -if uses.
NodeId parse_expression(std::span<const Token> tokens, const SourceMap& sources, Ast& ast, Diagnostics& diagnostics);

}  // namespace hj::syntax
