// Operands: literals, names, lists, tuples, binaries, records, maps, comprehensions.
#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

NodeId FormParser::primary(ExprMode mode) {
  switch (kind()) {
    case TokenKind::Atom:
      if (mode == ExprMode::Expression && begins_maybe()) return maybe_expression();
      if (is_reserved_by_feature()) break;
      return literal(AstKind::Atom);
    case TokenKind::Var: return literal(AstKind::Var);
    case TokenKind::Integer: return literal(AstKind::Integer);
    case TokenKind::Float: return literal(AstKind::Float);
    case TokenKind::Char: return literal(AstKind::Char);
    case TokenKind::String: return string();
    case TokenKind::LeftParen: return parenthesised(mode);
    case TokenKind::LeftBracket: return list();
    case TokenKind::LeftBrace: return tuple();
    case TokenKind::LeftBinary: return binary();
    default: break;
  }
  if (mode == ExprMode::Expression) {
    switch (kind()) {
      case TokenKind::Begin: return block();
      case TokenKind::Case: return case_expression();
      case TokenKind::If: return if_expression();
      case TokenKind::Receive: return receive_expression();
      case TokenKind::Try: return try_expression();
      case TokenKind::Fun: return fun_expression();
      default: break;
    }
  }
  fail_here();
  return dummy();
}

NodeId FormParser::literal(AstKind kind) {
  size_t index = take();
  return add(kind, span_of(index), tokens_[index].payload, {});
}

// Adjacent strings are one.
NodeId FormParser::string() {
  size_t first = take();
  uint32_t payload = tokens_[first].payload;
  if (at(TokenKind::String)) {
    std::u32string joined = ast_.strings[payload];
    while (at(TokenKind::String)) joined += ast_.strings[tokens_[take()].payload];
    ast_.strings.push_back(std::move(joined));
    payload = static_cast<uint32_t>(ast_.strings.size() - 1);
  }
  return add(AstKind::String, from(first), payload, {});
}

// The node is the inner one: parentheses leave no trace, as in erl_parse.
NodeId FormParser::parenthesised(ExprMode mode) {
  take();
  NodeId inner = operators(0, mode);
  expect(TokenKind::RightParen);
  return inner;
}

NodeId FormParser::list() {
  size_t first = take();
  if (accept(TokenKind::RightBracket)) return add(AstKind::Nil, from(first), 0, {});
  std::vector<NodeId> children = {expression()};
  if (at(TokenKind::DoubleBar)) return comprehension(AstKind::ListComp, first, children[0], TokenKind::RightBracket);
  while (accept(TokenKind::Comma)) children.push_back(expression());
  if (accept(TokenKind::Bar)) {
    children.push_back(expression());
    expect(TokenKind::RightBracket);
  } else {
    size_t close = at_;
    expect(TokenKind::RightBracket);
    children.push_back(add(AstKind::Nil, span_of(close), 0, {}));
  }
  return add(AstKind::List, from(first), 0, children);
}

NodeId FormParser::tuple() {
  size_t first = take();
  std::vector<NodeId> children;
  if (!accept(TokenKind::RightBrace)) {
    children = expressions();
    expect(TokenKind::RightBrace);
  }
  return add(AstKind::Tuple, from(first), 0, children);
}

// -- bit syntax

// Values of segments are operands, which operators() does not see: the depth is counted here.
NodeId FormParser::binary() {
  if (++depth_ > kMaxNesting) fail(DiagnosticKind::NestedTooDeep, token().span, kMaxNesting);
  NodeId id = binary_segments();
  --depth_;
  return id;
}

NodeId FormParser::binary_segments() {
  size_t first = take();
  std::vector<NodeId> children;
  if (accept(TokenKind::RightBinary)) return add(AstKind::Binary, from(first), 0, children);
  // << E || ... >>: only a value without size or type can be a template, so it is read as one first.
  NodeId value = bit_value();
  if (at(TokenKind::DoubleBar)) return comprehension(AstKind::BinComp, first, value, TokenKind::RightBinary);
  children.push_back(binary_element_after(value));
  while (accept(TokenKind::Comma)) children.push_back(binary_element_after(bit_value()));
  expect(TokenKind::RightBinary);
  return add(AstKind::Binary, from(first), 0, children);
}

NodeId FormParser::bit_value() {
  size_t first = at_;
  Op op = Op::Plus;
  switch (kind()) {
    case TokenKind::Plus: break;
    case TokenKind::Minus: op = Op::Minus; break;
    case TokenKind::Not: op = Op::Not; break;
    case TokenKind::Bnot: op = Op::Bnot; break;
    default: return primary(ExprMode::Expression);
  }
  take();
  NodeId operand_id = primary(ExprMode::Expression);
  return add(AstKind::Unary, from(first), static_cast<uint32_t>(op), {operand_id});
}

NodeId FormParser::binary_element_after(NodeId value) {
  std::vector<NodeId> children = {value};
  uint8_t flags = 0;
  if (accept(TokenKind::Colon)) {
    children.push_back(primary(ExprMode::Expression));
    flags |= kHasSize;
  }
  if (accept(TokenKind::Slash)) {
    children.push_back(binary_type());
    while (accept(TokenKind::Minus)) children.push_back(binary_type());
  }
  return add(AstKind::BinElement, join(value, children.back()), 0, children, flags);
}

NodeId FormParser::binary_type() {
  size_t name = at_;
  if (!expect(TokenKind::Atom)) return dummy();
  std::vector<NodeId> children;
  if (accept(TokenKind::Colon)) {
    if (at(TokenKind::Integer)) {
      children.push_back(literal(AstKind::Integer));
    } else {
      fail_here();
    }
  }
  return add(AstKind::BinType, from(name), tokens_[name].payload, children);
}

// -- records and maps

// #r{...}, #r.f, #{...}, #{K => V || ...}
NodeId FormParser::hash_without_subject() {
  size_t hash = take();
  if (at(TokenKind::LeftBrace)) return map_fields(hash, NodeId{});
  return record_after_name(hash, NodeId{});
}

// at_ stands on the record's name. Without a subject it is #r{...} or #r.f.
NodeId FormParser::record_after_name(size_t hash, NodeId subject) {
  size_t name = at_;
  if (!expect(TokenKind::Atom)) return dummy();
  uint32_t payload = tokens_[name].payload;
  Loc place = span_of(hash).begin;
  std::vector<NodeId> children;
  if (subject.valid()) children.push_back(subject);

  if (accept(TokenKind::Period)) {
    if (!at(TokenKind::Atom)) {
      fail_here();
      return dummy();
    }
    children.push_back(literal(AstKind::Atom));
    Extent span = subject.valid() ? join(subject, children.back()) : from(hash);
    return add_at(place, subject.valid() ? AstKind::RecordAccess : AstKind::RecordIndex, span, payload, children);
  }
  expect(TokenKind::LeftBrace);
  if (!accept(TokenKind::RightBrace)) {
    children.push_back(record_field());
    while (accept(TokenKind::Comma)) children.push_back(record_field());
    expect(TokenKind::RightBrace);
  }
  Extent span = subject.valid() ? join(ast_.span(subject), from(hash)) : from(hash);
  return add_at(place, subject.valid() ? AstKind::RecordUpdate : AstKind::RecordNew, span, payload, children);
}

NodeId FormParser::record_field() {
  size_t name = at_;
  bool is_variable = at(TokenKind::Var);
  if (!is_variable && !at(TokenKind::Atom)) {
    fail_here();
    return dummy();
  }
  take();
  expect(TokenKind::Equals);
  NodeId value = expression();
  return add(AstKind::RecordField, join(span_of(name), ast_.span(value)), tokens_[name].payload, {value},
             is_variable ? kVariableField : 0);
}

// at_ stands on the `{`.
NodeId FormParser::map_fields(size_t hash, NodeId subject) {
  expect(TokenKind::LeftBrace);
  std::vector<NodeId> children;
  if (subject.valid()) children.push_back(subject);
  if (!accept(TokenKind::RightBrace)) {
    children.push_back(map_field());
    if (!subject.valid() && at(TokenKind::DoubleBar) && ast_.kind(children[0]) == AstKind::MapAssoc)
      return comprehension(AstKind::MapComp, hash, children[0], TokenKind::RightBrace);
    while (accept(TokenKind::Comma)) children.push_back(map_field());
    expect(TokenKind::RightBrace);
  }
  Extent span = subject.valid() ? join(ast_.span(subject), from(hash)) : from(hash);
  return add_at(span_of(hash).begin, subject.valid() ? AstKind::MapUpdate : AstKind::Map, span, 0, children);
}

NodeId FormParser::map_field() {
  NodeId key = expression();
  bool is_exact = at(TokenKind::ExactAssociate);
  if (!is_exact && !at(TokenKind::Associate)) {
    fail_here();
    return dummy();
  }
  size_t arrow = take();
  NodeId value = expression();
  return add_at(span_of(arrow).begin, is_exact ? AstKind::MapExact : AstKind::MapAssoc, join(key, value), 0,
                {key, value});
}

// -- comprehensions

// at_ stands on the `||`.
NodeId FormParser::comprehension(AstKind kind, size_t first, NodeId template_id, TokenKind close) {
  take();
  std::vector<NodeId> children = {template_id, qualifier()};
  while (accept(TokenKind::Comma)) children.push_back(qualifier());
  expect(close);
  return add(kind, from(first), 0, children);
}

// P <- E, <<P>> <= E, K := V <- E, or a filter.
NodeId FormParser::qualifier() {
  NodeId left = expression();
  AstKind kind = AstKind::Generator;
  if (at(TokenKind::ExactAssociate)) {
    size_t arrow = take();
    NodeId value = expression();
    left = add_at(span_of(arrow).begin, AstKind::MapExact, join(left, value), 0, {left, value});
    kind = AstKind::MapGenerator;
    if (!at(TokenKind::Generate)) fail_here();
  } else if (at(TokenKind::BinaryGenerate)) {
    if (ast_.kind(left) != AstKind::Binary) fail_here();
    kind = AstKind::BinGenerator;
  } else if (!at(TokenKind::Generate)) {
    return left;
  }
  size_t arrow = take();
  NodeId source = expression();
  return add_at(span_of(arrow).begin, kind, join(left, source), 0, {left, source});
}

}  // namespace hj::syntax
