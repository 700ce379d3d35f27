#include "runtime/process/alias.h"

#include "runtime/process/process.h"
#include "runtime/process/send.h"
#include "runtime/sched/progress.h"
#include "runtime/sched/spin_lock.h"

namespace hj::rt {

namespace {

constexpr size_t kShards = 64;

struct alignas(64) Shard {
  SpinLock lock;
  std::map<ReferenceKey, Term> owners;
};

Shard& shard_of(const ReferenceKey& key) {
  static Shard* shards = new Shard[kShards];
  return shards[(key.low ^ key.low >> 7) % kShards];
}

void forget_owner(const ReferenceKey& key) {
  Shard& shard = shard_of(key);
  SpinGuard guard(shard.lock);
  shard.owners.erase(key);
}

}  // namespace

void add_alias(Process& process, const ReferenceKey& key, AliasMode mode) {
  relations_of(process).aliases[key] = mode;
  Shard& shard = shard_of(key);
  SpinGuard guard(shard.lock);
  shard.owners[key] = process.pid;
}

bool remove_alias(Process& process, const ReferenceKey& key) {
  if (process.relations == nullptr || process.relations->aliases.erase(key) == 0) return false;
  forget_owner(key);
  return true;
}

void end_alias_of_monitor(Process& process, const ReferenceKey& key) {
  if (process.relations == nullptr) return;
  auto at = process.relations->aliases.find(key);
  if (at == process.relations->aliases.end()) return;
  if (at->second == AliasMode::Demonitor || at->second == AliasMode::ReplyDemonitor) remove_alias(process, key);
}

void remove_all_aliases(Process& process) {
  if (process.relations == nullptr) return;
  for (const auto& [key, mode] : process.relations->aliases) forget_owner(key);
  process.relations->aliases.clear();
}

bool accept_through_alias(Process& process, const ReferenceKey& key) {
  if (process.relations == nullptr) return false;
  auto at = process.relations->aliases.find(key);
  if (at == process.relations->aliases.end()) return false;
  AliasMode mode = at->second;
  if (mode == AliasMode::Reply || mode == AliasMode::ReplyDemonitor) remove_alias(process, key);
  if (mode == AliasMode::ReplyDemonitor) remove_monitor(process, key);
  return true;
}

Term alias_owner(const ReferenceKey& key) {
  Shard& shard = shard_of(key);
  SpinGuard guard(shard.lock);
  auto at = shard.owners.find(key);
  return at == shard.owners.end() ? Term::non_value() : at->second;
}

void send_to_alias(Term reference, Term message) {
  ReferenceKey key = key_of(reference);
  Term owner = alias_owner(key);
  if (!owner.is_value()) return;
  ProgressGuard guard;
  NumberedSignal* signal = make_numbered_signal(SignalKind::AliasMessage, Term::non_value(), message);
  signal->reference = key;
  deliver(owner, signal);
}

}  // namespace hj::rt
