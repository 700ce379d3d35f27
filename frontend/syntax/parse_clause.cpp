// Everything that has clauses or a body: case, if, receive, try, maybe, fun, begin.
#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

// -- parts of clauses

// g, g; g, g
NodeId FormParser::guard() {
  std::vector<NodeId> alternatives;
  do {
    std::vector<NodeId> tests = expressions();
    alternatives.push_back(add(AstKind::GuardAlternative, join(tests.front(), tests.back()), 0, tests));
  } while (accept(TokenKind::Semicolon));
  return add(AstKind::Guard, join(alternatives.front(), alternatives.back()), 0, alternatives);
}

NodeId FormParser::optional_guard() {
  if (accept(TokenKind::When)) return guard();
  return add(AstKind::Guard, Span{last().end, last().end}, 0, {});
}

// -> e, e
NodeId FormParser::clause_body() {
  expect(TokenKind::Arrow);
  return body_of(expressions(), last());
}

// `place` is where the body would stand when it is empty.
NodeId FormParser::body_of(const std::vector<NodeId>& expressions, Span place) {
  Extent extent = expressions.empty() ? Extent(Span{place.end, place.end}) : join(expressions.front(), expressions.back());
  return add(AstKind::Body, extent, 0, expressions);
}

// The rest of a clause, from behind its guard.
NodeId FormParser::clause(Span start, std::span<const NodeId> patterns, Span patterns_span, NodeId guard_id) {
  NodeId patterns_id = add(AstKind::Patterns, patterns_span, 0, patterns);
  NodeId body = clause_body();
  return add(AstKind::Clause, join(start, ast_.span(body)), 0, {patterns_id, guard_id, body});
}

// pattern [when guard] -> body. The pattern is read as an expression; lint says "illegal pattern" of what is none.
NodeId FormParser::case_clause() {
  NodeId left = expression();
  NodeId guard_id = optional_guard();
  Span span = ast_.span(left);
  return clause(span, {&left, 1}, span, guard_id);
}

NodeId FormParser::if_clause() {
  NodeId guard_id = guard();
  Span start = ast_.span(guard_id);
  return clause(start, {}, {start.begin, start.begin}, guard_id);
}

NodeId FormParser::clauses() {
  std::vector<NodeId> children = {case_clause()};
  while (accept(TokenKind::Semicolon)) children.push_back(case_clause());
  return add(AstKind::Clauses, join(children.front(), children.back()), 0, children);
}

// -- begin, case, if, receive

NodeId FormParser::block() {
  size_t first = take();
  std::vector<NodeId> children = expressions();
  expect(TokenKind::End);
  return add(AstKind::Block, from(first), 0, children);
}

NodeId FormParser::case_expression() {
  size_t first = take();
  std::vector<NodeId> children = {expression()};
  expect(TokenKind::Of);
  do {
    children.push_back(case_clause());
  } while (accept(TokenKind::Semicolon));
  expect(TokenKind::End);
  return add(AstKind::Case, from(first), 0, children);
}

NodeId FormParser::if_expression() {
  size_t first = take();
  std::vector<NodeId> children;
  do {
    children.push_back(if_clause());
  } while (accept(TokenKind::Semicolon));
  expect(TokenKind::End);
  return add(AstKind::If, from(first), 0, children);
}

NodeId FormParser::receive_expression() {
  size_t first = take();
  std::vector<NodeId> children;
  if (!at(TokenKind::After)) {
    do {
      children.push_back(case_clause());
    } while (accept(TokenKind::Semicolon));
  }
  if (at(TokenKind::After)) {
    size_t after = take();
    NodeId timeout = expression();
    NodeId body = clause_body();
    children.push_back(add(AstKind::After, from(after), 0, {timeout, body}));
  }
  expect(TokenKind::End);
  return add(AstKind::Receive, from(first), 0, children);
}

// -- try

NodeId FormParser::try_expression() {
  size_t first = take();
  NodeId body = body_of(expressions(), last());
  NodeId of_clauses = accept(TokenKind::Of) ? clauses() : add(AstKind::Clauses, Span{last().end, last().end}, 0, {});
  bool has_catch = accept(TokenKind::Catch);
  std::vector<NodeId> catches;
  if (has_catch) {
    do {
      catches.push_back(catch_clause());
    } while (accept(TokenKind::Semicolon));
  }
  Extent catch_span = catches.empty() ? Span{last().end, last().end} : join(catches.front(), catches.back());
  NodeId catch_clauses = add(AstKind::Clauses, catch_span, 0, catches);
  std::vector<NodeId> after;
  if (at(TokenKind::After) || !has_catch) {
    expect(TokenKind::After);
    after = expressions();
  }
  NodeId after_body = body_of(after, last());
  expect(TokenKind::End);
  return add(AstKind::Try, from(first), 0, {body, of_clauses, catch_clauses, after_body});
}

NodeId FormParser::catch_clause() {
  NodeId left = catch_pattern();
  NodeId guard_id = optional_guard();
  Span span = ast_.span(left);
  return clause(span, {&left, 1}, span, guard_id);
}

// Reason, Class:Reason, Class:Reason:Stacktrace
NodeId FormParser::catch_pattern() {
  bool has_class = (at(TokenKind::Atom) || at(TokenKind::Var)) && kind_ahead(1) == TokenKind::Colon;
  NodeId class_id;
  if (has_class) {
    class_id = literal(at(TokenKind::Atom) ? AstKind::Atom : AstKind::Var);
    take();
  }
  NodeId reason = pattern();
  if (!has_class) class_id = add_atom("throw", ast_.span(reason));
  NodeId trace;
  if (has_class && accept(TokenKind::Colon)) {
    if (!at(TokenKind::Var)) {
      fail_here();
      return dummy();
    }
    trace = literal(AstKind::Var);
  } else {
    trace = add(AstKind::Var, ast_.span(reason), ast_.names.intern("_").index, {});
  }
  return add(AstKind::CatchPattern, join(class_id, trace), 0, {class_id, reason, trace});
}

// -- maybe

// parser.h says when the atom is a word.
bool FormParser::begins_maybe() const {
  if (!at_word("maybe")) return false;
  if ((token().flags & kMaybeEnabled) != 0) return true;
  switch (kind_ahead(1)) {
    case TokenKind::Atom:
    case TokenKind::Var:
    case TokenKind::Integer:
    case TokenKind::Float:
    case TokenKind::Char:
    case TokenKind::String:
    case TokenKind::LeftBrace:
    case TokenKind::LeftBracket:
    case TokenKind::LeftBinary:
    case TokenKind::Begin:
    case TokenKind::Case:
    case TokenKind::Fun:
    case TokenKind::If:
    case TokenKind::Receive:
    case TokenKind::Try:
    case TokenKind::Not:
    case TokenKind::Bnot: return true;
    default: return false;
  }
}

// With -feature(maybe_expr, enable) neither word is an atom any more, unless it is quoted.
bool FormParser::is_reserved_by_feature() const {
  return at(TokenKind::Atom) && (token().flags & kMaybeEnabled) != 0 && (at_word("maybe") || at_word("else"));
}

NodeId FormParser::maybe_expression() {
  size_t first = take();
  std::vector<NodeId> steps = {maybe_step()};
  while (accept(TokenKind::Comma)) steps.push_back(maybe_step());
  NodeId body = body_of(steps, last());
  NodeId else_clauses;
  if (at_word("else")) {
    take();
    else_clauses = clauses();
  } else {
    else_clauses = add(AstKind::Clauses, Span{last().end, last().end}, 0, {});
  }
  expect(TokenKind::End);
  return add(AstKind::Maybe, from(first), 0, {body, else_clauses});
}

// e, or p ?= e
NodeId FormParser::maybe_step() {
  NodeId left = expression();
  if (!at(TokenKind::MaybeEquals)) return left;
  size_t arrow = take();
  NodeId right = expression();
  return add_at(span_of(arrow).begin, AstKind::MaybeMatch, join(left, right), 0, {left, right});
}

// -- fun

NodeId FormParser::fun_expression() {
  size_t first = take();
  bool is_named = at(TokenKind::Var) && kind_ahead(1) == TokenKind::LeftParen;
  if (at(TokenKind::LeftParen) || is_named) return fun_clauses(first);
  return fun_reference(first);
}

// fun f/1, fun m:f/1
NodeId FormParser::fun_reference(size_t first) {
  auto name = [&](TokenKind also, AstKind also_kind) {
    if (at(TokenKind::Atom)) return literal(AstKind::Atom);
    if (at(also)) return literal(also_kind);
    fail_here();
    return dummy();
  };
  bool is_local = at(TokenKind::Atom) && kind_ahead(1) != TokenKind::Colon;
  if (is_local) {
    NodeId function = literal(AstKind::Atom);
    expect(TokenKind::Slash);
    if (!at(TokenKind::Integer)) {
      fail_here();
      return dummy();
    }
    NodeId arity = literal(AstKind::Integer);
    return add(AstKind::FunLocal, from(first), 0, {function, arity});
  }
  NodeId module = name(TokenKind::Var, AstKind::Var);
  expect(TokenKind::Colon);
  NodeId function = name(TokenKind::Var, AstKind::Var);
  expect(TokenKind::Slash);
  if (!at(TokenKind::Integer) && !at(TokenKind::Var)) {
    fail_here();
    return dummy();
  }
  NodeId arity = literal(at(TokenKind::Integer) ? AstKind::Integer : AstKind::Var);
  return add(AstKind::FunRemote, from(first), 0, {module, function, arity});
}

// fun (X) -> ...; (Y) -> ... end, or with a name before each head
NodeId FormParser::fun_clauses(size_t first) {
  bool is_named = at(TokenKind::Var);
  uint32_t name = is_named ? token().payload : 0;
  std::vector<NodeId> children;
  size_t arity = 0;
  do {
    size_t head = at_;
    bool same_name = !is_named || (at(TokenKind::Var) && token().payload == name);
    if (is_named && !expect(TokenKind::Var)) break;
    size_t open = at_;
    std::vector<NodeId> patterns = arguments(ExprMode::Pattern);
    Span patterns_span = from(open).span;
    if (children.empty()) arity = patterns.size();
    NodeId guard_id = optional_guard();
    children.push_back(clause(span_of(head), patterns, patterns_span, guard_id));
    if (!same_name || patterns.size() != arity) fail(DiagnosticKind::HeadMismatch, span_of(head));
  } while (accept(TokenKind::Semicolon));
  expect(TokenKind::End);
  if (is_named) return add(AstKind::NamedFun, from(first), name, children);
  return add(AstKind::Fun, from(first), 0, children);
}

}  // namespace hj::syntax
