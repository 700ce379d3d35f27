// From the patterns of the tree to patterns of matching (pattern.h): records become tuples, aliases one pattern,
// constant expressions constants; variables become slots and equalities.
//
// Threads: owner only.
#pragma once
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/core/module_lowering.h"
#include "frontend/core/scope.h"
#include "frontend/match/pattern.h"

namespace hj::match {

struct LoweredClause {
  Clause match;
  // What the clause binds, in order of appearance.
  std::vector<std::pair<syntax::Name, SlotId>> variables;
};

// For one clause: a variable that stands in two of its patterns is one variable.
class PatternLowering {
 public:
  PatternLowering(core::ModuleLowering& module, const core::Scope& scope, PatternPool& pool)
      : m_(module), ast_(module.ast()), scope_(scope), pool_(pool) {}

  LoweredClause lower(std::span<const syntax::NodeId> patterns);
  // Several patterns for one subject: P1 = P2 = subject.
  LoweredClause lower_aliases(std::span<const syntax::NodeId> patterns);

 private:
  Pattern* pattern(syntax::NodeId id);
  Pattern* variable(syntax::NodeId id);
  Pattern* list(syntax::NodeId id);
  Pattern* record(syntax::NodeId id);
  Pattern* prefix(syntax::NodeId id);
  Pattern* text(const std::u32string& characters, const Pattern* tail);
  Pattern* cons(const Pattern* head, const Pattern* tail);
  Pattern* constant(core::LiteralId literal);
  Pattern* expression(syntax::NodeId id);
  Pattern* unsupported(syntax::NodeId id);

  Pattern* merge(Pattern* a, Pattern* b);
  Pattern* merge_constructors(Pattern* a, Pattern* b);
  Pattern* merge_constants(Pattern* a, Pattern* b);
  Pattern* merge_texts(const Pattern* a, const Pattern* b);
  Pattern* merge_parts(const Pattern* a, const Pattern* b);
  Pattern* one_cons(const Pattern* text);

  SlotId new_slot() { return SlotId{result_.match.slot_count++}; }
  SlotId slot_of(Pattern* pattern);
  SlotId resolve(SlotId slot) const;
  LoweredClause finish();

  core::ModuleLowering& m_;
  const syntax::Ast& ast_;
  const core::Scope& scope_;
  PatternPool& pool_;
  LoweredClause result_;
  std::unordered_map<uint32_t, SlotId> slots_;   // by name
  std::unordered_map<uint32_t, SlotId> merged_;  // a slot whose place is another's
};

}  // namespace hj::match
