#include "frontend/core/fun_numbers.h"

#include <span>

#include "frontend/core/record_table.h"

namespace hj::core {

using syntax::AstKind;
using syntax::NodeId;
using syntax::Op;

void FunNumbers::number(NodeId function) {
  next_ = 0;
  numbers_.clear();
  for (NodeId clause : ast_.children(function)) walk(clause);
}

uint32_t FunNumbers::take(NodeId id) {
  auto found = numbers_.find(id.index);
  if (found == numbers_.end() || found->second.empty()) return next_++;
  uint32_t number = found->second.front();
  found->second.erase(found->second.begin());
  return number;
}

void FunNumbers::walk_backwards(std::span<const NodeId> ids) {
  for (size_t i = ids.size(); i-- > 0;) walk(ids[i]);
}

void FunNumbers::call(NodeId id) {
  auto children = ast_.children(id);
  AstKind callee = ast_.kind(children[0]);
  if (callee != AstKind::Atom && callee != AstKind::Remote) walk(children[0]);
  walk_backwards(children.subspan(1));
  if (callee == AstKind::Remote) walk_backwards(ast_.children(children[0]));
}

void FunNumbers::comprehension(NodeId id) {
  auto children = ast_.children(id);
  size_t generators = 0;
  for (NodeId qualifier : children.subspan(1)) {
    AstKind kind = ast_.kind(qualifier);
    bool generator = kind == AstKind::Generator || kind == AstKind::BinGenerator || kind == AstKind::MapGenerator;
    generators += generator;
    walk(generator ? ast_.child(qualifier, 1) : qualifier);
  }
  for (; generators > 0; --generators) give(id);
  walk(children[0]);
}

void FunNumbers::record(NodeId id) {
  const Record* record = records_.find(ast_.name(id));
  if (record == nullptr || default_depth_ > kMaxDefaultDepth || expansions_ > kMaxDefaultExpansions) return;
  ++expansions_;
  std::vector<NodeId> values(record->fields.size());
  NodeId rest;
  for (NodeId field : ast_.children(id)) {
    if ((ast_.node(field).flags & syntax::kVariableField) != 0) {
      rest = ast_.child(field, 0);
    } else if (auto index = record->field(ast_.name(field))) {
      values[*index] = ast_.child(field, 0);
    }
  }
  for (size_t i = values.size(); i-- > 0;) {
    if (values[i].valid() || rest.valid()) {
      walk(values[i].valid() ? values[i] : rest);
    } else if (record->fields[i].default_value.valid()) {
      ++default_depth_;
      walk(record->fields[i].default_value);
      --default_depth_;
    }
  }
}

void FunNumbers::walk(NodeId id) {
  auto children = ast_.children(id);
  switch (ast_.kind(id)) {
    case AstKind::List:
    case AstKind::Tuple:
    case AstKind::FunRemote:
      return walk_backwards(children);
    case AstKind::Call:
      return call(id);
    case AstKind::Binary2:
      if (ast_.op(id) == Op::Andalso || ast_.op(id) == Op::Orelse) break;
      return walk_backwards(children);
    case AstKind::Match:
    case AstKind::MaybeMatch:
      return walk(children[1]);
    case AstKind::Fun:
    case AstKind::NamedFun:
      for (NodeId clause : children) walk(clause);
      return give(id);
    case AstKind::FunLocal:
      return give(id);
    case AstKind::ListComp:
    case AstKind::BinComp:
    case AstKind::MapComp:
      return comprehension(id);
    case AstKind::RecordNew:
      return record(id);
    case AstKind::RecordUpdate:
      for (NodeId field : children.subspan(1)) walk(field);
      return walk(children[0]);
    case AstKind::Receive:
      if (!children.empty() && ast_.kind(children.back()) == AstKind::After) {
        walk(children.back());
        children = children.first(children.size() - 1);
      }
      break;
    case AstKind::Clause:
      return walk(children[2]);
    default:
      break;
  }
  for (NodeId child : children) walk(child);
}

}  // namespace hj::core
