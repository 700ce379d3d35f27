#include "jit/code_server.h"

#include <chrono>
#include <filesystem>
#include <optional>

#include "jit/container.h"
#include "runtime/code/export_table.h"
#include "runtime/code/module_table.h"
#include "runtime/code/purge.h"
#include "runtime/code/tier_up.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::jit {

using rt::LoadError;
using rt::Term;

namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Current and old: the most versions of a module that Erlang has (the table would hold more).
constexpr size_t kMaxVersions = 2;

bool is_at_version_limit(Term module) {
  return rt::current_version(module) != nullptr && rt::old_version_count(module) + 1 >= kMaxVersions;
}

// Runs a callable on a stack that is deep enough for the frontend and LLVM.
template <class Job>
void on_compile_stack(Job job) {
  run_with_compile_stack([](void* argument) { (*static_cast<Job*>(argument))(); }, &job);
}

LoadResult result_of(LoadError error, Term module, std::string text) {
  LoadResult result;
  result.error = error;
  result.text = std::move(text);
  result.report.module = module;
  if (module.is_atom()) result.report.name = std::string(rt::atom_text(module));
  return result;
}

std::string rendered(const Compilation& compilation, Color color) {
  std::string text;
  for (const Diagnostic& diagnostic : compilation.diagnostics.sorted()) {
    text += render(diagnostic, compilation.sources, color);
  }
  return text;
}

CompiledSource finished(std::unique_ptr<Compilation> compilation, Color color) {
  CompiledSource source;
  source.text = rendered(*compilation, color);
  if (compilation->core != nullptr) {
    add_default_vsn(*compilation->core);
    source.module = std::move(compilation->core);
  }
  source.compilation = std::move(compilation);
  return source;
}

}  // namespace

// -- prepared modules

PreparedModule::PreparedModule(PreparedModule&&) noexcept = default;
PreparedModule& PreparedModule::operator=(PreparedModule&&) noexcept = default;
PreparedModule::~PreparedModule() {
  if (version_ != nullptr) discard_version(std::move(version_));
}

CodeServer::CodeServer(Engine& engine, CodeServerOptions options)
    : engine_(engine),
      options_(std::move(options)),
      path_(options_.path),
      cache_(options_.cache_directory),
      tier_up_([this](uint64_t id) { optimize_now(id); })
#if defined(HJ_CHAOS)
      ,
      chaos_([this](Term module) { return reload_twin(module); })
#endif
{
}

CodeServer::~CodeServer() = default;

// -- compiling

CompiledSource CodeServer::compile_file(const std::string& file, const CompileOptions& options) {
  CompiledSource source;
  on_compile_stack([&] {
    auto compilation = compile_source_file(file, options);
    if (compilation) {
      source = finished(std::move(*compilation), options_.color);
    } else {
      source.text = compilation.error().message + "\n";
    }
  });
  return source;
}

CompiledSource CodeServer::compile_text(const std::string& name, std::string text, const CompileOptions& options) {
  CompiledSource source;
  on_compile_stack([&] { source = finished(hj::compile_text(name, std::move(text), options), options_.color); });
  return source;
}

Result<PreparedModule> CodeServer::prepare(std::shared_ptr<const core::Module> module, std::string file) {
  // Loading such a module without running the function would be silently wrong.
  if (module->on_load.valid()) return Error{fmt::format("{}: -on_load is not supported yet", module->name)};
  std::optional<Result<PreparedModule>> prepared;
  on_compile_stack([&] {
    auto compiled = compile_module(engine_, module, options_.tier, &cache_);
    if (compiled) {
      prepared.emplace(build(*compiled, std::move(file)));
    } else {
      prepared.emplace(compiled.error());
    }
  });
  return std::move(*prepared);
}

Result<PreparedModule> CodeServer::build(const CompiledModule& compiled, std::string file) {
  const auto begin = Clock::now();
  HJ_TRY(auto version, build_version(engine_, compiled, 0));
  version->source_path = std::move(file);
  if (options_.tier == Tier::Quick && options_.tier_up == TierUpPolicy::WhenHot) {
    version->hot_yields = TierUp::hot_yields(version->descriptors.size());
  }
  PreparedModule prepared;
  prepared.version_ = std::move(version);
  prepared.compile_ms_ = compiled.compile_ms;
  prepared.link_ms_ = ms_since(begin);
  return prepared;
}

// -- loading

// The cells of the new version's exports, and of those the one before had and this one has not. Natives' cells stay.
static void stage_exports(rt::Staging& staging, const rt::Version* before, const rt::Version& version) {
  if (before != nullptr) {
    for (const rt::FunctionInfo& function : before->functions) {
      if (function.exported) staging.undefine(rt::intern_export(function.module, function.name, function.arity));
    }
  }
  for (const rt::FunctionInfo& function : version.functions) {
    if (!function.exported) continue;
    staging.set(rt::intern_export(function.module, function.name, function.arity), rt::fastest_entry(function.entry));
  }
}

// 1. Closures: entries of equal code lead to the newest instance; they must lead somewhere before the code that makes closures
//    can run. 2. Cells, in the staging slot. 3. The module table, so that who sees the new code also finds its tables.
// 4. The one store that makes all of it visible.
void CodeServer::commit(std::vector<PreparedModule>& modules, std::vector<LoadResult>& results) {
  rt::Staging staging;
  for (size_t i = 0; i < modules.size(); ++i) {
    rt::Version& version = *modules[i].version_;
    version.number = results[i].report.number;
    activate_funs(version);
    stage_exports(staging, rt::current_version(version.module), version);
  }
  for (PreparedModule& module : modules) rt::publish_version(std::move(module.version_));
  staging.commit();
}

std::vector<LoadResult> CodeServer::finish(std::vector<PreparedModule> modules, OldCode old_code) {
  std::lock_guard lock(mutex_);
  const auto begin = Clock::now();
  std::vector<LoadResult> results;
  bool all_can = true;
  for (const PreparedModule& module : modules) {
    const bool in_the_way = old_code == OldCode::Refuse && is_at_version_limit(module.module());
    all_can = all_can && !in_the_way;
    results.push_back(result_of(in_the_way ? LoadError::NotPurged : LoadError::None, module.module(), ""));
  }
  if (!all_can) return results;

  for (size_t i = 0; i < modules.size(); ++i) {
    LoadReport& report = results[i].report;
    if (old_code == OldCode::Purge) report.killed = purger_.purge(modules[i].module()).killed;
    report.number = rt::next_version_number(modules[i].module());
    report.file = modules[i].version_->source_path;
    report.compile_ms = modules[i].compile_ms_;
    report.link_ms = modules[i].link_ms_;
  }
  commit(modules, results);
  for (LoadResult& result : results) {
    result.report.lingering = purger_.lingering_count(result.report.module);
    result.report.commit_ms = ms_since(begin);
  }
  return results;
}

LoadResult CodeServer::load(PreparedModule module, OldCode old_code) {
  std::vector<PreparedModule> one;
  one.push_back(std::move(module));
  return std::move(finish(std::move(one), old_code).front());
}

LoadResult CodeServer::load_core(std::shared_ptr<const core::Module> module, std::string file, OldCode old_code) {
  const Term name = rt::intern_atom(module->name);
  auto prepared = prepare(std::move(module), std::move(file));
  if (!prepared) return result_of(LoadError::Badfile, name, prepared.error().message + "\n");
  return load(std::move(*prepared), old_code);
}

// What code:which/1 answers, wherever the program goes to.
static std::string absolute_path(const std::string& file) {
  std::error_code failed;
  const auto path = std::filesystem::absolute(file, failed).lexically_normal();
  return failed ? file : path.string();
}

PathModule CodeServer::prepare_compiled(CompiledSource source, const std::string& file, Term expected) {
  const LoadError unusable = source.compilation == nullptr ? LoadError::Nofile : LoadError::Badfile;
  if (source.module == nullptr) return {std::nullopt, unusable, std::move(source.text)};
  if (expected.is_atom() && source.module->name != rt::atom_text(expected)) {
    return {std::nullopt, LoadError::Badfile, fmt::format("{}: the module in it is called {}\n", file, source.module->name)};
  }
  auto prepared = prepare(std::move(source.module), absolute_path(file));
  if (!prepared) return {std::nullopt, LoadError::Badfile, source.text + prepared.error().message + "\n"};
  return {std::move(*prepared), LoadError::None, std::move(source.text)};
}

PathModule CodeServer::prepare_from_path(Term module) {
  const std::string name(rt::atom_text(module));
  const auto file = path_.find(name);
  if (!file) {
    return {std::nullopt, LoadError::Nofile, fmt::format("no file {}.mod or {}.erl on the code path\n", name, name)};
  }
  return prepare_compiled(compile_file(*file, options_.compile), *file, module);
}

LoadResult CodeServer::load_prepared(PathModule module, Term expected, OldCode old_code) {
  if (!module.prepared) return result_of(module.error, expected, std::move(module.text));
  LoadResult result = load(std::move(*module.prepared), old_code);
  result.text = module.text + result.text;
  return result;
}

LoadResult CodeServer::load_source(const std::string& file, OldCode old_code) {
  return load_prepared(prepare_compiled(compile_file(file, options_.compile), file, Term::non_value()), Term::non_value(),
                       old_code);
}

LoadResult CodeServer::load_source_text(const std::string& name, std::string text, OldCode old_code) {
  return load_prepared(prepare_compiled(compile_text(name, std::move(text), options_.compile), name, Term::non_value()),
                       Term::non_value(), old_code);
}

LoadResult CodeServer::load_binary(Term module, std::string file, std::string_view container) {
  auto core = read_container(container);
  if (!core) return result_of(LoadError::Badfile, module, core.error().message + "\n");
  if ((*core)->name != rt::atom_text(module)) {
    return result_of(LoadError::Badfile, module, fmt::format("{}: the module in it is called {}\n", file, (*core)->name));
  }
  // OTP purges here only for a module that is loaded; old code that was left by a delete stays.
  const OldCode old_code = is_loaded(module) ? OldCode::Purge : OldCode::Refuse;
  return load_core(std::move(*core), std::move(file), old_code);
}

LoadResult CodeServer::load_from_path(Term module, OldCode old_code) {
  return load_prepared(prepare_from_path(module), module, old_code);
}

LoadResult CodeServer::load_abs(const std::string& file) {
  const Term module = rt::intern_atom(module_of_path(file));
  const auto found = find_source_file(file);
  if (!found) return result_of(LoadError::Nofile, module, fmt::format("no file {}.mod or {}.erl\n", file, file));
  return load_prepared(prepare_compiled(compile_file(*found, options_.compile), *found, module), module, OldCode::Refuse);
}

LoadResult CodeServer::ensure_loaded_report(Term module) {
  std::unique_lock lock(loading_mutex_);
  // Of several that want the same module one loads it.
  loading_done_.wait(lock, [&] { return !loading_.contains(module.bits); });
  if (is_loaded(module)) return result_of(LoadError::None, module, "");
  loading_.insert(module.bits);
  lock.unlock();
  LoadResult result = load_from_path(module, OldCode::Refuse);
  lock.lock();
  loading_.erase(module.bits);
  loading_done_.notify_all();
  return result;
}

LoadError CodeServer::ensure_loaded(Term module) { return ensure_loaded_report(module).error; }

LoadError CodeServer::load_file(Term module) { return load_from_path(module, OldCode::Refuse).error; }

// -- the optimizing tier

void CodeServer::optimize(uint64_t version_id) { tier_up_.request(version_id); }

void CodeServer::optimize_now(uint64_t version_id) {
  std::shared_ptr<const core::Module> core;
  {
    rt::ProgressGuard guard;
    const rt::Version* version = rt::find_version(version_id);
    if (version == nullptr) return;
    core = code_of(*version).core;
  }
  on_compile_stack([&] {
    auto compiled = compile_module(engine_, core, Tier::Optimized, &cache_);
    // The first body goes on; what LLVM refuses here it would refuse again.
    if (compiled) install_fast_body(version_id, *compiled);
  });
}

// Closures and cells that lead into the first body lead into the new one; frames and resume entries follow by themselves.
void CodeServer::install_fast_body(uint64_t version_id, const CompiledModule& compiled) {
  std::lock_guard lock(mutex_);
  // Under the lock nobody but us takes versions out or changes them.
  auto* version = const_cast<rt::Version*>(rt::find_version(version_id));
  if (version == nullptr) return;
  auto body = build_fast_body(engine_, compiled, *version);
  if (!body) return;
  version->fast_owner = std::move(*body);
  // Release: pairs with the acquires in tier_up.h and Version::contains.
  version->fast.store(version->fast_owner.get(), std::memory_order_release);
  speed_up_funs(*version);
  if (version != rt::current_version(version->module)) return;
  rt::Staging staging;
  stage_exports(staging, nullptr, *version);
  staging.commit();
}

// -- removing

rt::PurgeReport CodeServer::purge(Term module) {
  std::lock_guard lock(mutex_);
  return purger_.purge(module);
}

bool CodeServer::soft_purge(Term module) {
  std::lock_guard lock(mutex_);
  return purger_.soft_purge(module);
}

bool CodeServer::delete_module(Term module) {
  std::lock_guard lock(mutex_);
  const rt::Version* current = rt::current_version(module);
  if (current == nullptr || is_at_version_limit(module)) return false;
  rt::Staging staging;
  for (const rt::FunctionInfo& function : current->functions) {
    if (function.exported) staging.undefine(rt::intern_export(function.module, function.name, function.arity));
  }
  rt::retire_current_version(module);
  staging.commit();
  return true;
}

// -- questions

bool CodeServer::is_loaded(Term module) { return rt::current_version(module) != nullptr; }

bool CodeServer::has_old_code(Term module) { return rt::old_version_count(module) > 0; }

bool CodeServer::is_lingering(Term pid, Term module) {
  std::lock_guard lock(mutex_);
  for (const rt::Version* version : rt::old_versions(module)) {
    if (rt::is_lingering(pid, *version)) return true;
  }
  return false;
}

std::string CodeServer::file_of(Term module) {
  rt::ProgressGuard guard;
  const rt::Version* version = rt::current_version(module);
  return version == nullptr ? "" : version->source_path;
}

std::vector<LoadedModule> CodeServer::all_loaded() {
  rt::ProgressGuard guard;
  std::vector<LoadedModule> modules;
  for (const rt::Version* version : rt::current_versions()) modules.push_back({version->module, version->source_path});
  return modules;
}

}  // namespace hj::jit
