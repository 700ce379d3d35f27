#include "frontend/syntax/ast.h"

#include "base/check.h"

namespace hj::syntax {

std::string_view op_text(Op op) {
  switch (op) {
    case Op::Plus: return "+";
    case Op::Minus: return "-";
    case Op::Bnot: return "bnot";
    case Op::Not: return "not";
    case Op::Add: return "+";
    case Op::Sub: return "-";
    case Op::Mul: return "*";
    case Op::FloatDiv: return "/";
    case Op::Div: return "div";
    case Op::Rem: return "rem";
    case Op::Band: return "band";
    case Op::Bor: return "bor";
    case Op::Bxor: return "bxor";
    case Op::Bsl: return "bsl";
    case Op::Bsr: return "bsr";
    case Op::Append: return "++";
    case Op::Subtract: return "--";
    case Op::And: return "and";
    case Op::Or: return "or";
    case Op::Xor: return "xor";
    case Op::Andalso: return "andalso";
    case Op::Orelse: return "orelse";
    case Op::Equal: return "==";
    case Op::NotEqual: return "/=";
    case Op::LessEqual: return "=<";
    case Op::Less: return "<";
    case Op::GreaterEqual: return ">=";
    case Op::Greater: return ">";
    case Op::ExactEqual: return "=:=";
    case Op::NotExactEqual: return "=/=";
    case Op::Send: return "!";
  }
  HJ_UNREACHABLE("operator {}", static_cast<int>(op));
}

Name Names::intern(std::string_view text) {
  auto found = ids_.find(text);
  if (found != ids_.end()) return Name{found->second};
  texts_.emplace_back(text);
  Name name{static_cast<uint32_t>(texts_.size() - 1)};
  ids_.emplace(texts_.back(), name.index);
  return name;
}

NodeId Ast::add(AstKind kind, Span span, uint32_t payload, std::span<const NodeId> children, uint8_t flags) {
  Node node;
  node.kind = kind;
  node.flags = flags;
  node.payload = payload;
  node.first_child = static_cast<uint32_t>(child_ids_.size());
  node.child_count = static_cast<uint32_t>(children.size());
  node.span = span;
  node.place = span.begin;
  child_ids_.insert(child_ids_.end(), children.begin(), children.end());
  nodes_.push_back(node);
  return NodeId{static_cast<uint32_t>(nodes_.size() - 1)};
}

}  // namespace hj::syntax
