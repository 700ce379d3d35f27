#include "cli/run.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

#include "cli/check.h"
#include "cli/terminal.h"
#include "cli/watch.h"
#include "jit/code_server.h"
#include "jit/engine.h"
#include "runtime/code/export_table.h"
#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/runtime.h"
#include "runtime/term/atoms.h"
#include "stdlib/library.h"

namespace hj::cli {

namespace {

// Turns ^C and a polite kill into the end of the program. The signals are blocked in all threads and taken by this one, so
// that nothing runs in a signal handler.
class SignalThread {
 public:
  // Before any other thread is started: they inherit the mask.
  SignalThread() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    // A reader that goes away is the writer's to notice.
    std::signal(SIGPIPE, SIG_IGN);
    // Somebody opens a file for writing in the moment the watch has a lease on it (file_watcher.h).
    std::signal(SIGIO, SIG_IGN);
    thread_ = std::thread([this] { run(); });
  }
  // From now on the program is asked to end first.
  void program_begins() { has_program_.store(true, std::memory_order_relaxed); }
  ~SignalThread() {
    pthread_kill(thread_.native_handle(), SIGUSR2);
    thread_.join();
  }

 private:
  void run() {
    int signal = 0;
    while (sigwait(&signals_, &signal) == 0 && signal != SIGUSR2) {
      // Before there is a program nothing is worth waiting for; nor is it at the second ^C.
      if (asked_ || !has_program_.load(std::memory_order_relaxed)) std::_Exit(kExitInterrupted);
      asked_ = true;
      rt::request_halt(kExitInterrupted);
    }
  }

  sigset_t signals_;
  bool asked_ = false;
  std::atomic<bool> has_program_{false};   // a flag, nothing else is published by it
  std::thread thread_;
};

// What to enter, with its arguments built in `process`.
struct Entry {
  rt::Term function;
  rt::Term arguments;
};

}  // namespace

static bool is_exported(rt::Term module, rt::Term function, uint32_t arity) {
  const rt::Export* cell = rt::find_export(module, function, arity);
  return cell != nullptr && rt::is_defined(cell);
}

static rt::Term words_as_strings(rt::Process& process, const std::vector<std::string>& words) {
  std::vector<rt::Term> strings;
  for (const std::string& word : words) strings.push_back(rt::make_string(process, word));
  return rt::make_list(process, strings);
}

static std::optional<Entry> find_entry(rt::Process& process, rt::Term module, const Options& options) {
  const auto with_words = [&](rt::Term function) {
    return Entry{function, rt::make_list(process, {{words_as_strings(process, options.arguments)}})};
  };
  const std::vector<std::pair<std::string_view, uint32_t>> candidates =
      options.entry.empty() ? std::vector<std::pair<std::string_view, uint32_t>>{{"main", 1}, {"main", 0}, {"start", 0}}
                            : std::vector<std::pair<std::string_view, uint32_t>>{{options.entry, 1}, {options.entry, 0}};
  for (const auto& [name, arity] : candidates) {
    const rt::Term function = rt::intern_atom(name);
    if (!is_exported(module, function, arity)) continue;
    return arity == 1 ? with_words(function) : Entry{function, rt::Term::nil()};
  }
  return std::nullopt;
}

static jit::CodeServerOptions server_options(const Options& options) {
  jit::CodeServerOptions result;
  std::string directory = std::filesystem::path(options.files.front()).parent_path().string();
  // The library's modules come first, as OTP's sticky directories do.
  result.path.push_back(stdlib::library_directory());
  result.path.insert(result.path.end(), options.code_path.begin(), options.code_path.end());
  result.path.push_back(directory.empty() ? "." : directory);
  result.compile = compile_options(options);
  result.color = stderr_color();
  result.tier = options.tier == TierChoice::Optimized ? jit::Tier::Optimized : jit::Tier::Quick;
  result.tier_up = options.tier == TierChoice::Auto ? jit::TierUpPolicy::WhenHot : jit::TierUpPolicy::Never;
  result.cache_directory = jit::default_cache_directory();
  return result;
}

static int exit_status(const rt::ProgramEnd& end) {
  switch (end.outcome) {
    case rt::ProgramOutcome::Finished: return kExitOk;
    case rt::ProgramOutcome::EntryCrashed: return kExitCrashed;
    case rt::ProgramOutcome::Halted: return end.halt_status;
  }
  HJ_UNREACHABLE("outcome {}", static_cast<int>(end.outcome));
}

static int run_loaded(jit::CodeServer& server, rt::Term module, const Options& options, std::chrono::system_clock::time_point began,
                      SignalThread& signals) {
  rt::Process* builder = rt::make_bare_process(1024);
  rt::open_heap(*builder);
  const std::optional<Entry> entry = find_entry(*builder, module, options);
  if (!entry) {
    complain(options.entry.empty()
                 ? fmt::format("{}: nothing to enter: export main/1, main/0 or start/0, or name a function with --entry",
                               options.files.front())
                 : fmt::format("{}: {} is not exported with one or no argument", options.files.front(), options.entry));
    rt::free_bare_process(builder);
    return kExitUsage;
  }
  std::unique_ptr<Watch> watch;
  if (options.watch) {
    auto started = Watch::start(server, stdlib::library_directory(), began);
    if (!started) {
      complain(started.error().message);
      return kExitUsage;
    }
    watch = std::move(started).value();
  }
  rt::start_runtime({.schedulers = options.schedulers});
  rt::Program program = rt::start_program(module, entry->function, entry->arguments);
  signals.program_begins();
  rt::free_bare_process(builder);
  const rt::ProgramEnd end = rt::wait_for_program(program);
  // A load that is under way needs the schedulers: the watch ends first.
  watch.reset();
  stdlib::flush_output();
  rt::stop_runtime();
  return exit_status(end);
}

int run_command(const Options& options) {
  const auto began = std::chrono::system_clock::now();
  SignalThread signals;
  if (const Result<void> prepared = rt::prepare_runtime(); !prepared) {
    complain(prepared.error().message);
    return kExitUsage;
  }
  stdlib::register_library();
  auto engine = jit::Engine::create();
  if (!engine) {
    complain(engine.error().message);
    return kExitUsage;
  }
  jit::CodeServer server(**engine, server_options(options));
  stdlib::set_code_server(&server);
  const jit::LoadResult loaded = server.load_source(options.files.front(), jit::OldCode::Refuse);
  say(loaded.text);
  if (!loaded.ok()) return kExitUsage;
  const int status = run_loaded(server, loaded.report.module, options, began, signals);
  if (server.is_optimizing()) {
    // An optimizing compile cannot be interrupted, and nobody wants to wait for it.
    std::fflush(nullptr);
    std::_Exit(status);
  }
  return status;
}

int version_command() {
  fmt::print("hotjit {}\n", HOTJIT_VERSION);
  return kExitOk;
}

}  // namespace hj::cli
