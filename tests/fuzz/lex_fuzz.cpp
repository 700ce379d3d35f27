// The lexer on any bytes: it ends, tokens stand in order inside the text, and payloads point into the pools.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "frontend/syntax/lexer.h"

using namespace hj;
using namespace hj::syntax;

static size_t pool_size(const Ast& pools, const TokenList& list, TokenKind kind) {
  switch (kind) {
    case TokenKind::Error: return list.errors.size();
    case TokenKind::Integer: return pools.integers.size();
    case TokenKind::Float: return pools.floats.size();
    case TokenKind::String: return pools.strings.size();
    case TokenKind::Char: return 0x110000;
    default: return SIZE_MAX;
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Ast pools;
  TokenList list = lex(text, Loc{0}, pools);

  HJ_CHECK(!list.tokens.empty() && list.tokens.back().kind == TokenKind::EndOfFile, "K1");
  uint32_t previous = 0;
  for (const Token& token : list.tokens) {
    HJ_CHECK(token.span.begin.offset >= previous && token.span.end >= token.span.begin, "tokens overlap");
    HJ_CHECK(token.span.end.offset <= size, "a token behind the end of the text");
    HJ_CHECK(token.payload < pool_size(pools, list, token.kind), "K2: payload of {}", token_kind_text(token.kind));
    token_text(token, pools);
    // An unterminated string covers the rest of the text, but its span is only its first line.
    previous = token.kind == TokenKind::Error ? token.span.begin.offset : token.span.end.offset;
  }
  return 0;
}
