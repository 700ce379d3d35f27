#include "jit/chaos_reload.h"

#include <chrono>
#include <cstdlib>
#include <optional>

#include "jit/code_server.h"
#include "runtime/code/module_table.h"
#include "runtime/heap/literal_collection.h"

namespace hj::jit {

using rt::Term;
using Clock = std::chrono::steady_clock;

namespace {

// Twins of a current version that processes may keep alive at once.
constexpr size_t kMaxTwins = 3;
// Literal areas that wait for processes blocked in natives.
constexpr size_t kMaxRetiringAreas = 16;
// After a reload the thread rests so many times as long as it took.
constexpr int kRestFactor = 2;
// Of so many twins one may become hot: an optimizing compile costs much more than a reload.
constexpr uint64_t kTwinsForOneHot = 8;

}  // namespace

// -- the thread

void ChaosReload::request(Term module) {
  std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock.owns_lock() || !is_running_ || wanted_.is_value()) return;
  wanted_ = module;
  // Most programs never ask.
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

void ChaosReload::begin() {
  std::lock_guard lock(mutex_);
  is_running_ = true;
}

void ChaosReload::end() {
  std::thread ended;
  {
    std::lock_guard lock(mutex_);
    if (!is_running_) return;
    is_running_ = false;
    wanted_ = Term::non_value();
    ended.swap(thread_);
  }
  changed_.notify_all();
  if (ended.joinable()) ended.join();
  if (std::getenv("HOTJIT_CHAOS_REPORT") != nullptr) fmt::print(stderr, "chaos: {} reloads\n", reloads_);
}

void ChaosReload::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return !is_running_ || wanted_.is_value(); });
    if (!is_running_) return;
    const Term module = wanted_;
    lock.unlock();
    const auto begin = Clock::now();
    const bool has_reloaded = reload_(module);
    const auto rest = (Clock::now() - begin) * kRestFactor;
    lock.lock();
    reloads_ += has_reloaded ? 1 : 0;
    changed_.wait_for(lock, rest, [&] { return !is_running_; });
    wanted_ = Term::non_value();
  }
}

// -- objects

const CompiledModule* ChaosReload::kept(Term module, const core::Module* text) const {
  const auto found = kept_.find(module.bits);
  return found == kept_.end() || found->second.core.get() != text ? nullptr : &found->second;
}

const CompiledModule& ChaosReload::keep(Term module, CompiledModule compiled) {
  return kept_.insert_or_assign(module.bits, std::move(compiled)).first->second;
}

// -- one reload

bool CodeServer::reload_twin(Term module) {
  std::lock_guard twin_guard(chaos_.twin_lock);
  uint64_t id = 0;
  std::shared_ptr<const core::Module> core;
  std::string file;
  {
    std::lock_guard lock(mutex_);
    const rt::Version* current = rt::current_version(module);
    if (current == nullptr) return false;
    for (const rt::Version* twin : rt::twins_of_current(module)) purger_.try_remove(*twin);
    if (rt::twins_of_current(module).size() >= kMaxTwins || rt::retiring_area_count() > kMaxRetiringAreas) return false;
    id = current->id;
    core = code_of(*current).core;
    file = current->source_path;
  }
  std::optional<PreparedModule> prepared;
  auto prepare = [&] {
    const CompiledModule* compiled = chaos_.kept(module, core.get());
    if (compiled == nullptr) {
      auto made = compile_module(engine_, core, options_.tier, &cache_);
      if (!made) return;
      compiled = &chaos_.keep(module, std::move(*made));
    }
    auto built = build(*compiled, file);
    if (built) prepared.emplace(std::move(*built));
  };
  run_with_compile_stack([](void* job) { (*static_cast<decltype(prepare)*>(job))(); }, &prepare);
  if (!prepared) return false;
  if (prepared->version_->id % kTwinsForOneHot != 0) prepared->version_->hot_yields = 0;

  std::lock_guard lock(mutex_);
  const rt::Version* current = rt::current_version(module);
  // Another load, or a delete, was faster.
  if (current == nullptr || current->id != id) return false;
  std::vector<PreparedModule> modules;
  modules.push_back(std::move(*prepared));
  std::vector<LoadResult> results(1);
  results[0].report.number = current->number;
  commit(modules, results);
  return true;
}

}  // namespace hj::jit
