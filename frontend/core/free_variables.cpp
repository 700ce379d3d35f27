#include "frontend/core/free_variables.h"

#include <utility>

namespace hj::core {

using syntax::AstKind;
using syntax::Name;
using syntax::NodeId;

std::vector<Name> FreeVariables::mentioned(std::span<const NodeId> roots) {
  ++walk_;
  for (NodeId root : roots) walk(root);
  return take();
}

std::vector<Name> FreeVariables::mentioned_in_clauses(std::span<const NodeId> clauses) {
  ++walk_;
  for (NodeId id : clauses) clause(id);
  return take();
}

std::vector<Name> FreeVariables::mentioned_in_comprehension(NodeId comprehension, size_t from) {
  ++walk_;
  qualifiers(comprehension, from, GeneratorList::Outside);
  return take();
}

std::vector<Name> FreeVariables::take() { return std::exchange(found_, {}); }

void FreeVariables::mention(Name name) {
  if (seen_.size() <= name.index) {
    seen_.resize(name.index + 1);
    hidden_.resize(name.index + 1);
  }
  if (seen_[name.index] == walk_ || hidden_[name.index] > 0) return;
  seen_[name.index] = walk_;
  found_.push_back(name);
}

void FreeVariables::pattern_variables(NodeId pattern, std::vector<Name>& names) const {
  if (ast_.kind(pattern) == AstKind::Var) {
    if (ast_.text(pattern) != "_") names.push_back(ast_.name(pattern));
    return;
  }
  for (NodeId child : ast_.children(pattern)) pattern_variables(child, names);
}

void FreeVariables::hide(NodeId pattern) {
  size_t first = hiding_.size();
  pattern_variables(pattern, hiding_);
  for (size_t i = first; i < hiding_.size(); ++i) {
    if (hidden_.size() <= hiding_[i].index) {
      hidden_.resize(hiding_[i].index + 1);
      seen_.resize(hiding_[i].index + 1);
    }
    ++hidden_[hiding_[i].index];
  }
}

void FreeVariables::show(size_t mark) {
  for (; hiding_.size() > mark; hiding_.pop_back()) --hidden_[hiding_.back().index];
}

void FreeVariables::clause(NodeId id) {
  size_t mark = hiding_.size();
  hide(ast_.child(id, 0));
  walk(ast_.child(id, 1));
  walk(ast_.child(id, 2));
  show(mark);
}

// Child 0 is the template, qualifiers follow.
void FreeVariables::qualifiers(NodeId comprehension, size_t from, GeneratorList list) {
  size_t mark = hiding_.size();
  auto children = ast_.children(comprehension);
  for (size_t i = from; i < children.size(); ++i) {
    AstKind kind = ast_.kind(children[i]);
    bool generator = kind == AstKind::Generator || kind == AstKind::BinGenerator || kind == AstKind::MapGenerator;
    if (!generator) {
      walk(children[i]);
      continue;
    }
    if (list == GeneratorList::Inside || i > from) walk(ast_.child(children[i], 1));
    hide(ast_.child(children[i], 0));
  }
  walk(children[0]);
  show(mark);
}

void FreeVariables::walk(NodeId id) {
  switch (ast_.kind(id)) {
    case AstKind::Var:
      if (ast_.text(id) != "_") mention(ast_.name(id));
      return;
    case AstKind::Fun:
      for (NodeId child : ast_.children(id)) clause(child);
      return;
    case AstKind::NamedFun: {
      Name name = ast_.name(id);
      size_t mark = hiding_.size();
      hiding_.push_back(name);
      if (hidden_.size() <= name.index) {
        hidden_.resize(name.index + 1);
        seen_.resize(name.index + 1);
      }
      ++hidden_[name.index];
      for (NodeId child : ast_.children(id)) clause(child);
      show(mark);
      return;
    }
    case AstKind::ListComp:
    case AstKind::BinComp:
    case AstKind::MapComp:
      qualifiers(id, 1, GeneratorList::Inside);
      return;
    default:
      for (NodeId child : ast_.children(id)) walk(child);
  }
}

}  // namespace hj::core
