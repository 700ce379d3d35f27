// Records: tuples by the time Core sees them.
#include "frontend/core/function_lowering.h"

namespace hj::core {

using syntax::AstKind;

// The elements of #r{...}, the tag included. Fields are evaluated in the order of the definition, not of the
// expression, and `_ = V` evaluates V for each field it stands for: OTP's order. In a guard failures go to
// `guard_error`.
Operands FunctionLowering::record_elements(NodeId id, const Record& record, BlockId guard_error) {
  std::vector<NodeId> given(record.fields.size());
  NodeId rest;
  for (NodeId field : ast_.children(id)) {
    if ((ast_.node(field).flags & syntax::kVariableField) != 0) {
      rest = ast_.child(field, 0);
    } else if (auto index = record.field(ast_.name(field))) {
      given[*index] = ast_.child(field, 0);
    }
  }
  auto evaluate = [&](NodeId node) { return guard_error.valid() ? guard_value(node, guard_error) : value(node); };
  Operands elements{m_.atom(record.name)};
  for (size_t i = 0; i < given.size(); ++i) {
    NodeId node = given[i].valid() ? given[i] : rest;
    NodeId default_value = record.fields[i].default_value;
    if (node.valid()) {
      elements.push_back(evaluate(node));
    } else if (!default_value.valid()) {
      elements.push_back(atom("undefined"));
    } else if (form_.default_depth >= kMaxDefaultDepth || !m_.count_default(id)) {
      elements.push_back(b_.nil());
    } else {
      ++form_.default_depth;
      elements.push_back(evaluate(default_value));
      --form_.default_depth;
    }
  }
  return elements;
}

static bool all_literals(const Operands& operands) {
  for (Operand operand : operands) {
    if (!operand.is_literal()) return false;
  }
  return true;
}

Operand FunctionLowering::record_new(NodeId id) {
  const Record* record = m_.records().find(ast_.name(id));
  if (record == nullptr) return b_.nil();
  Operands elements = record_elements(id, *record, BlockId{});
  uint64_t size = 0;
  for (Operand element : elements) size += element.is_literal() ? m_.literal_size(element.literal()) : 0;
  if (!all_literals(elements) || size > 256) return b_.tuple(std::move(elements));
  std::vector<LiteralId> literals;
  for (Operand element : elements) literals.push_back(element.literal());
  return m_.module().tuple(literals);
}

void FunctionLowering::check_record(Operand value, const Record& record, SiteId site) {
  BlockId fits = b_.new_block();
  BlockId bad = b_.new_block();
  b_.branch(TestKind::TaggedTuple, {value, m_.atom(record.name)}, fits, bad, record.tuple_size());
  b_.set(bad);
  b_.raise(ErrorKind::Badrecord, {value}, site);
  b_.set(fits);
}

// The new values come first, in the order written, then the record: OTP's order.
Operand FunctionLowering::record_update(NodeId id) {
  const Record* record = m_.records().find(ast_.name(id));
  NodeIds children = ast_.children(id);
  if (record == nullptr) return value(children[0]);
  std::vector<std::optional<Operand>> updates(record->fields.size());
  // A trace shows the place of the first updated field, by its position in the record.
  NodeId shown = children[0];
  size_t first = SIZE_MAX;
  for (NodeId field : children.subspan(1)) {
    Operand operand = value(ast_.child(field, 0));
    auto index = record->field(ast_.name(field));
    if (!index) continue;
    updates[*index] = operand;
    if (*index < first) shown = field;
    first = std::min<size_t>(first, *index);
  }
  Operand old = value(children[0]);
  check_record(old, *record, site(shown));
  if (first == SIZE_MAX) return old;
  Operands elements{m_.atom(record->name)};
  for (uint32_t i = 0; i < updates.size(); ++i) {
    elements.push_back(updates[i] ? *updates[i] : Operand(b_.element(old, i + 1)));
  }
  return b_.tuple(std::move(elements));
}

Operand FunctionLowering::record_access(NodeId id) {
  const Record* record = m_.records().find(ast_.name(id));
  NodeId subject = ast_.child(id, 0);
  Operand operand = value(subject);
  auto field = record == nullptr ? std::nullopt : record->field(ast_.name(ast_.child(id, 1)));
  if (!field) return operand;
  check_record(operand, *record, site(subject));
  return b_.element(operand, *field + 1);
}

Operand FunctionLowering::record_index(NodeId id) {
  auto literal = m_.constant(id);
  return literal ? Operand(*literal) : b_.nil();
}

}  // namespace hj::core
