// Literals that contradict themselves: map keys given twice, segments whose value can never have their type.
#include <map>

#include "frontend/lint/linter.h"
#include "frontend/lint/term_text.h"

namespace hj::lint {

void Linter::check_literals() {
  for (uint32_t i = 0; i < ast_.node_count(); ++i) {
    NodeId id{i};
    switch (ast_.kind(id)) {
      case AstKind::Map: repeated_keys(ast_.children(id)); break;
      case AstKind::MapUpdate: repeated_keys(ast_.children(id).subspan(1)); break;
      case AstKind::Binary: failing_segments(id); break;
      default: break;
    }
  }
}

void Linter::repeated_keys(NodeIds fields) {
  std::map<std::string, NodeId> last;
  for (NodeId field : fields) {
    // Patterns have only := and may well test one key against two values.
    NodeId key = ast_.child(field, 0);
    if (!is_literal(ast_, key)) continue;
    std::string shown = ast_.kind(key) == AstKind::Atom ? fmt::format("'{}'", ast_.text(key)) : term_text(ast_, key);
    auto [entry, fresh] = last.emplace(shown, key);
    if (fresh) continue;
    report(DiagnosticKind::MapKeyOverridden, at(entry->second), shown);
    entry->second = key;
  }
}

static bool can_have_type(AstKind value, std::string_view type) {
  bool is_number = value == AstKind::Integer || value == AstKind::Char;
  bool is_compound = value == AstKind::Atom || value == AstKind::Tuple || value == AstKind::List ||
                     value == AstKind::Nil || value == AstKind::Map || value == AstKind::Fun;
  if (is_compound) return false;
  if (type == "float") return value != AstKind::Binary;
  if (type == "binary") return !is_number && value != AstKind::Float && value != AstKind::String;
  return value != AstKind::Float && value != AstKind::Binary;
}

void Linter::failing_segments(NodeId id) {
  if (pattern_binaries_.contains(id.index)) return;
  for (NodeId element : ast_.children(id)) {
    NodeIds parts = ast_.children(element);
    bool has_size = ast_.node(element).flags & syntax::kHasSize;
    std::string_view type = "integer";
    for (NodeId word : parts.subspan(has_size ? 2 : 1)) {
      std::string_view name = ast_.text(word);
      if (name == "bits" || name == "bitstring" || name == "bytes" || name == "binary") type = "binary";
      if (name == "float") type = "float";
    }
    bool bad_size = has_size && (ast_.kind(parts[1]) == AstKind::Float ||
                                 (ast_.kind(parts[1]) == AstKind::Atom && ast_.text(parts[1]) != "all"));
    if (!bad_size && can_have_type(ast_.kind(parts[0]), type)) continue;
    report(DiagnosticKind::BinaryWillFail, at(id));
    return;
  }
}

}  // namespace hj::lint
