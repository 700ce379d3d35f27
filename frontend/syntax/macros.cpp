#include "frontend/syntax/macros.h"

#include <algorithm>
#include <set>

namespace hj::syntax {

static Macro* with_arity(std::vector<Macro>& macros, MacroArity arity) {
  for (Macro& macro : macros)
    if (macro.arity == arity) return &macro;
  return nullptr;
}

DefineResult MacroTable::define(Name name, Macro macro) {
  std::vector<Macro>& macros = macros_[name.index];
  if (with_arity(macros, macro.arity) != nullptr) return DefineResult::Redefined;
  ++generation_;
  macros.push_back(std::move(macro));
  return DefineResult::Defined;
}

void MacroTable::undefine(Name name) {
  ++generation_;
  macros_.erase(name.index);
}

Macro* MacroTable::find(Name name, MacroArity arity) {
  auto found = macros_.find(name.index);
  if (found == macros_.end()) return nullptr;
  Macro* exact = with_arity(found->second, arity);
  return exact != nullptr ? exact : with_arity(found->second, std::nullopt);
}

bool MacroTable::takes_arguments(Name name) const {
  auto found = macros_.find(name.index);
  if (found == macros_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [](const Macro& macro) { return macro.arity; });
}

bool MacroTable::is_circular(Macro& macro) {
  if (macro.checked_generation == generation_) return false;
  std::vector<Macro*> pending = {&macro};
  std::set<const Macro*> seen;
  while (!pending.empty()) {
    Macro* current = pending.back();
    pending.pop_back();
    for (const MacroUse& use : current->uses) {
      Macro* used = find(use.name, use.arity);
      if (used == &macro) return true;
      if (used != nullptr && seen.insert(used).second) pending.push_back(used);
    }
  }
  macro.checked_generation = generation_;
  return false;
}

}  // namespace hj::syntax
