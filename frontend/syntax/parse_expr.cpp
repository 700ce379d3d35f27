// Operators, and what stands behind an operand: calls, remotes, record and map updates.
#include <optional>

#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

namespace {

enum class Assoc : uint8_t { Left, Right, None };

struct BinaryOperator {
  int precedence;
  Assoc assoc;
  Op op;
  bool in_patterns = true;
};

}  // namespace

// Erlang's table of precedences. `=` and `!` share the lowest level; `=` makes a Match node.
static std::optional<BinaryOperator> binary_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::Equals: return BinaryOperator{100, Assoc::Right, Op::Send};
    case TokenKind::Bang: return BinaryOperator{100, Assoc::Right, Op::Send, false};
    case TokenKind::Orelse: return BinaryOperator{150, Assoc::Right, Op::Orelse, false};
    case TokenKind::Andalso: return BinaryOperator{160, Assoc::Right, Op::Andalso, false};
    case TokenKind::Equal: return BinaryOperator{200, Assoc::None, Op::Equal};
    case TokenKind::NotEqual: return BinaryOperator{200, Assoc::None, Op::NotEqual};
    case TokenKind::LessEqual: return BinaryOperator{200, Assoc::None, Op::LessEqual};
    case TokenKind::Less: return BinaryOperator{200, Assoc::None, Op::Less};
    case TokenKind::GreaterEqual: return BinaryOperator{200, Assoc::None, Op::GreaterEqual};
    case TokenKind::Greater: return BinaryOperator{200, Assoc::None, Op::Greater};
    case TokenKind::ExactEqual: return BinaryOperator{200, Assoc::None, Op::ExactEqual};
    case TokenKind::NotExactEqual: return BinaryOperator{200, Assoc::None, Op::NotExactEqual};
    case TokenKind::Append: return BinaryOperator{300, Assoc::Right, Op::Append};
    case TokenKind::Subtract: return BinaryOperator{300, Assoc::Right, Op::Subtract};
    case TokenKind::Plus: return BinaryOperator{400, Assoc::Left, Op::Add};
    case TokenKind::Minus: return BinaryOperator{400, Assoc::Left, Op::Sub};
    case TokenKind::Bor: return BinaryOperator{400, Assoc::Left, Op::Bor};
    case TokenKind::Bxor: return BinaryOperator{400, Assoc::Left, Op::Bxor};
    case TokenKind::Bsl: return BinaryOperator{400, Assoc::Left, Op::Bsl};
    case TokenKind::Bsr: return BinaryOperator{400, Assoc::Left, Op::Bsr};
    case TokenKind::Or: return BinaryOperator{400, Assoc::Left, Op::Or};
    case TokenKind::Xor: return BinaryOperator{400, Assoc::Left, Op::Xor};
    case TokenKind::Slash: return BinaryOperator{500, Assoc::Left, Op::FloatDiv};
    case TokenKind::Star: return BinaryOperator{500, Assoc::Left, Op::Mul};
    case TokenKind::Div: return BinaryOperator{500, Assoc::Left, Op::Div};
    case TokenKind::Rem: return BinaryOperator{500, Assoc::Left, Op::Rem};
    case TokenKind::Band: return BinaryOperator{500, Assoc::Left, Op::Band};
    case TokenKind::And: return BinaryOperator{500, Assoc::Left, Op::And};
    default: return std::nullopt;
  }
}

static std::optional<Op> prefix_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::Plus: return Op::Plus;
    case TokenKind::Minus: return Op::Minus;
    case TokenKind::Bnot: return Op::Bnot;
    case TokenKind::Not: return Op::Not;
    default: return std::nullopt;
  }
}

// Operators that bind at least as strongly as min_precedence, and their operands.
NodeId FormParser::operators(int min_precedence, ExprMode mode) {
  if (++depth_ > kMaxNesting) fail(DiagnosticKind::NestedTooDeep, token().span, kMaxNesting);
  NodeId left = operand(mode);
  int forbidden = -1;
  while (std::optional<BinaryOperator> found = binary_operator(kind())) {
    if (found->precedence < min_precedence || (mode == ExprMode::Pattern && !found->in_patterns)) break;
    // a < b < c: the second comparison has no left operand.
    if (found->precedence == forbidden) {
      fail_here();
      break;
    }
    size_t operator_token = take();
    NodeId right = operators(found->assoc == Assoc::Right ? found->precedence : found->precedence + 1, mode);
    if (failed_) break;
    if (tokens_[operator_token].kind == TokenKind::Equals) {
      left = add(AstKind::Match, join(left, right), 0, {left, right});
    } else {
      left = add_at(span_of(operator_token).begin, AstKind::Binary2, join(left, right),
                    static_cast<uint32_t>(found->op), {left, right});
    }
    forbidden = found->assoc == Assoc::None ? found->precedence : -1;
  }
  --depth_;
  return left;
}

// A postfix expression, with the prefix operators before it. `catch` takes everything to its right, wherever it stands.
NodeId FormParser::operand(ExprMode mode) {
  if (at(TokenKind::Catch) && mode == ExprMode::Expression) {
    size_t first = take();
    NodeId caught = expression();
    return add(AstKind::Catch, join(span_of(first), ast_.span(caught)), 0, {caught});
  }
  std::optional<Op> prefix = prefix_operator(kind());
  if (!prefix) return postfix(mode);
  if (++depth_ > kMaxNesting) fail(DiagnosticKind::NestedTooDeep, token().span, kMaxNesting);
  size_t first = take();
  NodeId right = operand(mode);
  --depth_;
  return add(AstKind::Unary, join(span_of(first), ast_.span(right)), static_cast<uint32_t>(*prefix), {right});
}

// m:f, f(...), m:f(...), X#r.f, X#r{...}, X#{...}. A call ends it: f()() and f()#r.a need parentheses in Erlang.
NodeId FormParser::postfix(ExprMode mode) {
  if (at(TokenKind::Hash)) {
    NodeId subject = hash_without_subject();
    if (mode == ExprMode::Pattern) return subject;
    return updates(subject, ast_.kind(subject) == AstKind::Map ? UpdateFamily::Map : UpdateFamily::Record);
  }
  NodeId subject = primary(mode);
  if (mode == ExprMode::Pattern) return subject;
  if (at(TokenKind::Hash)) return updates(subject, UpdateFamily::Any);
  if (at(TokenKind::Colon)) {
    size_t colon = take();
    NodeId function = primary(mode);
    subject = add_at(span_of(colon).begin, AstKind::Remote, join(subject, function), 0, {subject, function});
  }
  if (!at(TokenKind::LeftParen)) return subject;
  std::vector<NodeId> children = arguments(mode);
  children.insert(children.begin(), subject);
  return add(AstKind::Call, join(ast_.span(subject), last()), 0, children);
}

// Any number of #r{...} and #r.f, or any number of #{...}; the grammar does not mix them without parentheses.
NodeId FormParser::updates(NodeId subject, UpdateFamily family) {
  while (at(TokenKind::Hash)) {
    size_t hash = take();
    UpdateFamily wanted = at(TokenKind::LeftBrace) ? UpdateFamily::Map : UpdateFamily::Record;
    if (family != UpdateFamily::Any && family != wanted) {
      fail_here();
      break;
    }
    family = wanted;
    subject = wanted == UpdateFamily::Map ? map_fields(hash, subject) : record_after_name(hash, subject);
  }
  return subject;
}

std::vector<NodeId> FormParser::expressions() {
  std::vector<NodeId> result = {expression()};
  while (accept(TokenKind::Comma)) result.push_back(expression());
  return result;
}

// ( expression, ... )
std::vector<NodeId> FormParser::arguments(ExprMode mode) {
  std::vector<NodeId> result;
  expect(TokenKind::LeftParen);
  if (accept(TokenKind::RightParen)) return result;
  result.push_back(operators(0, mode));
  while (accept(TokenKind::Comma)) result.push_back(operators(0, mode));
  expect(TokenKind::RightParen);
  return result;
}

}  // namespace hj::syntax
