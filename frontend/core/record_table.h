// The records of a module, by name.
//
// Threads: owner only.
#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "frontend/syntax/ast.h"

namespace hj::core {

// Defaults that make records whose defaults make records are expanded in place; beyond this depth or number of
// expansions a program is refused (DefaultsTooLarge).
inline constexpr uint32_t kMaxDefaultDepth = 100;
inline constexpr uint32_t kMaxDefaultExpansions = 200'000;

struct RecordField {
  syntax::Name name;
  syntax::NodeId default_value;  // or none: undefined
};

struct Record {
  syntax::Name name;
  std::vector<RecordField> fields;
  // The field's number from 0.
  std::optional<uint32_t> field(syntax::Name name) const {
    auto found = index.find(name.index);
    return found == index.end() ? std::nullopt : std::optional(found->second);
  }
  uint32_t tuple_size() const { return static_cast<uint32_t>(fields.size()) + 1; }

  std::unordered_map<uint32_t, uint32_t> index;
};

class RecordTable {
 public:
  // Takes all RecordDef forms.
  explicit RecordTable(const syntax::Ast& ast);
  const Record* find(syntax::Name name) const {
    auto found = records_.find(name.index);
    return found == records_.end() ? nullptr : &found->second;
  }

 private:
  std::unordered_map<uint32_t, Record> records_;
};

}  // namespace hj::core
