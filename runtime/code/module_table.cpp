#include "runtime/code/module_table.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "base/check.h"

namespace hj::rt {

namespace {

struct ModuleVersions {
  Term module;
  std::unique_ptr<Version> current;
  // Newest first.
  std::vector<std::unique_ptr<Version>> old;
  uint32_t last_number = 0;
};

struct ModuleTable {
  std::shared_mutex lock;
  std::vector<std::unique_ptr<ModuleVersions>> modules;
  std::unordered_map<uint64_t, ModuleVersions*> by_name;
  std::unordered_map<uint64_t, const Version*> by_id;
};

ModuleTable& module_table() {
  // Never destroyed: versions need the engine that linked them, which the host owns and ends first.
  static ModuleTable& instance = *new ModuleTable;
  return instance;
}

// Null when the module has never been loaded. Under the lock, of either kind.
ModuleVersions* find_module(ModuleTable& table, Term module) {
  auto found = table.by_name.find(module.bits);
  return found == table.by_name.end() ? nullptr : found->second;
}

ModuleVersions& module_entry(ModuleTable& table, Term module) {
  ModuleVersions*& slot = table.by_name[module.bits];
  if (slot == nullptr) {
    table.modules.push_back(std::make_unique<ModuleVersions>());
    slot = table.modules.back().get();
    slot->module = module;
  }
  return *slot;
}

template <class Visit>
void each_version(const ModuleTable& table, Visit visit) {
  for (const auto& module : table.modules) {
    if (module->current != nullptr) visit(module->current.get());
    for (const auto& old : module->old) visit(old.get());
  }
}

}  // namespace

const Version* current_version(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  return found == nullptr ? nullptr : found->current.get();
}

const Version* old_version(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  return found == nullptr || found->old.empty() ? nullptr : found->old.front().get();
}

const Version* oldest_version(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  return found == nullptr || found->old.empty() ? nullptr : found->old.back().get();
}

std::vector<const Version*> old_versions(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  std::vector<const Version*> versions;
  if (const ModuleVersions* found = find_module(table, module)) {
    for (const auto& old : found->old) versions.push_back(old.get());
  }
  return versions;
}

size_t old_version_count(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  return found == nullptr ? 0 : found->old.size();
}

const Version* find_version(uint64_t id) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  auto found = table.by_id.find(id);
  return found == table.by_id.end() ? nullptr : found->second;
}

const Version* version_at(Code address) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const Version* result = nullptr;
  each_version(table, [&](const Version* version) {
    if (version->contains(address)) result = version;
  });
  return result;
}

std::vector<const Version*> current_versions() {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  std::vector<const Version*> versions;
  for (const auto& module : table.modules) {
    if (module->current != nullptr) versions.push_back(module->current.get());
  }
  return versions;
}

std::vector<const Version*> live_versions() {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  std::vector<const Version*> versions;
  each_version(table, [&](const Version* version) { versions.push_back(version); });
  return versions;
}

void publish_version(std::unique_ptr<Version> version) {
  ModuleTable& table = module_table();
  std::unique_lock guard(table.lock);
  ModuleVersions& module = module_entry(table, version->module);
  HJ_CHECK(table.by_id.emplace(version->id, version.get()).second, "MT3: version id {} used twice", version->id);
  module.last_number = std::max(module.last_number, version->number);
  if (module.current != nullptr) module.old.insert(module.old.begin(), std::move(module.current));
  module.current = std::move(version);
}

bool retire_current_version(Term module) {
  ModuleTable& table = module_table();
  std::unique_lock guard(table.lock);
  ModuleVersions* found = find_module(table, module);
  if (found == nullptr || found->current == nullptr) return false;
  found->old.insert(found->old.begin(), std::move(found->current));
  return true;
}

std::unique_ptr<Version> take_old_version(Term module) {
  ModuleTable& table = module_table();
  std::unique_lock guard(table.lock);
  ModuleVersions* found = find_module(table, module);
  if (found == nullptr || found->old.empty()) return nullptr;
  std::unique_ptr<Version> version = std::move(found->old.back());
  found->old.pop_back();
  table.by_id.erase(version->id);
  return version;
}

uint32_t next_version_number(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  return found == nullptr ? 1 : found->last_number + 1;
}

}  // namespace hj::rt
