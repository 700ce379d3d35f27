// Attributes: parsed as expressions first, then taken for what their name asks for, which is how erl_parse finds its
// errors and their places.
#include "frontend/syntax/form_parser.h"

namespace hj::syntax {

// at_ stands behind the name: (v, ...) or v, ...
NodeId FormParser::attribute_value(Name name, size_t first) {
  std::vector<NodeId> values;
  if (accept(TokenKind::LeftParen)) {
    values = expressions();
    expect(TokenKind::RightParen);
  } else {
    values = expressions();
  }
  if (!failed_ && at_ != form_end_) fail_here();
  if (failed_) return dummy();
  return build_attribute(name, first, values);
}

NodeId FormParser::build_attribute(Name name, size_t first, const std::vector<NodeId>& values) {
  std::string_view text = ast_.names.text(name);
  if (text == "module") return module_attribute(first, values);
  if (text == "export") return name_arity_attribute(AstKind::Export, first, values);
  if (text == "export_type") return name_arity_attribute(AstKind::ExportType, first, values);
  if (text == "optional_callbacks" && all_name_arities(values))
    return name_arity_attribute(AstKind::OptionalCallbacks, first, values);
  if (text == "import") return import_attribute(first, values);
  if (text == "on_load") return on_load_attribute(name, first, values);
  if (text == "behaviour") return behaviour_attribute(name, first, values, 0);
  if (text == "behavior") return behaviour_attribute(name, first, values, kAmericanSpelling);
  if (text == "compile") return term_attribute(AstKind::Compile, Name{0u}, first, values);
  if (text == "vsn") return term_attribute(AstKind::Vsn, Name{0u}, first, values);
  if (text == "author") return term_attribute(AstKind::Author, Name{0u}, first, values);
  return term_attribute(AstKind::Attribute, name, first, values);
}

NodeId FormParser::bad_attribute(DiagnosticKind kind, NodeId where) {
  fail(kind, ast_.span(where));
  return dummy();
}

NodeId FormParser::module_attribute(size_t first, const std::vector<NodeId>& values) {
  if (values.size() != 1 || ast_.kind(values[0]) != AstKind::Atom)
    return bad_attribute(DiagnosticKind::BadModuleDeclaration, values[0]);
  return add(AstKind::ModuleAttribute, from(first), ast_.name(values[0]).index, {});
}

// f/1 as an expression; not valid when it is something else.
NodeId FormParser::name_arity(NodeId node) {
  bool is_division = ast_.kind(node) == AstKind::Binary2 && ast_.op(node) == Op::FloatDiv;
  if (!is_division) return NodeId{};
  NodeId name = ast_.child(node, 0);
  NodeId arity = ast_.child(node, 1);
  if (ast_.kind(name) != AstKind::Atom || ast_.kind(arity) != AstKind::Integer) return NodeId{};
  return add(AstKind::NameArity, ast_.span(node), ast_.name(name).index, {arity});
}

// Whether the one value is a list of f/1: optional callbacks that are not are an attribute like any other.
bool FormParser::all_name_arities(const std::vector<NodeId>& values) {
  if (values.size() != 1 || ast_.kind(values[0]) != AstKind::List) return false;
  std::span<const NodeId> elements = ast_.children(values[0]);
  for (NodeId element : elements.first(elements.size() - 1)) {
    if (ast_.kind(element) != AstKind::Binary2 || ast_.op(element) != Op::FloatDiv) return false;
  }
  return ast_.kind(elements.back()) == AstKind::Nil;
}

// [f/1, ...] as NameArity nodes.
bool FormParser::name_arities(NodeId list, std::vector<NodeId>& out) {
  if (ast_.kind(list) == AstKind::Nil) return true;
  if (ast_.kind(list) != AstKind::List) {
    bad_attribute(DiagnosticKind::BadNameArity, list);
    return false;
  }
  std::span<const NodeId> children = ast_.children(list);
  std::vector<NodeId> elements(children.begin(), children.end());
  for (size_t i = 0; i < elements.size(); ++i) {
    bool is_tail = i + 1 == elements.size();
    if (is_tail && ast_.kind(elements[i]) == AstKind::Nil) return true;
    NodeId found = is_tail ? NodeId{} : name_arity(elements[i]);
    if (!found.valid()) {
      // A list's first cell has the place of its bracket.
      bad_attribute(DiagnosticKind::BadNameArity, i == 0 ? list : elements[i]);
      return false;
    }
    out.push_back(found);
  }
  return true;
}

NodeId FormParser::name_arity_attribute(AstKind kind, size_t first, const std::vector<NodeId>& values) {
  if (values.size() != 1) return bad_attribute(DiagnosticKind::BadExportDeclaration, values[1]);
  std::vector<NodeId> children;
  if (!name_arities(values[0], children)) return dummy();
  return add(kind, from(first), 0, children);
}

NodeId FormParser::import_attribute(size_t first, const std::vector<NodeId>& values) {
  if (values.size() != 2 || ast_.kind(values[0]) != AstKind::Atom)
    return bad_attribute(DiagnosticKind::BadImportDeclaration, values.back());
  std::vector<NodeId> children;
  if (!name_arities(values[1], children)) return dummy();
  return add(AstKind::Import, from(first), ast_.name(values[0]).index, children);
}

// Lint complains about one that names no function, as in OTP.
NodeId FormParser::on_load_attribute(Name name, size_t first, const std::vector<NodeId>& values) {
  NodeId function = values.size() == 1 ? name_arity(values[0]) : NodeId{};
  if (!function.valid()) return term_attribute(AstKind::Attribute, name, first, values);
  return add(AstKind::OnLoad, from(first), 0, {function});
}

// A behaviour that is no atom is an attribute like any other, as in OTP.
NodeId FormParser::behaviour_attribute(Name name, size_t first, const std::vector<NodeId>& values, uint8_t flags) {
  if (values.size() != 1 || ast_.kind(values[0]) != AstKind::Atom)
    return term_attribute(AstKind::Attribute, name, first, values);
  return add(AstKind::Behaviour, from(first), ast_.name(values[0]).index, {}, flags);
}

NodeId FormParser::term_attribute(AstKind kind, Name name, size_t first, const std::vector<NodeId>& values) {
  NodeId term = values.size() == 1 ? as_term(values[0]) : NodeId{};
  if (!term.valid()) return bad_attribute(DiagnosticKind::BadAttribute, values.size() == 1 ? values[0] : values[1]);
  return add(kind, from(first), kind == AstKind::Attribute ? name.index : 0, {term});
}

// -- terms

// The expression as a term: literals, with f/1 for {f, 1}, signed numbers and fun m:f/1; not valid when it is none.
NodeId FormParser::as_term(NodeId node) {
  switch (ast_.kind(node)) {
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::String:
    case AstKind::Nil: return node;
    case AstKind::Binary: return as_binary_term(node);
    case AstKind::Binary2: {
      NodeId pair = name_arity(node);
      if (!pair.valid()) return pair;
      return add(AstKind::Tuple, ast_.span(node), 0, {ast_.child(node, 0), ast_.child(node, 1)});
    }
    case AstKind::Unary: {
      AstKind operand_kind = ast_.kind(ast_.child(node, 0));
      bool is_sign = ast_.op(node) == Op::Minus || ast_.op(node) == Op::Plus;
      bool is_number = operand_kind == AstKind::Integer || operand_kind == AstKind::Float || operand_kind == AstKind::Char;
      return is_sign && is_number ? node : NodeId{};
    }
    case AstKind::FunRemote: {
      for (NodeId part : ast_.children(node))
        if (ast_.kind(part) == AstKind::Var) return NodeId{};
      return node;
    }
    case AstKind::List:
    case AstKind::Tuple:
    case AstKind::Map:
    case AstKind::MapAssoc: break;
    default: return NodeId{};
  }
  std::span<const NodeId> old_children = ast_.children(node);
  std::vector<NodeId> children(old_children.begin(), old_children.end());
  for (NodeId& child : children) {
    child = as_term(child);
    if (!child.valid()) return child;
  }
  return add_at(ast_.place(node), ast_.kind(node), ast_.span(node), 0, children);
}

// A binary of constant segments is a term; nothing in it needs rewriting.
NodeId FormParser::as_binary_term(NodeId node) {
  for (NodeId element : ast_.children(node)) {
    bool has_size = (ast_.node(element).flags & kHasSize) != 0;
    if (!as_term(ast_.child(element, 0)).valid()) return NodeId{};
    if (has_size && ast_.kind(ast_.child(element, 1)) != AstKind::Integer) return NodeId{};
  }
  return node;
}

// -- records

// at_ stands behind `record`: (name, {fields}), the parentheses optional.
NodeId FormParser::record_attribute(size_t first) {
  bool parenthesised = accept(TokenKind::LeftParen);
  NodeId name = expression();
  if (!failed_ && (ast_.kind(name) != AstKind::Atom || !at(TokenKind::Comma)))
    return bad_attribute(DiagnosticKind::BadRecordDeclaration, name);
  expect(TokenKind::Comma);
  if (!failed_ && !at(TokenKind::LeftBrace)) {
    NodeId value = expression();
    return bad_attribute(DiagnosticKind::BadRecordDeclaration, value);
  }
  expect(TokenKind::LeftBrace);
  std::vector<NodeId> children;
  if (!accept(TokenKind::RightBrace)) {
    do {
      children.push_back(record_field_definition());
    } while (accept(TokenKind::Comma));
    expect(TokenKind::RightBrace);
  }
  if (parenthesised) expect(TokenKind::RightParen);
  if (failed_) return dummy();
  return add(AstKind::RecordDef, from(first), ast_.name(name).index, children);
}

// name, name = default, name :: type, name = default :: type
NodeId FormParser::record_field_definition() {
  NodeId field = expression();
  if (failed_) return dummy();
  NodeId name = ast_.kind(field) == AstKind::Match ? ast_.child(field, 0) : field;
  if (ast_.kind(name) != AstKind::Atom) return bad_attribute(DiagnosticKind::BadRecordField, field);
  std::vector<NodeId> children;
  uint8_t flags = 0;
  if (name != field) {
    children.push_back(ast_.child(field, 1));
    flags |= kHasDefault;
  }
  Extent extent = ast_.span(field);
  if (accept(TokenKind::DoubleColon)) {
    children.push_back(top_type());
    flags |= kHasType;
    extent = join(extent, ast_.span(children.back()));
  }
  return add(AstKind::RecordFieldDef, extent, ast_.name(name).index, children, flags);
}

}  // namespace hj::syntax
