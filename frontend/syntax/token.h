// Tokens: what the lexer makes, the preprocessor rewrites and the parser reads.
//
// A token is 16 bytes; literals and names stand in the pools of the Ast the tokens will become, so that nothing is copied
// on the way. `maybe` and `else` are atoms here: whether they are words of the language depends on -feature and on where
// they stand, which the parser decides (parser.h).
//
// Invariants:
//   K1  A list ends in exactly one EndOfFile token, also when nothing else is in it.
//   K2  A payload is an index into the pool its kind names; a code point for Char; 0 for words and punctuation.
//   K3  The span of a token made by a macro is the macro call's or, behind an argument, the argument's.
//
// Threads: built by one thread, read by any afterwards.
#pragma once
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/source/diagnostics.h"
#include "frontend/source/source_file.h"
#include "frontend/syntax/ast.h"

namespace hj::syntax {

enum class TokenKind : uint8_t {
#define HJ_TOKEN(kind, text) kind,
#include "frontend/syntax/token.def"
};

// What the kind looks like in the source: "case", "->"; for literals and names the kind's name.
std::string_view token_kind_text(TokenKind kind);
bool is_keyword(TokenKind kind);

// Token::flags
// The atom was written with quotes: 'else' is never a word of the language.
inline constexpr uint8_t kQuotedAtom = 1;
// -feature(maybe_expr, enable) was in force where the token stood.
inline constexpr uint8_t kMaybeEnabled = 2;

struct Token {
  TokenKind kind = TokenKind::EndOfFile;
  uint8_t flags = 0;
  uint32_t payload = 0;
  Span span;
};
static_assert(sizeof(Token) == 16);

// A lexical error is reported only when its token is used: text that -ifdef skips may hold anything.
struct LexError {
  DiagnosticKind kind;
  std::string argument;
};

struct TokenList {
  std::vector<Token> tokens;
  std::vector<LexError> errors;
};

// The token as erl_parse names it in "syntax error before: ...": quoted atoms and words, strings with their quotes.
std::string token_text(const Token& token, const Ast& pools);

// The token as it stands in a source: what ??X and -error(...) make of it.
std::string token_source_text(const Token& token, const Ast& pools);

// "line:column kind text", one a line. What `hotjit emit --phase tokens` prints.
void dump_tokens(const std::vector<Token>& tokens, const Ast& pools, const SourceMap& sources, std::ostream& out);

}  // namespace hj::syntax
