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
  // Newest first: the current one's twins, then the old ones (MT4).
  std::vector<std::unique_ptr<Version>> replaced;
  uint32_t last_number = 0;

  bool is_old(const Version& version) const { return current == nullptr || version.number < current->number; }
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
    for (const auto& replaced : module->replaced) visit(replaced.get());
  }
}

// Newest first.
template <class Choose>
std::vector<const Version*> replaced_versions(Term module, Choose is_chosen) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  std::vector<const Version*> versions;
  if (const ModuleVersions* found = find_module(table, module)) {
    for (const auto& version : found->replaced) {
      if (is_chosen(*found, *version)) versions.push_back(version.get());
    }
  }
  return versions;
}

}  // namespace

const Version* current_version(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  return found == nullptr ? nullptr : found->current.get();
}

std::vector<const Version*> old_versions(Term module) {
  return replaced_versions(module, [](const ModuleVersions& of, const Version& version) { return of.is_old(version); });
}

const Version* oldest_version(Term module) {
  const std::vector<const Version*> old = old_versions(module);
  return old.empty() ? nullptr : old.back();
}

size_t old_version_count(Term module) { return old_versions(module).size(); }

std::vector<const Version*> twins_of_current(Term module) {
  return replaced_versions(module, [](const ModuleVersions& of, const Version& version) { return !of.is_old(version); });
}

const Version* find_version(uint64_t id) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  auto found = table.by_id.find(id);
  return found == table.by_id.end() ? nullptr : found->second;
}

const Version* find_version(Term module, uint32_t number) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  if (found == nullptr) return nullptr;
  if (found->current != nullptr && found->current->number == number) return found->current.get();
  for (const auto& version : found->replaced) {
    if (version->number == number) return version.get();
  }
  return nullptr;
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
  const bool is_twin = module.current != nullptr && module.current->number == version->number;
  HJ_CHECK(is_twin ? module.current->hash == version->hash : version->number > module.last_number,
           "MT4: number {} after {}", version->number, module.last_number);
  module.last_number = version->number;
  if (module.current != nullptr) module.replaced.insert(module.replaced.begin(), std::move(module.current));
  module.current = std::move(version);
}

bool retire_current_version(Term module) {
  ModuleTable& table = module_table();
  std::unique_lock guard(table.lock);
  ModuleVersions* found = find_module(table, module);
  if (found == nullptr || found->current == nullptr) return false;
  found->replaced.insert(found->replaced.begin(), std::move(found->current));
  return true;
}

std::unique_ptr<Version> take_version(const Version& version) {
  ModuleTable& table = module_table();
  std::unique_lock guard(table.lock);
  std::vector<std::unique_ptr<Version>>& replaced = module_entry(table, version.module).replaced;
  auto found = std::find_if(replaced.begin(), replaced.end(), [&](const auto& each) { return each.get() == &version; });
  HJ_CHECK(found != replaced.end(), "MT1: version {} is not there to be taken", version.id);
  std::unique_ptr<Version> taken = std::move(*found);
  replaced.erase(found);
  table.by_id.erase(taken->id);
  return taken;
}

uint32_t next_version_number(Term module) {
  ModuleTable& table = module_table();
  std::shared_lock guard(table.lock);
  const ModuleVersions* found = find_module(table, module);
  return found == nullptr ? 1 : found->last_number + 1;
}

}  // namespace hj::rt
