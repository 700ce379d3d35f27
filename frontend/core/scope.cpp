#include "frontend/core/scope.h"

namespace hj::core {

void Scope::undo(size_t mark) {
  while (trail_.size() > mark) {
    auto& [name, old] = trail_.back();
    entries_[name.index] = old;
    trail_.pop_back();
  }
}

std::vector<Scope::Binding> Scope::bound_since(size_t mark) const {
  std::vector<Binding> bindings;
  for (size_t i = mark; i < trail_.size(); ++i) {
    auto [name, old] = trail_[i];
    const Entry& now = entries_[name.index];
    if (!old.bound && now.bound) bindings.push_back({name, now.value, now.rank});
  }
  return bindings;
}

}  // namespace hj::core
