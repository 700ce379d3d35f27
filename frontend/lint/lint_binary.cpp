// Bit syntax: types of segments, and where values and sizes may be what.
#include <optional>

#include "frontend/lint/linter.h"

namespace hj::lint {

// The parts of one BinElement.
struct BinElementParts {
  NodeId value;
  NodeId size;  // not valid: none
  NodeIds types;
};

static BinElementParts parts_of(const Ast& ast, NodeId element) {
  NodeIds children = ast.children(element);
  bool has_size = ast.node(element).flags & syntax::kHasSize;
  return {children[0], has_size ? children[1] : NodeId{}, children.subspan(has_size ? 2 : 1)};
}

// What a segment's type list adds up to.
struct Linter::BitType {
  std::string_view type;
  std::string_view sign;
  std::string_view endianness;
  std::optional<int64_t> unit;
  bool has_words = false;
  bool is_good = true;

  bool is_binary() const { return type == "binary"; }
  bool is_utf() const { return type.starts_with("utf"); }
};

namespace {

enum class BitTypeWord : uint8_t { Type, Sign, Endianness, Unknown };

}  // namespace

static BitTypeWord classify(std::string_view word) {
  for (std::string_view type : {"integer", "float", "binary", "utf8", "utf16", "utf32"}) {
    if (word == type) return BitTypeWord::Type;
  }
  if (word == "signed" || word == "unsigned") return BitTypeWord::Sign;
  if (word == "big" || word == "little" || word == "native") return BitTypeWord::Endianness;
  return BitTypeWord::Unknown;
}

// Adds one word of a segment's type list; complains and returns false when it contradicts an earlier one.
bool Linter::bit_type_word(NodeId word_id, NodeId element, BitType& type) {
  std::string_view word = ast_.text(word_id);
  auto conflict = [&](std::string_view what, auto fresh, auto old) {
    report(DiagnosticKind::BitTypeConflict, at(element), what, fresh, old);
    return false;
  };
  auto merge_word = [&](std::string_view what, std::string_view fresh, std::string_view& old) {
    if (!old.empty() && old != fresh) return conflict(what, fresh, old);
    old = fresh;
    return true;
  };
  auto merge_unit = [&](int64_t unit) {
    if (type.unit && *type.unit != unit) return conflict("unit", unit, *type.unit);
    type.unit = unit;
    return true;
  };
  if (!ast_.children(word_id).empty()) {
    const syntax::IntegerLiteral& value = ast_.integer(ast_.child(word_id, 0));
    bool is_unit = word == "unit" && value.is_small && value.small >= 1 && value.small <= 256;
    if (is_unit) return merge_unit(value.small);
    std::string shown = value.is_small ? fmt::format("{}", value.small) : "16#" + value.hex;
    report(DiagnosticKind::UndefinedBitType, at(element), fmt::format("{{{},{}}}", word, shown));
    return false;
  }
  if (word == "bytes") return merge_word("type", "binary", type.type) && merge_unit(8);
  if (word == "bits" || word == "bitstring") return merge_word("type", "binary", type.type) && merge_unit(1);
  switch (classify(word)) {
    case BitTypeWord::Type: return merge_word("type", word, type.type);
    case BitTypeWord::Sign: return merge_word("sign", word, type.sign);
    case BitTypeWord::Endianness: return merge_word("endianness", word, type.endianness);
    case BitTypeWord::Unknown: break;
  }
  report(DiagnosticKind::UndefinedBitType, at(element), atom(ast_.name(word_id)));
  return false;
}

// Checks the type list against itself and the size.
Linter::BitType Linter::bit_type(NodeId element) {
  BinElementParts parts = parts_of(ast_, element);
  BitType type;
  type.has_words = !parts.types.empty();
  for (NodeId word : parts.types) {
    if (!bit_type_word(word, element, type)) {
      type.is_good = false;
      return type;
    }
  }
  if (type.is_utf() && (parts.size.valid() || type.unit)) {
    report(DiagnosticKind::UtfSizeOrUnit, at(element));
    type.is_good = false;
  } else if (!type.is_binary() && type.unit && !parts.size.valid()) {
    report(DiagnosticKind::BitUnitWithoutSize, at(element));
    type.is_good = false;
  }
  if (type.type == "float" && parts.size.valid() && ast_.kind(parts.size) == AstKind::Integer) {
    const syntax::IntegerLiteral& size = ast_.integer(parts.size);
    // 16 bits are as many as the smallest float has; nobody multiplies past 64.
    int64_t bits = size.is_small && size.small <= 64 ? size.small * type.unit.value_or(1) : 65;
    if (bits != 16 && bits != 32 && bits != 64) report(DiagnosticKind::BadFloatSize, at(element));
  }
  return type;
}

void Linter::binary_expr(NodeId id) {
  std::vector<NodeId> evaluated;
  for (NodeId element : ast_.children(id)) {
    bit_type(element);
    BinElementParts parts = parts_of(ast_, element);
    evaluated.push_back(parts.value);
    if (parts.size.valid()) evaluated.push_back(parts.size);
  }
  siblings(evaluated);
}

void Linter::binary_guard(NodeId id) {
  std::vector<NodeId> evaluated;
  for (NodeId element : ast_.children(id)) {
    bit_type(element);
    BinElementParts parts = parts_of(ast_, element);
    evaluated.push_back(parts.value);
    if (parts.size.valid()) evaluated.push_back(parts.size);
  }
  guard_siblings(evaluated);
}

void Linter::binary_pattern(NodeId id, PatternWalk& walk) {
  NodeIds elements = ast_.children(id);
  pattern_binaries_.insert(id.index);
  // Sizes may use what this binary has bound so far, not what the pattern around it binds.
  const Scope::Mark mark = scope_.mark();
  walk.is_in_binary = true;
  for (size_t i = 0; i < elements.size(); ++i) {
    NodeId element = elements[i];
    BinElementParts parts = parts_of(ast_, element);
    if (parts.size.valid()) pattern_element_size(parts.size, walk);
    BitType type = bit_type(element);
    bool is_last = i + 1 == elements.size();
    if (type.is_good && type.is_binary() && !parts.size.valid()) {
      if (!is_last) report(DiagnosticKind::UnsizedBinaryNotLast, at(element));
      if (is_last && walk.in_binary_generator) report(DiagnosticKind::UnsizedBinaryInGenerator, at(element));
    }
    if (ast_.kind(parts.value) == AstKind::String) {
      bool plain = !parts.size.valid() && (!type.has_words || type.is_utf());
      if (type.is_good && !plain) report(DiagnosticKind::TypedLiteralString, at(element));
      continue;
    }
    pattern_element_value(parts.value, walk);
  }
  // Binaries do not nest in patterns.
  walk.is_in_binary = false;
  scope_.undo(mark);
}

void Linter::pattern_element_value(NodeId value, PatternWalk& walk) {
  switch (ast_.kind(value)) {
    case AstKind::Var:
    case AstKind::Atom:
    case AstKind::Integer:
    case AstKind::Char:
    case AstKind::Float:
    case AstKind::Unary:
    case AstKind::Binary2: pattern(value, walk); break;
    default: report(DiagnosticKind::IllegalPattern, at(value)); break;
  }
}

void Linter::pattern_element_size(NodeId size, PatternWalk& walk) {
  if (ast_.kind(size) == AstKind::Integer) return;
  if (is_never_integer(size)) report(DiagnosticKind::NonIntegerBitSize, at(size));
  GuardKind outer = guard_kind_;
  guard_kind_ = GuardKind::BitSize;
  pattern_guard_expr(size, walk);
  guard_kind_ = outer;
}

}  // namespace hj::lint
