// Hints: what a beginner may have meant where the parser stopped. A hint is a guess, so it is offered only where the
// tokens around the error leave little else, and it names the smallest edit.
#include <fmt/format.h>

#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

std::string FormParser::place_text(size_t token_index) const {
  return fmt::format("line {}", sources_.position(span_of(token_index).begin).line);
}

// Whether an expression can end with this token.
bool FormParser::ends_expression(size_t index) const {
  switch (tokens_[index].kind) {
    case TokenKind::Atom:
    case TokenKind::Var:
    case TokenKind::Integer:
    case TokenKind::Float:
    case TokenKind::Char:
    case TokenKind::String:
    case TokenKind::RightParen:
    case TokenKind::RightBracket:
    case TokenKind::RightBrace:
    case TokenKind::RightBinary:
    case TokenKind::End: return true;
    default: return false;
  }
}

// The operators of other languages, and words that Erlang has not.
std::string FormParser::hint_for_token() const {
  TokenKind before = at_ > form_begin_ ? tokens_[at_ - 1].kind : TokenKind::Dot;
  bool touches = at_ > form_begin_ && span_of(at_ - 1).end == token().span.begin;
  switch (token().kind) {
    case TokenKind::BinaryGenerate: return "\"less than or equal\" is written =<";
    case TokenKind::Associate: return "\"greater than or equal\" is written >=";
    case TokenKind::Equals:
      if (before == TokenKind::Bang && touches) return "\"not equal\" is written /= or =/=";
      return {};
    case TokenKind::Less:
      if (before == TokenKind::LessEqual && touches) return "write a space between = and <<";
      return {};
    case TokenKind::DoubleBar: return "\"or\" is written orelse";
    case TokenKind::Ampersand: return "\"and\" is written andalso";
    case TokenKind::Slash:
      if (before == TokenKind::Slash || kind_ahead(1) == TokenKind::Slash) return "comments begin with %";
      return {};
    case TokenKind::Atom:
      if (at_word("else")) return "there is no else: the last clause of an if is `true -> ...`, of a case `_ -> ...`";
      return {};
    case TokenKind::Bang: return "\"not\" is written not";
    case TokenKind::Var:
      if (at_ + 1 < form_end_ && tokens_[at_ + 1].kind == TokenKind::LeftParen && at_ == form_begin_)
        return "names of functions begin with a lower-case letter";
      return {};
    default: return {};
  }
}

static TokenKind closer_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::LeftParen: return TokenKind::RightParen;
    case TokenKind::LeftBracket: return TokenKind::RightBracket;
    case TokenKind::LeftBrace: return TokenKind::RightBrace;
    case TokenKind::LeftBinary: return TokenKind::RightBinary;
    case TokenKind::Begin:
    case TokenKind::Case:
    case TokenKind::If:
    case TokenKind::Receive:
    case TokenKind::Try: return TokenKind::End;
    default: return TokenKind::EndOfFile;
  }
}

static TokenKind closer_at(std::span<const Token> tokens, size_t index) {
  if (tokens[index].kind != TokenKind::Fun) return closer_of(tokens[index].kind);
  bool has_clauses = tokens[index + 1].kind == TokenKind::LeftParen ||
                     (tokens[index + 1].kind == TokenKind::Var && tokens[index + 2].kind == TokenKind::LeftParen);
  return has_clauses ? TokenKind::End : TokenKind::EndOfFile;
}

// The tokens before the error that opened something and are not closed, the innermost last.
std::vector<size_t> FormParser::open_tokens() const {
  std::vector<size_t> open;
  for (size_t i = form_begin_; i < at_; ++i) {
    if (!open.empty() && tokens_[i].kind == closer_at(tokens_, open.back())) {
      open.pop_back();
    } else if (closer_at(tokens_, i) != TokenKind::EndOfFile) {
      open.push_back(i);
    }
  }
  return open;
}

std::string FormParser::hint_for_unclosed() const {
  std::vector<size_t> open = open_tokens();
  if (open.empty() || closer_at(tokens_, open.back()) == token().kind) return {};
  return fmt::format("the '{}' of {} has no '{}'", token_kind_text(tokens_[open.back()].kind), place_text(open.back()),
                     token_kind_text(closer_at(tokens_, open.back())));
}

// A second `->`: the clause before it was ended with a comma.
std::string FormParser::hint_for_arrow() const {
  std::vector<size_t> open = open_tokens();
  if (open.empty()) return "clauses are separated by ';', functions end with '.'";
  if (closer_at(tokens_, open.back()) != TokenKind::End) return hint_for_unclosed();
  return fmt::format("clauses of a '{}' are separated by ';'", token_kind_text(tokens_[open.back()].kind));
}

std::string FormParser::hint_for_missing_comma() const {
  switch (token().kind) {
    case TokenKind::Atom:
    case TokenKind::Var:
    case TokenKind::Integer:
    case TokenKind::Float:
    case TokenKind::Char:
    case TokenKind::LeftBracket:
    case TokenKind::LeftBrace:
    case TokenKind::LeftBinary:
    case TokenKind::Case:
    case TokenKind::If:
    case TokenKind::Receive:
    case TokenKind::Begin:
    case TokenKind::Try:
    case TokenKind::Fun: break;
    default: return {};
  }
  if (at_ == form_begin_ || !ends_expression(at_ - 1)) return {};
  return "a ',' may be missing before this";
}

std::string FormParser::hint() const {
  bool at_end = at_ >= form_end_;
  TokenKind before = at_ > form_begin_ ? tokens_[at_ - 1].kind : TokenKind::Dot;
  if (at_ > form_begin_ && begins_form(at_) && ends_expression(at_ - 1))
    return "a '.' may be missing at the end of the form before this";
  if (std::string text = hint_for_token(); !text.empty()) return text;
  bool closes = at_end || token().kind == TokenKind::End || token().kind == TokenKind::RightParen ||
                token().kind == TokenKind::RightBracket || token().kind == TokenKind::RightBrace ||
                token().kind == TokenKind::RightBinary || token().kind == TokenKind::Semicolon;
  if (before == TokenKind::Comma && closes) return "no ',' before this: it separates, it does not end";
  if (before == TokenKind::Semicolon && closes)
    return at_end ? "the last clause ends with '.', not with ';'" : "no ';' behind the last clause";
  bool is_bracket = token().kind == TokenKind::RightParen || token().kind == TokenKind::RightBracket ||
                    token().kind == TokenKind::RightBrace || token().kind == TokenKind::End;
  if (at(TokenKind::Arrow)) return hint_for_arrow();
  if (at_end || is_bracket) {
    if (std::string text = hint_for_unclosed(); !text.empty()) return text;
  }
  if (tokens_[form_end_].kind == TokenKind::EndOfFile && at_end) return "the last form has no '.' at its end";
  return hint_for_missing_comma();
}

}  // namespace hj::syntax
