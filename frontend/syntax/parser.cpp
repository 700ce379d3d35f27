#include "frontend/syntax/parser.h"

#include "base/check.h"
#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

// The index of the token that ends the form beginning at `begin`: its Dot, or the EndOfFile.
static size_t form_end(std::span<const Token> tokens, size_t begin) {
  size_t at = begin;
  while (tokens[at].kind != TokenKind::Dot && tokens[at].kind != TokenKind::EndOfFile) ++at;
  return at;
}

void parse(const std::vector<Token>& tokens, const SourceMap& sources, Ast& ast, Diagnostics& diagnostics) {
  HJ_CHECK(!tokens.empty() && tokens.back().kind == TokenKind::EndOfFile, "K1: no end of file");
  FormParser parser(tokens, sources, ast, diagnostics);
  size_t errors_before = diagnostics.error_count();
  size_t at = 0;
  while (tokens[at].kind != TokenKind::EndOfFile) {
    ast.forms.push_back(parser.parse_form(at, form_end(tokens, at)));
    at = parser.next_form();
    if (diagnostics.error_count() - errors_before >= kMaxSyntaxErrors) {
      diagnostics.report(DiagnosticKind::TooManySyntaxErrors, tokens[at].span);
      break;
    }
  }
  ast.forms.push_back(ast.add(AstKind::EndOfFile, tokens.back().span, 0, {}));
}

NodeId parse_expression(std::span<const Token> tokens, const SourceMap& sources, Ast& ast, Diagnostics& diagnostics) {
  return FormParser(tokens, sources, ast, diagnostics).parse_single_expression(0, tokens.size() - 1);
}

}  // namespace hj::syntax
