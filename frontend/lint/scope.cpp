#include "frontend/lint/scope.h"

#include <algorithm>

#include "base/check.h"

namespace hj::lint {

std::string_view construct_text(Construct construct) {
  switch (construct) {
    case Construct::None: break;
    case Construct::Case: return "'case'";
    case Construct::If: return "'if'";
    case Construct::Receive: return "'receive'";
    case Construct::Try: return "'try'";
    case Construct::Catch: return "'catch'";
    case Construct::Andalso: return "'andalso'";
    case Construct::Orelse: return "'orelse'";
    // Not a reserved word of OTP 25, hence no quotes.
    case Construct::Maybe: return "maybe";
  }
  HJ_UNREACHABLE("construct {}", static_cast<int>(construct));
}

void Scope::set(syntax::Name name, Variable variable) {
  trail_.push_back({name, variables_[name.index]});
  variables_[name.index] = variable;
}

Variable Scope::bind(syntax::Name name, Span span) {
  bindings_.push_back({name, span});
  groups_.push_back({.binding = static_cast<uint32_t>(bindings_.size() - 1)});
  return {VariableStatus::Bound, Construct::None, static_cast<uint32_t>(groups_.size() - 1), {}};
}

void Scope::use(const Variable& variable) {
  if (variable.group == UINT32_MAX || groups_[variable.group].all_used) return;
  std::vector<uint32_t> pending{variable.group};
  while (!pending.empty()) {
    uint32_t id = pending.back();
    pending.pop_back();
    // What was used as a whole before need not be looked into again.
    if (id == UINT32_MAX || groups_[id].all_used) continue;
    Group& group = groups_[id];
    group.all_used = true;
    if (group.binding != UINT32_MAX) bindings_[group.binding].used = true;
    pending.push_back(group.first);
    pending.push_back(group.second);
  }
}

Variable Scope::unsafe(Variable variable, Construct construct, Loc where) const {
  variable.status = VariableStatus::Unsafe;
  variable.construct = construct;
  variable.where = where;
  return variable;
}

Delta Scope::take(Mark mark) {
  Delta delta;
  // Backwards, so that the oldest entry of a name, the state at the mark, is seen last and wins.
  while (trail_.size() > mark) {
    const TrailEntry entry = trail_.back();
    trail_.pop_back();
    delta.push_back({entry.name, entry.before, variables_[entry.name.index]});
    variables_[entry.name.index] = entry.before;
  }
  if (delta.size() < 2) return delta;
  // A name changed twice has two entries: the newer one knows the state after, the older one the state before.
  std::stable_sort(delta.begin(), delta.end(), [](const Change& a, const Change& b) { return a.name < b.name; });
  size_t kept = 0;
  for (size_t i = 0; i < delta.size(); ++i) {
    if (kept > 0 && delta[kept - 1].name == delta[i].name) {
      delta[kept - 1].before = delta[i].before;
    } else {
      delta[kept++] = delta[i];
    }
  }
  delta.resize(kept);
  return delta;
}

void Scope::undo(Mark mark) {
  while (trail_.size() > mark) {
    variables_[trail_.back().name.index] = trail_.back().before;
    trail_.pop_back();
  }
}

void Scope::apply(const Delta& delta) {
  for (const Change& change : delta) set(change.name, change.after);
}

uint32_t Scope::join_groups(uint32_t a, uint32_t b) {
  if (a == b || b == UINT32_MAX) return a;
  if (a == UINT32_MAX) return b;
  groups_.push_back({.first = a, .second = b, .all_used = groups_[a].all_used && groups_[b].all_used});
  return static_cast<uint32_t>(groups_.size() - 1);
}

Variable Scope::join(const Variable& a, const Variable& b) {
  // Unsafe on one way is unsafe; bound by two siblings is simply bound.
  Variable joined = a.status == VariableStatus::Unsafe ? a : b;
  if (joined.status == VariableStatus::Exported && a.status == VariableStatus::Bound) joined = a;
  // A variable without bindings stands for a complaint about its use, which was meant for the other's binding.
  if (a.group == UINT32_MAX) use(b);
  if (b.group == UINT32_MAX) use(a);
  joined.group = join_groups(a.group, b.group);
  return joined;
}

std::vector<Scope::Merged> Scope::merge(std::span<const Delta> deltas, Overlap overlap) {
  // A stable sort by name brings the changes of a variable together, in the order of the parts.
  std::vector<const Change*> changes;
  for (const Delta& delta : deltas) {
    for (const Change& change : delta) changes.push_back(&change);
  }
  std::ranges::stable_sort(changes, {}, &Change::name);
  std::vector<Merged> merged;
  for (const Change* change : changes) {
    if (merged.empty() || merged.back().change.name != change->name) {
      merged.push_back({*change, 1});
      continue;
    }
    Merged& last = merged.back();
    if (overlap == Overlap::Compared && change->before.status == VariableStatus::Unknown) {
      use(last.change.after);
      use(change->after);
    }
    last.change.after = join(last.change.after, change->after);
    ++last.count;
  }
  return merged;
}

Delta Scope::merge_siblings(std::span<const Delta> deltas) {
  Delta result;
  for (const Merged& merged : merge(deltas, Overlap::Compared)) result.push_back(merged.change);
  return result;
}

Delta Scope::merge_parts(Delta first, Delta second) {
  Delta both[] = {std::move(first), std::move(second)};
  Delta result;
  for (const Merged& merged : merge(both, Overlap::Alternatives)) result.push_back(merged.change);
  return result;
}

Delta Scope::merge_branches(std::span<const Delta> deltas, Construct construct, Loc where) {
  Delta result;
  for (const Merged& merged : merge(deltas, Overlap::Alternatives)) {
    Change change = merged.change;
    if (change.before.status == VariableStatus::Unknown) {
      if (merged.count < deltas.size()) {
        change.after = unsafe(change.after, construct, where);
      } else if (change.after.status != VariableStatus::Unsafe) {
        change.after.status = VariableStatus::Exported;
        change.after.construct = construct;
        change.after.where = where;
      }
    }
    result.push_back(change);
  }
  return result;
}

void Scope::make_unsafe(Delta& delta, Construct construct, Loc where) {
  for (Change& change : delta) {
    if (change.before.status != VariableStatus::Unknown) continue;
    change.after.status = VariableStatus::Unsafe;
    change.after.construct = construct;
    change.after.where = where;
  }
}

void Scope::keep_known(Delta& delta) {
  std::erase_if(delta, [](const Change& change) { return change.before.status == VariableStatus::Unknown; });
}

void Scope::clear() {
  undo(0);
  bindings_.clear();
  groups_.clear();
}

}  // namespace hj::lint
