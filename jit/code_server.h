// The code server's engine: from files to live code, and back out again.
//
// This is what OTP splits between the process code_server, the loader in the emulator and erts_code_purger. Here it is one object
// with one lock for everything that changes which code is live; compiling and linking happen before the lock is taken, and
// no scheduler ever takes it: the natives that come here are Blocking ones.
//
// A load is two steps, so that a set of modules can become live at once: prepare() does all that can fail for reasons of the
// module itself (compile, link) and changes nothing; finish() commits one or many by one store (export_table.h).
//
// The rules are OTP's (load_binary, c and l purge first and kill who lingers in old code; load_file refuses with not_purged):
// finish() takes them as OldCode. At most two versions of a module are live; the table underneath has no limit.
//
// Invariants:
//   CS1  Under mutex_: the module table, version numbers, fun entries' code, staging. A failed prepare() or finish() has
//        changed none of them.
//   CS2  A version is destroyed only after the purger has proved that nobody can reach its code, and its literals after that.
//   CS3  Numbers of a module's versions count from 1 and are given at commit, so failed loads use none up. A chaos reload
//        (chaos_reload.h) is no load: it has the current version's number, and counts neither here nor for OldCode.
//
// Threads: any thread that may block, but never a scheduler.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "frontend/pipeline.h"
#include "jit/chaos_reload.h"
#include "jit/code_path.h"
#include "jit/engine.h"
#include "jit/purger.h"
#include "jit/tier_up.h"
#include "jit/version_builder.h"
#include "runtime/code/code_loader.h"
#include "runtime/code/version.h"

namespace hj::jit {

enum class TierUpPolicy : uint8_t { Never, WhenHot };

struct CodeServerOptions {
  std::vector<std::string> path;   // directories, searched in order
  CompileOptions compile;          // for modules found on the path
  Color color = Color::Off;        // of diagnostics in LoadResult::text
  Tier tier = Tier::Quick;
  // Whether versions of the quick tier that turn out to be hot are optimized in the background.
  TierUpPolicy tier_up = TierUpPolicy::WhenHot;
  // Where objects are kept between runs (object_cache.h); empty: nowhere.
  std::string cache_directory;
};

// What a load does when the module has old code already.
enum class OldCode : uint8_t { Purge, Refuse };

// What a load did to one module.
struct LoadReport {
  rt::Term module;
  std::string name;
  std::string file;
  uint32_t number = 0;           // this version's
  double compile_ms = 0;         // LLVM and code generation; the frontend's time is the caller's to take
  double link_ms = 0;
  double commit_ms = 0;          // purge included
  size_t lingering = 0;          // processes still in older code after the load
  std::vector<rt::Term> killed;  // by the purge before the load
};

// How one load ended.
struct LoadResult {
  rt::LoadError error = rt::LoadError::None;
  // For people: diagnostics (rendered, several lines) or one sentence. Empty when all went well without warnings.
  std::string text;
  LoadReport report;
  bool ok() const { return error == rt::LoadError::None; }
};

// A module ready to become live: compiled and linked, seen by nobody. Dropping it undoes everything.
class PreparedModule {
 public:
  PreparedModule(PreparedModule&&) noexcept;
  PreparedModule& operator=(PreparedModule&&) noexcept;
  ~PreparedModule();
  rt::Term module() const { return version_->module; }

 private:
  friend class CodeServer;
  PreparedModule() = default;
  std::unique_ptr<rt::Version> version_;
  double compile_ms_ = 0;
  double link_ms_ = 0;
};

// A source text through the frontend.
struct CompiledSource {
  std::unique_ptr<Compilation> compilation;        // null: the file could not be read
  std::shared_ptr<const core::Module> module;      // null: errors
  std::string text;                                // rendered diagnostics, or why the file could not be read
};

// A module from the code path, prepared or not.
struct PathModule {
  std::optional<PreparedModule> prepared;
  rt::LoadError error = rt::LoadError::None;
  std::string text;   // as LoadResult's
};

struct LoadedModule {
  rt::Term module;
  std::string file;
};

class CodeServer final : public rt::CodeLoader {
 public:
  CodeServer(Engine& engine, CodeServerOptions options);
  ~CodeServer() override;

  CodePath& path() { return path_; }
  const CompileOptions& compile_options() const { return options_.compile; }

  // -- compiling; no lock
  CompiledSource compile_file(const std::string& file, const CompileOptions& options);
  CompiledSource compile_text(const std::string& name, std::string text, const CompileOptions& options);
  Result<PreparedModule> prepare(std::shared_ptr<const core::Module> module, std::string file);
  PathModule prepare_from_path(rt::Term module);

  // -- loading
  // All of them or none become live, at once. One result for each, in order; when one cannot be loaded nothing has changed.
  std::vector<LoadResult> finish(std::vector<PreparedModule> modules, OldCode old_code);
  LoadResult load(PreparedModule module, OldCode old_code);
  // A source file, whatever its module is called.
  LoadResult load_source(const std::string& file, OldCode old_code);
  LoadResult load_source_text(const std::string& name, std::string text, OldCode old_code);
  LoadResult load_core(std::shared_ptr<const core::Module> module, std::string file, OldCode old_code);
  // code:load_binary/3: the container must hold `module`.
  LoadResult load_binary(rt::Term module, std::string file, std::string_view container);
  // code:load_file/1, code:ensure_loaded/1, code:load_abs/1 (a file name without its ending) with what went wrong.
  LoadResult load_from_path(rt::Term module, OldCode old_code);
  LoadResult ensure_loaded_report(rt::Term module);
  LoadResult load_abs(const std::string& file);

  rt::LoadError ensure_loaded(rt::Term module) override;
  rt::LoadError load_file(rt::Term module) override;
  void optimize(uint64_t version_id) override;
  // Waits until every version found hot so far has its optimized body.
  void await_optimizer() { tier_up_.await_idle(); }
  // Destroying the code server waits for the compile that is under way.
  bool is_optimizing() { return tier_up_.is_busy(); }

#if defined(HJ_CHAOS)
  void reload_some_time(rt::Term module) override { chaos_.request(module); }
  void end_reloads() override { chaos_.end(); }
  void begin_reloads() override { chaos_.begin(); }
  // The module's current version once more, as its own twin (chaos_reload.h). False when that is not possible now. Any thread
  // that may block.
  bool reload_twin(rt::Term module);
#endif

  // -- removing
  // code:purge/1: who lingers is killed. code:soft_purge/1: false when anybody does.
  rt::PurgeReport purge(rt::Term module);
  bool soft_purge(rt::Term module);
  // code:delete/1: current becomes old. False when there is no current, or old code is in the way.
  bool delete_module(rt::Term module);

  // -- questions
  bool is_loaded(rt::Term module);
  bool has_old_code(rt::Term module);
  // Whether the process is in old code of the module (erlang:check_process_code/2).
  bool is_lingering(rt::Term pid, rt::Term module);
  // The file the current version came from; empty when it is not loaded.
  std::string file_of(rt::Term module);
  std::vector<LoadedModule> all_loaded();

 private:
  // Links it; the stack must be deep enough.
  Result<PreparedModule> build(const CompiledModule& compiled, std::string file);
  // `expected` is the module the file must hold, or a non-value.
  PathModule prepare_compiled(CompiledSource source, const std::string& file, rt::Term expected);
  LoadResult load_prepared(PathModule module, rt::Term expected, OldCode old_code);
  // On the optimizer's thread.
  void optimize_now(uint64_t version_id);
  void install_fast_body(uint64_t version_id, const CompiledModule& compiled);
  void commit(std::vector<PreparedModule>& modules, std::vector<LoadResult>& results);

  Engine& engine_;
  CodeServerOptions options_;
  CodePath path_;
  ObjectCache cache_;
  // CS1. Held while a purge waits for the processes it killed; they never need it.
  std::mutex mutex_;
  Purger purger_;
  // Modules that ensure_loaded is loading right now.
  std::mutex loading_mutex_;
  std::condition_variable loading_done_;
  std::unordered_set<uint64_t> loading_;
  // Last: their threads use everything above.
  TierUp tier_up_;
#if defined(HJ_CHAOS)
  ChaosReload chaos_;
#endif
};

}  // namespace hj::jit
