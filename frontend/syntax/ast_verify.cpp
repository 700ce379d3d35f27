// Checks a tree against ast.def: the children column is read at start, as a little grammar of its own.
#include <algorithm>

#include <fmt/format.h>

#include "frontend/syntax/ast.h"

namespace hj::syntax {

namespace {

enum class Times : uint8_t { One, Optional, Any };

// One word of the children column. Words that name no kind ("pattern", "expr", "type") stand for any expression or type.
struct ChildRule {
  std::vector<AstKind> kinds;
  Times times = Times::One;
};

struct KindRule {
  std::string_view name;
  std::vector<ChildRule> children;
};

class Verifier {
 public:
  explicit Verifier(const Ast& ast) : ast_(ast), seen_(ast.node_count(), false) {}
  std::string verify();

 private:
  std::string verify_node(NodeId id, uint32_t depth);
  std::string verify_children(NodeId id) const;
  std::string verify_payload(NodeId id) const;
  std::string broken(NodeId id, std::string_view what) const;

  const Ast& ast_;
  std::vector<bool> seen_;
};

}  // namespace

static std::vector<AstKind> kinds_named(std::string_view word, const std::vector<std::string_view>& names) {
  std::vector<AstKind> kinds;
  while (!word.empty()) {
    size_t end = std::min(word.find('|'), word.size());
    auto found = std::find(names.begin(), names.end(), word.substr(0, end));
    if (found != names.end()) kinds.push_back(static_cast<AstKind>(found - names.begin()));
    word.remove_prefix(std::min(end + 1, word.size()));
  }
  return kinds;
}

// "expr Clause* After?" as rules. "(A | B)*" is one word.
static std::vector<ChildRule> parse_rules(std::string_view text, const std::vector<std::string_view>& names) {
  std::vector<ChildRule> rules;
  if (text == "-") return rules;
  std::string compact;
  bool inside = false;
  for (char c : text) {
    inside = c == '(' || (inside && c != ')');
    if (c != '(' && c != ')' && !(inside && c == ' ')) compact += c;
  }
  std::string_view rest = compact;
  while (!rest.empty()) {
    std::string_view word = rest.substr(0, std::min(rest.find(' '), rest.size()));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    ChildRule rule;
    if (word.ends_with('*')) rule.times = Times::Any;
    if (word.ends_with('?')) rule.times = Times::Optional;
    if (rule.times != Times::One) word.remove_suffix(1);
    rule.kinds = kinds_named(word, names);
    rules.push_back(std::move(rule));
  }
  return rules;
}

static const std::vector<KindRule>& rules() {
  static const std::vector<KindRule> table = [] {
    const std::vector<std::string_view> names = {
#define HJ_AST(kind, payload, children) #kind,
#include "frontend/syntax/ast.def"
#undef HJ_AST
    };
    const std::vector<std::string_view> children = {
#define HJ_AST(kind, payload, children) children,
#include "frontend/syntax/ast.def"
#undef HJ_AST
    };
    std::vector<KindRule> result;
    for (size_t i = 0; i < names.size(); ++i) result.push_back({names[i], parse_rules(children[i], names)});
    return result;
  }();
  return table;
}

std::string Verifier::broken(NodeId id, std::string_view what) const {
  return fmt::format("{}: node {} of kind {}", what, id.index, rules()[static_cast<size_t>(ast_.kind(id))].name);
}

static bool fits(const ChildRule& rule, AstKind kind) {
  return rule.kinds.empty() || std::find(rule.kinds.begin(), rule.kinds.end(), kind) != rule.kinds.end();
}

// Rules are few and the only repeated ones do not overlap with what follows, so greedy matching from both ends decides:
// the words behind a `x*` take their children from the end.
std::string Verifier::verify_children(NodeId id) const {
  const KindRule& rule = rules()[static_cast<size_t>(ast_.kind(id))];
  std::span<const NodeId> children = ast_.children(id);
  size_t next = 0;
  for (size_t i = 0; i < rule.children.size(); ++i) {
    const ChildRule& word = rule.children[i];
    size_t required_behind = 0;
    for (size_t k = i + 1; k < rule.children.size(); ++k)
      if (rule.children[k].times == Times::One) ++required_behind;
    size_t limit = word.times == Times::Any ? children.size() : std::min(children.size(), next + 1);
    size_t taken = 0;
    while (next < limit && next + required_behind < children.size() && fits(word, ast_.kind(children[next]))) {
      ++next;
      ++taken;
    }
    if (word.times == Times::One && taken == 0) return broken(id, "A2: a child is missing or of the wrong kind");
  }
  return next == children.size() ? std::string() : broken(id, "A2: too many children, or one of the wrong kind");
}

std::string Verifier::verify_payload(NodeId id) const {
  const Node& node = ast_.node(id);
  bool in_range = true;
  if (node.kind == AstKind::Integer) in_range = node.payload < ast_.integers.size();
  if (node.kind == AstKind::Float) in_range = node.payload < ast_.floats.size();
  if (node.kind == AstKind::String) in_range = node.payload < ast_.strings.size();
  return in_range ? std::string() : broken(id, "A2: payload out of range");
}

std::string Verifier::verify_node(NodeId id, uint32_t depth) {
  if (depth > kMaxNesting) return broken(id, "A4: too deep");
  if (seen_[id.index]) return broken(id, "A1: shared");
  seen_[id.index] = true;
  const Node& node = ast_.node(id);
  if (node.span.end < node.span.begin) return broken(id, "A3: the span ends before it begins");
  for (std::string problem : {verify_children(id), verify_payload(id)})
    if (!problem.empty()) return problem;
  for (NodeId child : ast_.children(id)) {
    if (child >= id) return broken(id, "A1: a child was added after its parent");
    std::string problem = verify_node(child, depth + 1);
    if (!problem.empty()) return problem;
  }
  return {};
}

std::string Verifier::verify() {
  for (NodeId form : ast_.forms) {
    std::string problem = verify_node(form, 1);
    if (!problem.empty()) return problem;
  }
  return {};
}

std::string verify_ast(const Ast& ast) { return Verifier(ast).verify(); }

}  // namespace hj::syntax
