#include "frontend/syntax/token.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "frontend/syntax/atom_text.h"
#include "frontend/syntax/number_text.h"

namespace hj::syntax {

std::string_view token_kind_text(TokenKind kind) {
  static constexpr std::string_view kTexts[] = {
#define HJ_TOKEN(kind, text) text,
#include "frontend/syntax/token.def"
  };
  return kTexts[static_cast<size_t>(kind)];
}

bool is_keyword(TokenKind kind) {
  switch (kind) {
#define HJ_TOKEN(kind, text)
#define HJ_PUNCTUATION(kind, text)
#define HJ_KEYWORD(kind, text) case TokenKind::kind:
#include "frontend/syntax/token.def"
    return true;
    default: return false;
  }
}

std::string token_text(const Token& token, const Ast& pools) {
  switch (token.kind) {
    case TokenKind::EndOfFile:
    case TokenKind::Error:
    case TokenKind::BadForm: return std::string();
    case TokenKind::Atom: return atom_text(pools.names.text(Name{token.payload}));
    case TokenKind::Var: return std::string(pools.names.text(Name{token.payload}));
    case TokenKind::Integer: return integer_text(pools.integers[token.payload]);
    case TokenKind::Float: return float_text(pools.floats[token.payload]);
    case TokenKind::Char: return char_text(static_cast<char32_t>(token.payload));
    case TokenKind::String: return string_text(pools.strings[token.payload]);
    default: return fmt::format("'{}'", token_kind_text(token.kind));
  }
}

std::string token_source_text(const Token& token, const Ast& pools) {
  if (token.kind >= TokenKind::Dot) return std::string(token_kind_text(token.kind));
  return token_text(token, pools);
}

void dump_tokens(const std::vector<Token>& tokens, const Ast& pools, const SourceMap& sources, std::ostream& out) {
  for (const Token& token : tokens) {
    SourcePosition position = sources.position(token.span.begin);
    bool has_text = token.kind >= TokenKind::Atom && token.kind <= TokenKind::String;
    fmt::print(out, "{}:{} {}", position.line, position.column, token_kind_text(token.kind));
    if (has_text) fmt::print(out, " {}", token_text(token, pools));
    out << '\n';
  }
}

}  // namespace hj::syntax
