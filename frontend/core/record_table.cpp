#include "frontend/core/record_table.h"

namespace hj::core {

using syntax::AstKind;
using syntax::NodeId;

RecordTable::RecordTable(const syntax::Ast& ast) {
  for (NodeId form : ast.forms) {
    if (ast.kind(form) != AstKind::RecordDef) continue;
    Record record;
    record.name = ast.name(form);
    for (NodeId field : ast.children(form)) {
      bool has_default = (ast.node(field).flags & syntax::kHasDefault) != 0;
      record.index.emplace(ast.name(field).index, static_cast<uint32_t>(record.fields.size()));
      record.fields.push_back({ast.name(field), has_default ? ast.child(field, 0) : NodeId{}});
    }
    records_.emplace(record.name.index, std::move(record));
  }
}

}  // namespace hj::core
