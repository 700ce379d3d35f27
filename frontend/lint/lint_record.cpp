// Records: their definitions, and every place that names one.
#include <algorithm>

#include "frontend/lint/linter.h"
#include "frontend/lint/spelling.h"

namespace hj::lint {

// -- definitions

void Linter::record_definition(NodeId id) {
  Name name = ast_.name(id);
  Span span = word_at(ast_.place(id));
  if (facts_.records.contains(name.index)) {
    report(DiagnosticKind::RedefinedRecord, span, atom(name));
    return;
  }
  RecordFacts record{span, {}, {}, in_main_file(span.begin)};
  for (NodeId field : ast_.children(id)) record_field_definition(field, record, text(name));
  // Only now: a record's defaults do not know it. Its types do.
  facts_.records.emplace(name.index, std::move(record));
  facts_.record_order.push_back(name);
  bool typed = true;
  for (NodeId field : ast_.children(id)) {
    if (ast_.node(field).flags & syntax::kHasType) {
      record_field_type(ast_.children(field).back());
    } else {
      typed = false;
    }
  }
  if (!typed) warn(WarningFlag::UntypedRecord, DiagnosticKind::UntypedRecord, span, atom(name));
}

void Linter::record_field_definition(NodeId field, RecordFacts& record, std::string_view record_name) {
  Name name = ast_.name(field);
  const uint8_t flags = ast_.node(field).flags;
  if (!record.field_names.insert(name.index).second) {
    report(DiagnosticKind::RedefinedField, word_at(ast_.place(field)), atom(name), syntax::atom_text(record_name));
    return;
  }
  RecordFieldFacts facts{name, static_cast<bool>(flags & syntax::kHasDefault), {}};
  if (flags & syntax::kHasDefault) record_default(ast_.child(field, 0), facts.default_references);
  record.fields.push_back(std::move(facts));
}

// A default is an expression of its own, evaluated where a record is made: it has no variables around it, and may bind
// none that would meet those there.
void Linter::record_default(NodeId id, References& references) {
  references_ = &references;
  in_record_default_ = true;
  expr(id);
  for (const Binding& binding : scope_.bindings()) {
    const Variable variable = scope_.get(binding.name);
    if (variable.status == VariableStatus::Unknown || variable.group == UINT32_MAX) continue;
    report(DiagnosticKind::VariableInRecordDef, binding.span, text(binding.name));
    scope_.set(binding.name, {});
    scope_.use(variable);
  }
  report_unused_variables();
  scope_.clear();
  std::ranges::sort(references.functions);
  references.functions.erase(std::ranges::unique(references.functions).begin(), references.functions.end());
  std::ranges::sort(references.records);
  references.records.erase(std::ranges::unique(references.records).begin(), references.records.end());
  in_record_default_ = false;
  references_ = nullptr;
}

// -- uses

const RecordFacts* Linter::known_record(Name name, Span span) {
  auto found = facts_.records.find(name.index);
  if (found != facts_.records.end()) return &found->second;
  report(DiagnosticKind::UndefinedRecord, span, atom(name));
  if (may_guess()) {
    SpellingGuess guess(text(name));
    for (Name known : facts_.record_order) guess.offer(text(known));
    hint_name(guess.best());
  }
  return nullptr;
}

bool Linter::known_field(const RecordFacts& record, Name record_name, Name field, Span span) {
  if (record.field_names.contains(field.index)) return true;
  report(DiagnosticKind::UndefinedField, span, atom(field), atom(record_name));
  if (may_guess()) {
    SpellingGuess guess(text(field));
    for (const RecordFieldFacts& known : record.fields) guess.offer(text(known.name));
    hint_name(guess.best());
  }
  return false;
}

void Linter::use_record(Name name) {
  if (in_record_default_) {
    references_->records.push_back(name);
  } else {
    facts_.used_records.insert(name.index);
  }
}

static bool is_wildcard_field(const Ast& ast, NodeId field) {
  return (ast.node(field).flags & syntax::kVariableField) && ast.text(field) == "_";
}

// The values of the fields that are what they should be.
std::vector<NodeId> Linter::record_field_values(const RecordFacts& record, Name record_name, NodeIds fields) {
  std::vector<NodeId> values;
  std::unordered_set<uint32_t> seen;
  for (NodeId field : fields) {
    Name name = ast_.name(field);
    Span span = word_at(ast_.place(field));
    const bool is_wildcard = is_wildcard_field(ast_, field);
    if (!is_wildcard && (ast_.node(field).flags & syntax::kVariableField)) {
      report(DiagnosticKind::FieldIsVariable, span, text(name), atom(record_name));
      continue;
    }
    // A wildcard is not a field: it never clashes with one that is called '_'.
    bool repeated = seen.contains(name.index);
    if (!is_wildcard && !known_field(record, record_name, name, span)) continue;
    if (repeated && is_wildcard) {
      report(DiagnosticKind::WildcardWithoutFields, span);
    } else if (repeated) {
      report(DiagnosticKind::RedefinedField, span, atom(name), atom(record_name));
    } else {
      seen.insert(name.index);
      values.push_back(ast_.child(field, 0));
    }
  }
  return values;
}

// Making a record evaluates the defaults of the fields that are not given.
void Linter::instantiate_defaults(const RecordFacts& record, NodeIds fields) {
  std::unordered_set<uint32_t> given;
  for (NodeId field : fields) given.insert(ast_.name(field).index);
  for (const RecordFieldFacts& known : record.fields) {
    if (!known.has_default || !references_ || given.contains(known.name.index)) continue;
    const References& references = known.default_references;
    references_->functions.insert(references_->functions.end(), references.functions.begin(),
                                  references.functions.end());
    for (Name name : references.records) use_record(name);
  }
}

void Linter::record_new(NodeId id) {
  Name name = ast_.name(id);
  const RecordFacts* record = known_record(name, at(id));
  if (!record) return;
  use_record(name);
  instantiate_defaults(*record, ast_.children(id));
  siblings(record_field_values(*record, name, ast_.children(id)));
}

void Linter::record_guard_new(NodeId id) {
  Name name = ast_.name(id);
  const RecordFacts* record = known_record(name, at(id));
  if (!record) return;
  use_record(name);
  instantiate_defaults(*record, ast_.children(id));
  guard_siblings(record_field_values(*record, name, ast_.children(id)));
}

void Linter::record_update(NodeId id) {
  Name name = ast_.name(id);
  NodeIds fields = ast_.children(id).subspan(1);
  std::vector<NodeId> evaluated{ast_.child(id, 0)};
  if (const RecordFacts* record = known_record(name, at(id))) {
    use_record(name);
    for (NodeId field : fields) {
      if (!is_wildcard_field(ast_, field)) continue;
      report(DiagnosticKind::WildcardInUpdate, word_at(ast_.place(field)), atom(name));
    }
    std::vector<NodeId> values = record_field_values(*record, name, fields);
    evaluated.insert(evaluated.end(), values.begin(), values.end());
  }
  siblings(evaluated);
}

// E#r.f, without E.
void Linter::record_field_access(NodeId id) {
  Name name = ast_.name(id);
  NodeId field = ast_.children(id).back();
  const RecordFacts* record = known_record(name, at(id));
  if (!record) return;
  use_record(name);
  known_field(*record, name, ast_.name(field), ast_.span(field));
}

void Linter::record_pattern(NodeId id, PatternWalk& walk) {
  Name name = ast_.name(id);
  const RecordFacts* record = known_record(name, at(id));
  if (!record) return;
  use_record(name);
  for (NodeId value : record_field_values(*record, name, ast_.children(id))) pattern(value, walk);
}

}  // namespace hj::lint
