#include "frontend/lint/term_text.h"

#include <fmt/format.h>

#include "frontend/syntax/atom_text.h"

namespace hj::lint {

using syntax::Ast;
using syntax::AstKind;
using syntax::NodeId;

static std::string joined(const Ast& ast, std::span<const NodeId> terms) {
  std::string text;
  for (NodeId term : terms) {
    if (!text.empty()) text += ',';
    text += term_text(ast, term);
  }
  return text;
}

static std::string list_text(const Ast& ast, std::span<const NodeId> children) {
  std::string text = joined(ast, children.first(children.size() - 1));
  NodeId tail = children.back();
  if (ast.kind(tail) == AstKind::Nil) return fmt::format("[{}]", text);
  return fmt::format("[{}|{}]", text, term_text(ast, tail));
}

bool is_literal(const Ast& ast, NodeId id) {
  switch (ast.kind(id)) {
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil: return true;
    case AstKind::List:
    case AstKind::Tuple:
      for (NodeId child : ast.children(id)) {
        if (!is_literal(ast, child)) return false;
      }
      return true;
    default: return false;
  }
}

std::string term_text(const Ast& ast, NodeId term) {
  switch (ast.kind(term)) {
    case AstKind::Atom: return syntax::atom_text(ast.text(term));
    case AstKind::Integer: {
      const syntax::IntegerLiteral& integer = ast.integer(term);
      return integer.is_small ? fmt::format("{}", integer.small) : "16#" + integer.hex;
    }
    case AstKind::Char: return fmt::format("{}", ast.node(term).payload);
    case AstKind::Float: {
      std::string text = fmt::format("{}", ast.float_value(term));
      return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
    case AstKind::String: return syntax::string_text(ast.string(term));
    case AstKind::Nil: return "[]";
    case AstKind::List: return list_text(ast, ast.children(term));
    case AstKind::Tuple: return fmt::format("{{{}}}", joined(ast, ast.children(term)));
    case AstKind::Unary: return fmt::format("{}{}", op_text(ast.op(term)), term_text(ast, ast.child(term, 0)));
    // What is left (maps, binaries, funs) stands in no attribute that a message quotes.
    default: return "...";
  }
}

}  // namespace hj::lint
