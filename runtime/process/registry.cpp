#include "runtime/process/registry.h"

#include <unordered_map>

#include "runtime/process/table.h"
#include "runtime/sched/progress.h"
#include "runtime/sched/spin_lock.h"

namespace hj::rt {

namespace {

constexpr size_t kShards = 64;

struct alignas(64) Shard {
  SpinLock lock;
  std::unordered_map<uint64_t, Term> pids;   // by the atom's bits
};

Shard& shard_of(Term name) {
  static Shard* shards = new Shard[kShards];
  return shards[name.payload() % kShards];
}

}  // namespace

RegisterOutcome register_name(Term name, Term pid) {
  ProgressGuard progress;
  Process* process = find_process(pid);
  if (process == nullptr) return RegisterOutcome::NotAlive;
  Shard& shard = shard_of(name);
  SpinGuard guard(shard.lock);
  // A first look, for the order of the reasons; the exchange below decides.
  const uint64_t own_name = process->registered_name.load(std::memory_order_relaxed);
  if (own_name == kNameClosed) return RegisterOutcome::NotAlive;
  if (own_name != kNonValue) return RegisterOutcome::AlreadyNamed;
  if (shard.pids.contains(name.bits)) return RegisterOutcome::NameTaken;
  uint64_t none = kNonValue;
  // RG2 decides here: the process's end exchanges the same word and takes this lock afterwards.
  if (!process->registered_name.compare_exchange_strong(none, name.bits, std::memory_order_acq_rel)) {
    return none == kNameClosed ? RegisterOutcome::NotAlive : RegisterOutcome::AlreadyNamed;
  }
  shard.pids[name.bits] = pid;
  return RegisterOutcome::Done;
}

bool unregister_name(Term name) {
  ProgressGuard progress;
  Shard& shard = shard_of(name);
  SpinGuard guard(shard.lock);
  auto at = shard.pids.find(name.bits);
  if (at == shard.pids.end()) return false;
  if (Process* process = find_process(at->second)) {
    uint64_t expected = name.bits;
    process->registered_name.compare_exchange_strong(expected, kNonValue, std::memory_order_acq_rel);
  }
  shard.pids.erase(at);
  return true;
}

Term where_is(Term name) {
  Shard& shard = shard_of(name);
  SpinGuard guard(shard.lock);
  auto at = shard.pids.find(name.bits);
  return at == shard.pids.end() ? Term::non_value() : at->second;
}

std::vector<Term> registered_names() {
  std::vector<Term> names;
  for (uint64_t i = 0; i < kShards; i++) {
    Shard& shard = shard_of(Term::atom(i));
    SpinGuard guard(shard.lock);
    for (const auto& [name, pid] : shard.pids) names.push_back(Term::from_bits(name));
  }
  return names;
}

void close_registered_name(Process& process) {
  uint64_t name = process.registered_name.exchange(kNameClosed, std::memory_order_acq_rel);
  if (name == kNonValue || name == kNameClosed) return;
  Shard& shard = shard_of(Term::from_bits(name));
  SpinGuard guard(shard.lock);
  auto at = shard.pids.find(name);
  if (at != shard.pids.end() && at->second == process.pid) shard.pids.erase(at);
}

}  // namespace hj::rt
