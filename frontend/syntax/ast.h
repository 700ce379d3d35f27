// The syntax tree of one module: what the parser makes, lint reads, and lowering turns into Core.
//
// All nodes stand in one array and name their children by id; a node's children are contiguous in another array. That is
// smaller and faster than a class per kind, a dump or a walk needs no visitor, and conversion to and from OTP's abstract
// format is a table. ast.def says what payload and children each kind has; verify_ast() checks a tree against it.
//
// Invariants (verify_ast):
//   A1  A node's children were added before it; the tree has no cycles and no sharing.
//   A2  Number and kinds of children are those of ast.def.
//   A3  Every span lies in one file and encloses nothing that is not the node's text (macros: the call's text).
//   A4  No path is longer than kMaxNesting: recursion over a tree is safe.
//
// Threads: built by one thread, read by any afterwards.
#pragma once
#include <cstdint>
#include <deque>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "frontend/source/source_file.h"

namespace hj::syntax {

// Beyond this depth the parser reports an error. Phases recurse over trees; a frame of theirs is at most ~1 KB and
// compilation runs on a thread with kCompileStackBytes (frontend/pipeline.h).
inline constexpr uint32_t kMaxNesting = 10'000;

enum class AstKind : uint8_t {
#define HJ_AST(kind, payload, children) kind,
#include "frontend/syntax/ast.def"
#undef HJ_AST
};

enum class Op : uint8_t {
  // unary
  Plus, Minus, Bnot, Not,
  // arithmetic
  Add, Sub, Mul, FloatDiv, Div, Rem, Band, Bor, Bxor, Bsl, Bsr,
  // lists
  Append, Subtract,
  // boolean
  And, Or, Xor, Andalso, Orelse,
  // comparison
  Equal, NotEqual, LessEqual, Less, GreaterEqual, Greater, ExactEqual, NotExactEqual,
  // send
  Send,
};
// As written in Erlang: "+", "=:=", "andalso", "!".
std::string_view op_text(Op op);

// An interned string: an atom's text, a variable's name. Valid for the Ast that made it.
using Name = Id<struct NameTag>;
using NodeId = Id<struct NodeTag>;

// An integer literal of any size. Frontend knows no bignums: big ones stay text.
struct IntegerLiteral {
  bool is_small = true;   // fits int64_t
  int64_t small = 0;
  std::string hex;        // otherwise: lower-case hexadecimal digits of the (never negative) value
};

struct Node {
  AstKind kind;
  uint8_t flags = 0;
  uint32_t payload = 0;
  uint32_t first_child = 0;
  uint32_t child_count = 0;
  Span span;
  // The one place erl_parse gives the node, for messages and stack traces: the operator of a Binary2, generator, map
  // association or `?=`, the `#` of a record or map update and of a field access, the `:` of a Remote, the name behind
  // the `-` of an attribute. All others: the first token that is no parenthesis; so it is for a Match, `(A) = B` is at A.
  Loc place;
};

// Flags; each is used by the kinds ast.def names.
inline constexpr uint8_t kHasSize = 1;
inline constexpr uint8_t kVariableField = 1;
inline constexpr uint8_t kAmericanSpelling = 1;
inline constexpr uint8_t kHasDefault = 1;
inline constexpr uint8_t kHasType = 2;
inline constexpr uint8_t kOpaque = 1;
inline constexpr uint8_t kCallback = 1;
inline constexpr uint8_t kAnyArity = 1;

class Names {
 public:
  Name intern(std::string_view text);
  std::string_view text(Name name) const { return texts_[name.index]; }
  size_t count() const { return texts_.size(); }
  size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, uint32_t> ids_;
};

class Ast {
 public:
  // -- building
  NodeId add(AstKind kind, Span span, uint32_t payload, std::span<const NodeId> children, uint8_t flags = 0);
  // Nodes whose place is not span.begin.
  void set_place(NodeId id, Loc place) { nodes_[id.index].place = place; }

  // -- reading
  const Node& node(NodeId id) const { return nodes_[id.index]; }
  AstKind kind(NodeId id) const { return nodes_[id.index].kind; }
  Span span(NodeId id) const { return nodes_[id.index].span; }
  Loc place(NodeId id) const { return nodes_[id.index].place; }
  std::span<const NodeId> children(NodeId id) const {
    const Node& n = nodes_[id.index];
    return {child_ids_.data() + n.first_child, n.child_count};
  }
  NodeId child(NodeId id, uint32_t i) const { return child_ids_[nodes_[id.index].first_child + i]; }
  Name name(NodeId id) const { return Name{nodes_[id.index].payload}; }
  std::string_view text(NodeId id) const { return names.text(name(id)); }
  Op op(NodeId id) const { return static_cast<Op>(nodes_[id.index].payload); }
  const IntegerLiteral& integer(NodeId id) const { return integers[nodes_[id.index].payload]; }
  double float_value(NodeId id) const { return floats[nodes_[id.index].payload]; }
  const std::u32string& string(NodeId id) const { return strings[nodes_[id.index].payload]; }

  // The module's forms, in the order of the text.
  std::vector<NodeId> forms;
  Names names;
  std::vector<IntegerLiteral> integers;
  std::vector<double> floats;
  std::vector<std::u32string> strings;

  size_t node_count() const { return nodes_.size(); }

 private:
  std::vector<Node> nodes_;
  std::vector<NodeId> child_ids_;
};

// The first broken invariant, or an empty string.
std::string verify_ast(const Ast& ast);

// One S-expression a form, stable order, no addresses. What `hotjit emit --phase ast` prints and snapshots hold.
void dump_ast(const Ast& ast, const SourceMap& sources, std::ostream& out);

}  // namespace hj::syntax
