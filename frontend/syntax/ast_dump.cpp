// The tree as S-expressions: (Kind@line payload +flag child ...). A line is printed where it is not the parent's.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "frontend/syntax/ast.h"
#include "frontend/syntax/atom_text.h"
#include "frontend/syntax/number_text.h"

namespace hj::syntax {

namespace {

enum class PayloadKind : uint8_t { none, name, integer, float_, string, char_, op };

class Dumper {
 public:
  Dumper(const Ast& ast, const SourceMap& sources, std::ostream& out)
      : ast_(ast), sources_(sources), out_(out), flat_sizes_(ast.node_count(), 0) {}

  void dump_form(NodeId form) {
    measure(form, 0);
    print(form, 0, 0);
    out_ << '\n';
  }

 private:
  uint32_t measure(NodeId id, uint32_t parent_line);
  void print(NodeId id, uint32_t parent_line, uint32_t indent);
  void print_flat(NodeId id, uint32_t parent_line);
  std::string head(NodeId id, uint32_t parent_line) const;
  std::string payload_text(NodeId id) const;
  std::string_view flag_text(const Node& node) const;
  uint32_t line(NodeId id) const { return sources_.position(ast_.place(id)).line; }

  const Ast& ast_;
  const SourceMap& sources_;
  std::ostream& out_;
  // Length of the node printed on one line.
  std::vector<uint32_t> flat_sizes_;
};

}  // namespace

static constexpr uint32_t kLineWidth = 100;
// Deeper levels are not indented further: the dump of a tree kMaxNesting deep stays readable, and small.
static constexpr uint32_t kMaxIndent = 60;

static std::string_view kind_text(AstKind kind) {
  static constexpr std::string_view kTexts[] = {
#define HJ_AST(kind, payload, children) #kind,
#include "frontend/syntax/ast.def"
#undef HJ_AST
  };
  return kTexts[static_cast<size_t>(kind)];
}

static PayloadKind payload_kind(AstKind kind) {
  static constexpr std::string_view kTexts[] = {
#define HJ_AST(kind, payload, children) #payload,
#include "frontend/syntax/ast.def"
#undef HJ_AST
  };
  std::string_view text = kTexts[static_cast<size_t>(kind)];
  static constexpr std::array<std::string_view, 7> kNames = {"none", "name", "integer", "float", "string", "char", "op"};
  return static_cast<PayloadKind>(std::find(kNames.begin(), kNames.end(), text) - kNames.begin());
}

std::string_view Dumper::flag_text(const Node& node) const {
  bool first = (node.flags & 1) != 0;
  bool second = (node.flags & 2) != 0;
  switch (node.kind) {
    case AstKind::BinElement: return first ? " +size" : "";
    case AstKind::RecordField: return first ? " +variable" : "";
    case AstKind::RecordFieldDef:
      if (first) return second ? " +default +type" : " +default";
      return second ? " +type" : "";
    case AstKind::TypeDef: return first ? " +opaque" : "";
    case AstKind::Spec: return first ? " +callback" : "";
    case AstKind::TypeFun: return first ? " +any_arity" : "";
    case AstKind::Behaviour: return first ? " +american" : "";
    default: return "";
  }
}

std::string Dumper::payload_text(NodeId id) const {
  switch (payload_kind(ast_.kind(id))) {
    case PayloadKind::none: return {};
    case PayloadKind::name:
      if (ast_.kind(id) == AstKind::Var || ast_.kind(id) == AstKind::NamedFun) return std::string(ast_.text(id));
      return atom_text(ast_.text(id));
    case PayloadKind::integer: return integer_text(ast_.integer(id));
    case PayloadKind::float_: return float_text(ast_.float_value(id));
    case PayloadKind::string: return string_text(ast_.string(id));
    case PayloadKind::char_: return char_text(static_cast<char32_t>(ast_.node(id).payload));
    case PayloadKind::op: return std::string(op_text(ast_.op(id)));
  }
  return {};
}

std::string Dumper::head(NodeId id, uint32_t parent_line) const {
  std::string text(kind_text(ast_.kind(id)));
  uint32_t own_line = line(id);
  if (own_line != parent_line) text += fmt::format("@{}", own_line);
  std::string payload = payload_text(id);
  if (!payload.empty()) text += " " + payload;
  text += flag_text(ast_.node(id));
  return text;
}

uint32_t Dumper::measure(NodeId id, uint32_t parent_line) {
  size_t size = 2 + head(id, parent_line).size();
  uint32_t own_line = line(id);
  for (NodeId child : ast_.children(id)) size += 1 + measure(child, own_line);
  flat_sizes_[id.index] = static_cast<uint32_t>(std::min<size_t>(size, UINT32_MAX / 2));
  return flat_sizes_[id.index];
}

void Dumper::print_flat(NodeId id, uint32_t parent_line) {
  out_ << '(' << head(id, parent_line);
  for (NodeId child : ast_.children(id)) {
    out_ << ' ';
    print_flat(child, line(id));
  }
  out_ << ')';
}

void Dumper::print(NodeId id, uint32_t parent_line, uint32_t indent) {
  if (indent + flat_sizes_[id.index] <= kLineWidth) return print_flat(id, parent_line);
  out_ << '(' << head(id, parent_line);
  uint32_t inner = std::min(indent + 2, kMaxIndent);
  for (NodeId child : ast_.children(id)) {
    out_ << '\n' << std::string(inner, ' ');
    print(child, line(id), inner);
  }
  out_ << ')';
}

void dump_ast(const Ast& ast, const SourceMap& sources, std::ostream& out) {
  Dumper dumper(ast, sources, out);
  for (NodeId form : ast.forms) dumper.dump_form(form);
}

}  // namespace hj::syntax
