#include "frontend/syntax/directives.h"

#include <algorithm>

#include "frontend/source/unicode.h"
#include "frontend/syntax/parser.h"

namespace hj::syntax {

// -- the cursor

void DirectiveCursor::advance() {
  if (at_ + 1 < tokens_.size()) ++at_;
}

bool DirectiveCursor::accept(TokenKind kind) {
  if (!at(kind)) return false;
  advance();
  return true;
}

void DirectiveCursor::expect(TokenKind kind) {
  if (!accept(kind)) failed_ = true;
}

Token DirectiveCursor::expect_name() {
  Token name = token();
  if (!accept(TokenKind::Atom) && !accept(TokenKind::Var)) failed_ = true;
  return name;
}

void DirectiveCursor::expect_close() {
  expect(TokenKind::RightParen);
  expect_end();
}

void DirectiveCursor::expect_end() {
  if (!at(TokenKind::Dot) && !at(TokenKind::EndOfFile)) failed_ = true;
}

std::span<const Token> DirectiveCursor::rest_in_parens() {
  size_t dot = tokens_.size() - 1;
  if (dot == 0 || dot <= at_ || tokens_[dot - 1].kind != TokenKind::RightParen) {
    at_ = dot;
    failed_ = true;
    return {};
  }
  return tokens_.subspan(at_, dot - 1 - at_);
}

// -- directives

bool Preprocessor::process_directive(const DirectiveForm& form) {
  if (form.name == "define") {
    define_directive(form);
  } else if (form.name == "undef") {
    undef_directive(form);
  } else if (form.name == "include" || form.name == "include_lib") {
    include_directive(form);
  } else if (form.name == "file") {
    file_directive(form);
  } else if (form.name == "error") {
    message_directive(form, DiagnosticKind::UserError);
  } else if (form.name == "warning") {
    message_directive(form, DiagnosticKind::UserWarning);
  } else if (form.name == "feature") {
    feature_directive(form);
  } else {
    return false;
  }
  return true;
}

void Preprocessor::bad_directive(const DirectiveForm& form, Span place) {
  diagnostics_.report(DiagnosticKind::BadDirective, place, form.name);
}

// -define(Name, text).  -define(Name(A, B), text).
void Preprocessor::define_directive(const DirectiveForm& form) {
  DirectiveCursor cursor(form.tokens);
  cursor.expect(TokenKind::LeftParen);
  Token name = cursor.expect_name();
  Macro macro;
  if (cursor.accept(TokenKind::LeftParen) && !define_parameters(cursor, macro)) return;
  cursor.expect(TokenKind::Comma);
  if (cursor.failed()) return bad_directive(form, cursor.place());
  std::span<const Token> body = cursor.rest_in_parens();
  if (cursor.failed()) return diagnostics_.report(DiagnosticKind::DefineNotClosed, cursor.place());
  macro.body.assign(body.begin(), body.end());
  expander_.define(name, std::move(macro));
}

// At the first parameter. False when one stands there twice, which has been reported.
bool Preprocessor::define_parameters(DirectiveCursor& cursor, Macro& macro) {
  macro.arity = 0;
  if (cursor.accept(TokenKind::RightParen)) return true;
  do {
    Token parameter = cursor.token();
    cursor.expect(TokenKind::Var);
    if (cursor.failed()) return true;
    Name name{parameter.payload};
    if (std::find(macro.parameters.begin(), macro.parameters.end(), name) != macro.parameters.end()) {
      diagnostics_.report(DiagnosticKind::DuplicateMacroArgument, parameter.span, pools_.names.text(name));
      return false;
    }
    macro.parameters.push_back(name);
  } while (cursor.accept(TokenKind::Comma));
  cursor.expect(TokenKind::RightParen);
  macro.arity = static_cast<uint32_t>(macro.parameters.size());
  return true;
}

void Preprocessor::undef_directive(const DirectiveForm& form) {
  DirectiveCursor cursor(form.tokens);
  cursor.expect(TokenKind::LeftParen);
  Token name = cursor.expect_name();
  cursor.expect_close();
  if (cursor.failed()) return bad_directive(form, cursor.place());
  expander_.undefine(Name{name.payload});
}

// One string or several in a row.
std::string Preprocessor::string_argument(DirectiveCursor& cursor) const {
  std::u32string text;
  if (!cursor.at(TokenKind::String)) cursor.fail();
  while (cursor.at(TokenKind::String)) {
    text += pools_.strings[cursor.token().payload];
    cursor.accept(TokenKind::String);
  }
  return to_utf8(text);
}

void Preprocessor::include_directive(const DirectiveForm& form) {
  // Macros in the argument are expanded, as in -include(?HEADER).
  std::vector<Token> expanded;
  if (!expander_.expand(form.tokens, expanded)) return;
  DirectiveCursor cursor(expanded);
  cursor.expect(TokenKind::LeftParen);
  Span place = cursor.place();
  std::string name = string_argument(cursor);
  cursor.expect_close();
  if (cursor.failed()) return bad_directive(form, cursor.place());
  include(name, form.name == "include" ? "file" : "lib", place);
}

// -file("name", Line): the directive's own line is Line.
void Preprocessor::file_directive(const DirectiveForm& form) {
  std::vector<Token> expanded;
  if (!expander_.expand(form.tokens, expanded)) return;
  DirectiveCursor cursor(expanded);
  cursor.expect(TokenKind::LeftParen);
  std::string name = string_argument(cursor);
  cursor.expect(TokenKind::Comma);
  Token line = cursor.token();
  cursor.expect(TokenKind::Integer);
  cursor.expect_close();
  if (cursor.failed()) return bad_directive(form, cursor.place());
  const IntegerLiteral& value = pools_.integers[line.payload];
  if (!value.is_small || value.small > INT32_MAX) return bad_directive(form, line.span);
  sources_.set_line_override(form.tokens.back().span.end, name, static_cast<uint32_t>(value.small));
}

// Whether the tokens are one term: constants only.
bool Preprocessor::is_term(std::span<const Token> tokens) {
  for (size_t i = 0; i < tokens.size(); ++i) {
    switch (tokens[i].kind) {
      case TokenKind::Atom:
      case TokenKind::Integer:
      case TokenKind::Float:
      case TokenKind::Char:
      case TokenKind::String:
      case TokenKind::LeftBracket:
      case TokenKind::RightBracket:
      case TokenKind::LeftBrace:
      case TokenKind::RightBrace:
      case TokenKind::LeftBinary:
      case TokenKind::RightBinary:
      case TokenKind::Comma:
      case TokenKind::Bar:
      case TokenKind::Associate:
      case TokenKind::Hash: break;
      case TokenKind::Minus:
      case TokenKind::Plus:
        if (i > 0 && tokens[i - 1].kind >= TokenKind::Atom && tokens[i - 1].kind <= TokenKind::String) return false;
        break;
      default: return false;
    }
  }
  std::vector<Token> closed(tokens.begin(), tokens.end());
  closed.push_back(Token{TokenKind::Dot, 0, 0, tokens.empty() ? Span{} : tokens.back().span});
  Diagnostics unreported;
  return parse_expression(closed, sources_, pools_, unreported).valid();
}

// -error(Term). -warning(Term).
void Preprocessor::message_directive(const DirectiveForm& form, DiagnosticKind kind) {
  std::vector<Token> expanded;
  if (!expander_.expand(form.tokens, expanded)) return;
  DirectiveCursor cursor(expanded);
  cursor.expect(TokenKind::LeftParen);
  std::span<const Token> term = cursor.failed() ? std::span<const Token>() : cursor.rest_in_parens();
  if (cursor.failed()) return bad_directive(form, cursor.place());
  if (!is_term(term)) return bad_directive(form, form.word);
  std::string text;
  for (const Token& token : term) {
    std::string part = token_source_text(token, pools_);
    text += token.kind == TokenKind::Associate ? " " + part + " " : part;
  }
  diagnostics_.report(kind, form.word, text);
}

// -feature(maybe_expr, enable).
void Preprocessor::feature_directive(const DirectiveForm& form) {
  DirectiveCursor cursor(form.tokens);
  cursor.expect(TokenKind::LeftParen);
  Token feature = cursor.token();
  cursor.expect(TokenKind::Atom);
  cursor.expect(TokenKind::Comma);
  Token action = cursor.token();
  cursor.expect(TokenKind::Atom);
  cursor.expect_close();
  if (cursor.failed()) return bad_directive(form, cursor.place());
  if (!features_allowed_) return diagnostics_.report(DiagnosticKind::FeatureTooLate, form.word);
  std::string_view feature_name = pools_.names.text(Name{feature.payload});
  std::string_view action_name = pools_.names.text(Name{action.payload});
  if (action_name != "enable" && action_name != "disable") return bad_directive(form, feature.span);
  if (feature_name != "maybe_expr" && feature_name != "all")
    return diagnostics_.report(DiagnosticKind::UnknownFeature, form.word, fmt::format("'{}'", feature_name));
  expander_.enable_maybe(action_name == "enable");
}

}  // namespace hj::syntax
