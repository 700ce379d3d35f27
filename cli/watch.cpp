#include "cli/watch.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>
#include <utility>

#include "cli/file_watcher.h"
#include "cli/source_name.h"
#include "cli/terminal.h"
#include "runtime/code/module_table.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"
#include "runtime/term/print.h"

namespace hj::cli {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// How long a file must stay as it is before a broken or unchanged one is worth a line.
static constexpr milliseconds kQuiet{40};
// How long a file may be missing before the save is given up (until it changes again), or open for writing before that is
// worth a line.
static constexpr milliseconds kPatience{2000};
// How often a file is looked at that is being written: at first, and after kEager.
static constexpr milliseconds kLook{1};
static constexpr milliseconds kEager{200};
static constexpr milliseconds kSlowLook{20};
// File systems keep times by the clock's tick.
static constexpr int64_t kTickNs = 10'000'000;
// A save this soon after a load waits until no other follows for kBurstQuiet: each load makes the older code's processes move or
// die, and somebody who saves twice in a row wants neither of them killed.
static constexpr milliseconds kBurst{50};
static constexpr milliseconds kBurstQuiet{20};
// How often new modules are looked for.
static constexpr milliseconds kRefresh{300};

// What identifies the state of a file between two looks.
struct FileState {
  ino_t inode = 0;
  off_t size = 0;
  int64_t modified_ns = 0;
  bool operator==(const FileState&) const = default;
};

static std::optional<FileState> state_of(const std::string& path) {
  struct stat s;
  if (stat(path.c_str(), &s) != 0 || !S_ISREG(s.st_mode)) return std::nullopt;
  return FileState{s.st_ino, s.st_size, int64_t{s.st_mtim.tv_sec} * 1'000'000'000 + s.st_mtim.tv_nsec};
}

// Which directory a path is now: inodes are used again, with another time of birth. 0: there is none.
static uint64_t identity_of(const std::string& path) {
  struct statx s;
  if (statx(AT_FDCWD, path.c_str(), 0, STATX_INO | STATX_BTIME, &s) != 0) return 0;
  const uint64_t born = static_cast<uint64_t>(s.stx_btime.tv_sec) * 1'000'000'000 + s.stx_btime.tv_nsec;
  return s.stx_ino ^ born << 20 | 1;
}

static std::optional<std::string> text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

static double ms_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// The number of a module's newest version; 0 without one.
static uint32_t current_number(std::string_view module) {
  const rt::ProgressGuard guard;
  const rt::Version* current = rt::current_version(rt::intern_atom(module));
  return current == nullptr ? 0 : current->number;
}

static int64_t wall_ns(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

// Whether the newest version of the module is this very code.
static bool is_current(const core::Module& module) {
  const rt::ProgressGuard guard;
  const rt::Version* current = rt::current_version(rt::intern_atom(module.name));
  return current != nullptr && current->hash == core::code_hash(module);
}

class Watch::Worker {
 public:
  Worker(jit::CodeServer& server, std::string library_dir, std::chrono::system_clock::time_point began)
      : server_(server), library_dir_(std::filesystem::weakly_canonical(library_dir).string()), looked_ns_(wall_ns(began)) {}

  Result<void> start();
  void stop();

 private:
  struct Watched {
    std::string name;    // of the module
    std::string file;    // as it was loaded
    // The text this watch loaded last, and the number of the version that it became.
    std::optional<std::string> live;
    uint32_t live_number = 0;
    Clock::time_point loaded_at{};
    // Somebody has it open for writing, and a line has said so.
    bool is_told_open = false;
    // Looked at because it may have been saved unseen: no word when it was not.
    bool is_doubted = false;
  };

  void run();
  // Watches the directories of modules that have been loaded since the last time.
  void refresh();
  void watch_directory(const std::string& directory);
  void renew_directories();
  void changed(const std::string& path);
  // True when `path` has changed since the worker took it up.
  bool changed_again(const std::string& path);
  bool wait_for_change(const std::string& path, milliseconds patience);
  void follow(const std::string& path, Watched& watched, Clock::time_point saved);
  std::optional<std::string> settled_text(const std::string& path, FileState& state);
  void wait_for_writer(const std::string& path, Watched& watched);
  void load(const std::string& path, Watched& watched, const std::string& text, jit::CompiledSource source,
            Clock::time_point saved, double compile_ms);
  void line(std::string_view verdict, std::string_view text);

  jit::CodeServer& server_;
  const std::string library_dir_;
  std::unique_ptr<FileWatcher> files_;
  std::thread thread_;
  // The worker thread's own: by canonical path.
  std::map<std::string, Watched> watched_;
  std::map<std::string, uint64_t> directories_;   // which one each was when its watch began
  // When loaded modules were looked for, by the wall clock: what was saved later may be newer than what was loaded.
  int64_t looked_ns_;

  std::mutex mutex_;
  std::condition_variable wake_;
  // When each path was last seen to change, for those not taken up yet.
  std::map<std::string, Clock::time_point> pending_;
  bool stopping_ = false;
};

Result<void> Watch::Worker::start() {
  auto files = FileWatcher::start([this](const std::string& path) { changed(path); });
  if (!files) return files.error();
  files_ = std::move(files).value();
  // A module may be loaded from any directory of the code path, and saved before anybody has noticed.
  for (const std::string& directory : server_.path().directories()) watch_directory(directory);
  refresh();
  thread_ = std::thread([this] { run(); });
  return {};
}

void Watch::Worker::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  files_->stop();
}

void Watch::Worker::changed(const std::string& path) {
  {
    std::lock_guard lock(mutex_);
    pending_[path] = Clock::now();
  }
  wake_.notify_all();
}

bool Watch::Worker::changed_again(const std::string& path) {
  std::lock_guard lock(mutex_);
  return stopping_ || pending_.contains(path);
}

bool Watch::Worker::wait_for_change(const std::string& path, milliseconds patience) {
  std::unique_lock lock(mutex_);
  return wake_.wait_for(lock, patience, [&] { return stopping_ || pending_.contains(path); });
}

void Watch::Worker::refresh() {
  const int64_t looking_ns = wall_ns(std::chrono::system_clock::now());
  for (const jit::LoadedModule& loaded : server_.all_loaded()) {
    if (loaded.file.empty()) continue;
    std::error_code error;
    const std::filesystem::path path = std::filesystem::weakly_canonical(loaded.file, error);
    if (error || path.string().starts_with(library_dir_ + "/") || watched_.contains(path.string())) continue;
    watch_directory(path.parent_path().string());
    Watched& watched = watched_[path.string()];
    watched.name = rt::atom_text(loaded.module);
    watched.file = loaded.file;
    const std::optional<FileState> state = state_of(path.string());
    const std::optional<std::string> text = text_of(path.string());
    watched.is_doubted = state && (state->modified_ns > looked_ns_ - kTickNs || state_of(path.string()) != state);
    if (watched.is_doubted) {
      changed(path.string());
    } else {
      watched.live = text;
      watched.live_number = current_number(watched.name);
    }
  }
  looked_ns_ = looking_ns;
  renew_directories();
}

// A directory that was removed and made again is another one, and its first files come before it is watched.
void Watch::Worker::renew_directories() {
  for (auto& [directory, identity] : directories_) {
    const uint64_t now = identity_of(directory);
    if (now == identity) continue;
    identity = now;
    if (now == 0) continue;
    if (const Result<void> added = files_->add_directory(directory); !added) line("WARN", added.error().message);
    for (const auto& [path, watched] : watched_) {
      if (std::filesystem::path(path).parent_path() == directory) changed(path);
    }
  }
}

void Watch::Worker::watch_directory(const std::string& directory) {
  std::error_code error;
  const std::string path = std::filesystem::weakly_canonical(directory, error).string();
  if (error || path == library_dir_ || !directories_.emplace(path, identity_of(path)).second) return;
  if (const Result<void> added = files_->add_directory(path); !added) line("WARN", added.error().message);
}

void Watch::Worker::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!wake_.wait_for(lock, kRefresh, [&] { return stopping_ || !pending_.empty(); })) {
      lock.unlock();
      refresh();
      lock.lock();
      continue;
    }
    if (stopping_) return;
    const auto [path, saved] = *pending_.begin();
    pending_.erase(pending_.begin());
    lock.unlock();
    if (!watched_.contains(path)) refresh();
    if (auto found = watched_.find(path); found != watched_.end()) follow(path, found->second, saved);
    lock.lock();
  }
}

// The content once nobody writes it and it is there; none when it has changed again or stays away.
std::optional<std::string> Watch::Worker::settled_text(const std::string& path, FileState& state) {
  const Clock::time_point give_up = Clock::now() + kPatience;
  while (Clock::now() < give_up) {
    const std::optional<FileState> before = state_of(path);
    if (before && !is_open_for_writing(path)) {
      std::optional<std::string> text = text_of(path);
      if (text && state_of(path) == before) {
        state = *before;
        return text;
      }
    }
    const bool is_eager = Clock::now() < give_up - kPatience + kEager;
    if (wait_for_change(path, is_eager ? kLook : kSlowLook)) return std::nullopt;
  }
  return std::nullopt;
}

// A file that stays open for writing: its save is not over. Nobody tells when it is, so that it is looked at again.
void Watch::Worker::wait_for_writer(const std::string& path, Watched& watched) {
  if (!is_open_for_writing(path) || changed_again(path)) return;
  if (!watched.is_told_open) line("WAIT", fmt::format("{}  somebody has {} open for writing", watched.name, watched.file));
  watched.is_told_open = true;
  changed(path);
}

void Watch::Worker::follow(const std::string& path, Watched& watched, Clock::time_point saved) {
  if (Clock::now() - watched.loaded_at < kBurst && wait_for_change(path, kBurstQuiet)) return;
  FileState state;
  const std::optional<std::string> text = settled_text(path, state);
  if (!text) return wait_for_writer(path, watched);
  watched.is_told_open = false;
  const bool is_doubted = std::exchange(watched.is_doubted, false);
  const bool is_live = *text == watched.live && current_number(watched.name) == watched.live_number;
  if (text->empty() || is_live) {
    if (wait_for_change(path, kQuiet)) return;
    if (!text->empty()) return line("same", fmt::format("{}  no change", watched.name));
  }
  const Clock::time_point compile_began = Clock::now();
  // As c/1 refuses them.
  CompileOptions options = server_.compile_options();
  options.module_name = ModuleName::MatchesFile;
  jit::CompiledSource source = server_.compile_text(source_name(watched.file), *text, options);
  const double compile_ms = ms_since(compile_began);
  if (!source.module) {
    // Half written, perhaps: it is worth a word only when it stays so.
    if (wait_for_change(path, kQuiet)) return;
    say(source.text);
    const size_t errors = source.compilation ? source.compilation->diagnostics.error_count() : 1;
    return line("ERROR", fmt::format("{}  the running code is unchanged: {} error{}", watched.name, errors, errors == 1 ? "" : "s"));
  }
  if (is_doubted && is_current(*source.module)) {
    watched.live = text;
    watched.live_number = current_number(watched.name);
    return;
  }
  if (changed_again(path)) return;
  if (state_of(path) != state) {
    changed(path);
    return;
  }
  load(path, watched, *text, std::move(source), saved, compile_ms);
}

void Watch::Worker::load(const std::string& path, Watched& watched, const std::string& text, jit::CompiledSource source,
                         Clock::time_point saved, double compile_ms) {
  say(source.text);
  const jit::LoadResult result = server_.load_core(source.module, watched.file, jit::OldCode::Purge);
  if (!result.ok()) {
    say(result.text);
    return line("ERROR", fmt::format("{}  the running code is unchanged", watched.name));
  }
  const double total_ms = ms_since(saved);
  watched.live = text;
  watched.live_number = result.report.number;
  watched.loaded_at = Clock::now();
  const jit::LoadReport& report = result.report;
  std::string out = fmt::format("{} v{} -> v{}  {:.1f} ms (compile {:.1f}, link {:.1f}, swap {:.2f})  {} process{} in older code",
                                watched.name, report.number - 1, report.number, total_ms, compile_ms + report.compile_ms,
                                report.link_ms, report.commit_ms, report.lingering, report.lingering == 1 ? "" : "es");
  if (!report.killed.empty()) {
    out += "; killed";
    for (const rt::Term pid : report.killed) {
      out += ' ';
      rt::write_term(out, pid, rt::Encoding::Unicode);
    }
  }
  line("ok", out);
}

void Watch::Worker::line(std::string_view verdict, std::string_view text) {
  const std::time_t now = std::time(nullptr);
  std::tm local;
  localtime_r(&now, &local);
  say(fmt::format("{:02}:{:02}:{:02} {:<5} {}\n", local.tm_hour, local.tm_min, local.tm_sec, verdict, text));
}

Result<std::unique_ptr<Watch>> Watch::start(jit::CodeServer& server, const std::string& library_dir,
                                            std::chrono::system_clock::time_point began) {
  std::unique_ptr<Watch> watch(new Watch);
  watch->worker_ = std::make_unique<Worker>(server, library_dir, began);
  if (const Result<void> started = watch->worker_->start(); !started) return started.error();
  return watch;
}

Watch::~Watch() {
  if (worker_) worker_->stop();
}

}  // namespace hj::cli
