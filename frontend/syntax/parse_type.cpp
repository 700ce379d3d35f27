// Types: -type, -opaque, -spec, -callback, and the types of record fields.
#include <optional>

#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

// -- declarations

// at_ stands behind `type`: name(Vars) :: type, parentheses around all of it optional.
NodeId FormParser::type_definition(size_t first, TypeVisibility visibility) {
  bool parenthesised = accept(TokenKind::LeftParen);
  NodeId head = expression();
  expect(TokenKind::DoubleColon);
  NodeId body = top_type();
  if (parenthesised) expect(TokenKind::RightParen);
  if (!failed_ && at_ != form_end_) fail_here();
  if (failed_) return dummy();

  bool is_head = ast_.kind(head) == AstKind::Call && ast_.kind(ast_.child(head, 0)) == AstKind::Atom;
  if (!is_head) {
    fail(DiagnosticKind::BadTypeDeclaration, span_of(first));
    return dummy();
  }
  std::span<const NodeId> head_children = ast_.children(head);
  std::vector<NodeId> parameters(head_children.begin() + 1, head_children.end());
  for (NodeId parameter : parameters) {
    bool is_variable = ast_.kind(parameter) == AstKind::Var && ast_.text(parameter) != "_";
    if (!is_variable) return bad_attribute(DiagnosticKind::BadTypeVariable, parameter);
  }
  Name name = ast_.name(ast_.child(head, 0));
  NodeId parameters_id = add(AstKind::Patterns, ast_.span(head), 0, parameters);
  uint8_t flags = visibility == TypeVisibility::Opaque ? kOpaque : 0;
  return add(AstKind::TypeDef, from(first), name.index, {parameters_id, body}, flags);
}

// at_ stands behind `spec`: f(T) -> T; (T) -> T when V :: T. The function may be m:f.
NodeId FormParser::specification(size_t first, SpecKind spec_kind) {
  bool parenthesised = accept(TokenKind::LeftParen);
  if (!at(TokenKind::Atom)) fail_here();
  NodeId function = literal(AstKind::Atom);
  if (at(TokenKind::Colon)) {
    size_t colon = take();
    if (!at(TokenKind::Atom)) fail_here();
    NodeId name = literal(AstKind::Atom);
    function = add_at(span_of(colon).begin, AstKind::Remote, join(function, name), 0, {function, name});
  }
  std::vector<NodeId> signatures;
  do {
    signatures.push_back(type_signature());
  } while (accept(TokenKind::Semicolon));
  if (parenthesised) expect(TokenKind::RightParen);
  if (failed_) return dummy();

  NodeId first_fun = signatures.front();
  if (ast_.kind(first_fun) == AstKind::TypeConstraint) first_fun = ast_.child(first_fun, 0);
  size_t arity = ast_.children(first_fun).size() - 1;
  NodeId arity_id = add_integer(static_cast<int64_t>(arity), ast_.span(function));
  std::vector<NodeId> children = {function, arity_id};
  children.insert(children.end(), signatures.begin(), signatures.end());
  uint8_t flags = spec_kind == SpecKind::Callback ? kCallback : 0;
  return add(AstKind::Spec, from(first), 0, children, flags);
}

NodeId FormParser::type_signature() {
  // (...) -> T has no arity, so it is no signature.
  if (at(TokenKind::LeftParen) && kind_ahead(1) == TokenKind::Ellipsis) {
    take();
    fail_here();
  }
  NodeId fun_type = function_type();
  if (!accept(TokenKind::When)) return fun_type;
  std::vector<NodeId> children = {fun_type};
  do {
    children.push_back(type_constraint());
  } while (accept(TokenKind::Comma));
  return add(AstKind::TypeConstraint, join(children.front(), children.back()), 0, children);
}

// V :: T, or is_subtype(V, T)
NodeId FormParser::type_constraint() {
  if (at(TokenKind::Atom)) {
    size_t name = take();
    expect(TokenKind::LeftParen);
    std::vector<NodeId> types = types_until(TokenKind::RightParen);
    bool is_subtype = ast_.names.text(Name{tokens_[name].payload}) == "is_subtype" && types.size() == 2;
    if (!failed_ && !is_subtype)
      fail(DiagnosticKind::UnsupportedConstraint, span_of(name), token_text(tokens_[name], ast_));
    if (failed_) return dummy();
    return add(AstKind::TypeAnnotated, join(types[0], types[1]), 0, types);
  }
  if (!at(TokenKind::Var)) fail_here();
  NodeId variable = literal(AstKind::Var);
  expect(TokenKind::DoubleColon);
  NodeId bound = top_type();
  return add(AstKind::TypeAnnotated, join(variable, bound), 0, {variable, bound});
}

// (T, ...) -> T, or (...) -> T
NodeId FormParser::function_type() {
  size_t first = at_;
  expect(TokenKind::LeftParen);
  std::vector<NodeId> children;
  uint8_t flags = 0;
  if (accept(TokenKind::Ellipsis)) {
    flags = kAnyArity;
    expect(TokenKind::RightParen);
  } else {
    children = types_until(TokenKind::RightParen);
  }
  expect(TokenKind::Arrow);
  children.push_back(top_type());
  return add(AstKind::TypeFun, from(first), 0, children, flags);
}

// Types up to the closing token, which is consumed.
std::vector<NodeId> FormParser::types_until(TokenKind close) {
  std::vector<NodeId> types;
  if (accept(close)) return types;
  types.push_back(top_type());
  while (accept(TokenKind::Comma)) types.push_back(top_type());
  expect(close);
  return types;
}

// -- types

// V :: T, T | T, T. An annotation takes everything to its right.
NodeId FormParser::top_type() {
  if (++depth_ > kMaxNesting) fail(DiagnosticKind::NestedTooDeep, token().span, kMaxNesting);
  std::vector<NodeId> alternatives;
  do {
    if (at(TokenKind::Var) && kind_ahead(1) == TokenKind::DoubleColon) {
      NodeId variable = literal(AstKind::Var);
      take();
      NodeId annotated = top_type();
      alternatives.push_back(add(AstKind::TypeAnnotated, join(variable, annotated), 0, {variable, annotated}));
      break;
    }
    alternatives.push_back(type(0));
  } while (accept(TokenKind::Bar));
  --depth_;
  if (alternatives.size() == 1) return alternatives[0];
  return add(AstKind::TypeUnion, join(alternatives.front(), alternatives.back()), 0, alternatives);
}

namespace {

struct TypeOperator {
  int precedence;
  Op op;
};

}  // namespace

static constexpr int kRangePrecedence = 200;

static std::optional<TypeOperator> type_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::Plus: return TypeOperator{400, Op::Add};
    case TokenKind::Minus: return TypeOperator{400, Op::Sub};
    case TokenKind::Bor: return TypeOperator{400, Op::Bor};
    case TokenKind::Bxor: return TypeOperator{400, Op::Bxor};
    case TokenKind::Bsl: return TypeOperator{400, Op::Bsl};
    case TokenKind::Bsr: return TypeOperator{400, Op::Bsr};
    case TokenKind::Or: return TypeOperator{400, Op::Or};
    case TokenKind::Xor: return TypeOperator{400, Op::Xor};
    case TokenKind::Slash: return TypeOperator{500, Op::FloatDiv};
    case TokenKind::Star: return TypeOperator{500, Op::Mul};
    case TokenKind::Div: return TypeOperator{500, Op::Div};
    case TokenKind::Rem: return TypeOperator{500, Op::Rem};
    case TokenKind::Band: return TypeOperator{500, Op::Band};
    case TokenKind::And: return TypeOperator{500, Op::And};
    default: return std::nullopt;
  }
}

NodeId FormParser::type(int min_precedence) {
  NodeId left = type_operand();
  while (std::optional<TypeOperator> found = type_operator(kind())) {
    if (found->precedence < min_precedence) break;
    size_t operator_token = take();
    NodeId right = type(found->precedence + 1);
    left = add_at(span_of(operator_token).begin, AstKind::Binary2, join(left, right), static_cast<uint32_t>(found->op),
                  {left, right});
  }
  if (min_precedence > kRangePrecedence || !accept(TokenKind::DotDot)) return left;
  NodeId upper = type(kRangePrecedence + 1);
  return add(AstKind::TypeRange, join(left, upper), 0, {left, upper});
}

NodeId FormParser::type_operand() {
  size_t first = at_;
  Op op = Op::Plus;
  switch (kind()) {
    case TokenKind::Plus: break;
    case TokenKind::Minus: op = Op::Minus; break;
    case TokenKind::Bnot: op = Op::Bnot; break;
    case TokenKind::Not: op = Op::Not; break;
    default: return type_primary();
  }
  if (++depth_ > kMaxNesting) fail(DiagnosticKind::NestedTooDeep, token().span, kMaxNesting);
  take();
  NodeId right = type_operand();
  --depth_;
  return add(AstKind::Unary, from(first), static_cast<uint32_t>(op), {right});
}

NodeId FormParser::type_primary() {
  switch (kind()) {
    case TokenKind::LeftParen: {
      take();
      NodeId inner = top_type();
      expect(TokenKind::RightParen);
      return inner;
    }
    case TokenKind::Var: return literal(AstKind::Var);
    case TokenKind::Integer: return literal(AstKind::Integer);
    case TokenKind::Char: return literal(AstKind::Char);
    case TokenKind::Atom: return type_name();
    case TokenKind::LeftBracket: return type_list();
    case TokenKind::LeftBrace: {
      size_t first = take();
      std::vector<NodeId> children = types_until(TokenKind::RightBrace);
      return add(AstKind::TypeTuple, from(first), 0, children);
    }
    case TokenKind::Hash: return kind_ahead(1) == TokenKind::LeftBrace ? type_map() : type_record();
    case TokenKind::LeftBinary: return type_binary();
    case TokenKind::Fun: return type_fun();
    default: break;
  }
  fail_here();
  return dummy();
}

// a, t(T), m:t(T)
NodeId FormParser::type_name() {
  size_t first = at_;
  if (kind_ahead(1) == TokenKind::Colon) {
    std::vector<NodeId> children = {literal(AstKind::Atom)};
    take();
    size_t name = at_;
    expect(TokenKind::Atom);
    expect(TokenKind::LeftParen);
    std::vector<NodeId> arguments = types_until(TokenKind::RightParen);
    children.insert(children.end(), arguments.begin(), arguments.end());
    return add(AstKind::TypeRemote, from(first), failed_ ? 0 : tokens_[name].payload, children);
  }
  if (kind_ahead(1) != TokenKind::LeftParen) return literal(AstKind::Atom);
  take();
  take();
  std::vector<NodeId> children = types_until(TokenKind::RightParen);
  return add(AstKind::TypeCall, from(first), tokens_[first].payload, children);
}

// [], [T], [T, ...]
NodeId FormParser::type_list() {
  size_t first = take();
  if (accept(TokenKind::RightBracket)) return add(AstKind::TypeList, from(first), 0, {});
  NodeId element = top_type();
  AstKind list_kind = AstKind::TypeList;
  if (accept(TokenKind::Comma)) {
    expect(TokenKind::Ellipsis);
    list_kind = AstKind::TypeNonEmptyList;
  }
  expect(TokenKind::RightBracket);
  return add(list_kind, from(first), 0, {element});
}

NodeId FormParser::type_map() {
  size_t first = take();
  take();
  std::vector<NodeId> children;
  if (!accept(TokenKind::RightBrace)) {
    do {
      NodeId key = top_type();
      bool is_exact = at(TokenKind::ExactAssociate);
      if (!is_exact && !at(TokenKind::Associate)) fail_here();
      size_t arrow = take();
      NodeId value = top_type();
      AstKind field_kind = is_exact ? AstKind::TypeMapExact : AstKind::TypeMapAssoc;
      children.push_back(add_at(span_of(arrow).begin, field_kind, join(key, value), 0, {key, value}));
    } while (accept(TokenKind::Comma));
    expect(TokenKind::RightBrace);
  }
  return add(AstKind::TypeMap, from(first), 0, children);
}

// #r{}, #r{f :: T, ...}
NodeId FormParser::type_record() {
  size_t first = take();
  size_t name = at_;
  expect(TokenKind::Atom);
  expect(TokenKind::LeftBrace);
  std::vector<NodeId> children;
  if (!accept(TokenKind::RightBrace)) {
    do {
      size_t field = at_;
      expect(TokenKind::Atom);
      expect(TokenKind::DoubleColon);
      NodeId field_type = top_type();
      children.push_back(add(AstKind::TypeRecordField, from(field), tokens_[field].payload, {field_type}));
    } while (accept(TokenKind::Comma));
    expect(TokenKind::RightBrace);
  }
  return add(AstKind::TypeRecord, from(first), failed_ ? 0 : tokens_[name].payload, children);
}

// fun(), fun((T, ...) -> T), fun((...) -> T)
NodeId FormParser::type_fun() {
  size_t first = take();
  expect(TokenKind::LeftParen);
  if (accept(TokenKind::RightParen)) return add(AstKind::TypeFun, from(first), 0, {});
  NodeId inner = function_type();
  expect(TokenKind::RightParen);
  return inner;
}

// <<>>, <<_:M>>, <<_:_*N>>, <<_:M, _:_*N>>
NodeId FormParser::type_binary() {
  if (++depth_ > kMaxNesting) fail(DiagnosticKind::NestedTooDeep, token().span, kMaxNesting);
  size_t first = take();
  NodeId size;
  NodeId unit;
  if (!at(TokenKind::RightBinary)) {
    binary_type_variable();
    expect(TokenKind::Colon);
    bool is_unit = at(TokenKind::Var) && kind_ahead(1) == TokenKind::Star;
    if (!is_unit) {
      size = type(0);
      if (accept(TokenKind::Comma)) {
        binary_type_variable();
        expect(TokenKind::Colon);
        is_unit = true;
      }
    }
    if (is_unit) {
      binary_type_variable();
      expect(TokenKind::Star);
      unit = type(0);
    }
  }
  expect(TokenKind::RightBinary);
  if (!size.valid()) size = add_integer(0, span_of(first));
  if (!unit.valid()) unit = add_integer(0, span_of(first));
  --depth_;
  return add(AstKind::TypeBinary, from(first), 0, {size, unit});
}

// The `_` of a binary type.
void FormParser::binary_type_variable() {
  size_t index = at_;
  if (!expect(TokenKind::Var)) return;
  if (ast_.names.text(Name{tokens_[index].payload}) != "_") fail(DiagnosticKind::BadBinaryType, span_of(index));
}

}  // namespace hj::syntax
