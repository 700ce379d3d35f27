#include "frontend/lint/constant_guard.h"

#include <optional>

namespace hj::lint {

using syntax::Ast;
using syntax::AstKind;
using syntax::NodeId;
using syntax::Op;

static std::optional<int64_t> small_integer(const Ast& ast, NodeId id) {
  if (ast.kind(id) == AstKind::Char) return ast.node(id).payload;
  if (ast.kind(id) != AstKind::Integer || !ast.integer(id).is_small) return std::nullopt;
  return ast.integer(id).small;
}

static GuardTruth truth_of(bool value) { return value ? GuardTruth::True : GuardTruth::False; }

static GuardTruth compare(Op op, int64_t left, int64_t right) {
  switch (op) {
    case Op::Equal:
    case Op::ExactEqual: return truth_of(left == right);
    case Op::NotEqual:
    case Op::NotExactEqual: return truth_of(left != right);
    case Op::LessEqual: return truth_of(left <= right);
    case Op::Less: return truth_of(left < right);
    case Op::GreaterEqual: return truth_of(left >= right);
    case Op::Greater: return truth_of(left > right);
    default: return GuardTruth::Unknown;
  }
}

static GuardTruth constant_test(const Ast& ast, NodeId id) {
  switch (ast.kind(id)) {
    // A guard that is a value other than true fails.
    case AstKind::Atom: return truth_of(ast.text(id) == "true");
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil: return GuardTruth::False;
    case AstKind::Unary: {
      NodeId operand = ast.child(id, 0);
      bool is_boolean =
          ast.kind(operand) == AstKind::Atom && (ast.text(operand) == "true" || ast.text(operand) == "false");
      if (ast.op(id) != Op::Not || !is_boolean) return GuardTruth::Unknown;
      return truth_of(ast.text(operand) == "false");
    }
    case AstKind::Binary2: {
      NodeId left = ast.child(id, 0);
      NodeId right = ast.child(id, 1);
      if (ast.op(id) == Op::Andalso || ast.op(id) == Op::Orelse) {
        GuardTruth first = constant_test(ast, left);
        if (first == GuardTruth::Unknown) return first;
        bool decides = (first == GuardTruth::True) == (ast.op(id) == Op::Orelse);
        return decides ? first : constant_test(ast, right);
      }
      auto a = small_integer(ast, left);
      auto b = small_integer(ast, right);
      if (!a || !b) return GuardTruth::Unknown;
      return compare(ast.op(id), *a, *b);
    }
    default: return GuardTruth::Unknown;
  }
}

// False only when every test is known: erlc does not look for a false one among others.
static GuardTruth constant_alternative(const Ast& ast, NodeId alternative) {
  GuardTruth result = GuardTruth::True;
  for (NodeId test : ast.children(alternative)) {
    GuardTruth truth = constant_test(ast, test);
    if (truth == GuardTruth::Unknown) return truth;
    if (truth == GuardTruth::False) result = truth;
  }
  return result;
}

GuardTruth constant_guard(const Ast& ast, NodeId guard) {
  std::span<const NodeId> alternatives = ast.children(guard);
  if (alternatives.empty()) return GuardTruth::True;
  if (alternatives.size() == 1) return constant_alternative(ast, alternatives[0]);
  for (NodeId alternative : alternatives) {
    if (constant_alternative(ast, alternative) != GuardTruth::False) return GuardTruth::Unknown;
  }
  return GuardTruth::False;
}

}  // namespace hj::lint
