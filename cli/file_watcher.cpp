#include "cli/file_watcher.h"

#include <fcntl.h>
#include <unistd.h>
#include <uv.h>

#include <cerrno>
#include <future>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace hj::cli {

struct FileWatcher::Loop {
  struct Watch {
    uv_fs_event_t handle;
    std::string directory;
    Loop* loop;
  };
  struct Request {
    std::string directory;
    std::promise<Result<void>> answer;
  };

  uv_loop_t loop;
  uv_async_t wake;
  std::function<void(const std::string&)> changed;
  std::thread thread;
  // The watcher thread's own.
  std::unordered_map<std::string, std::unique_ptr<Watch>> watches;
  // Shared with callers.
  std::mutex mutex;
  std::vector<Request> requests;
  bool stopping = false;

  void serve_requests();
  Result<void> add(const std::string& directory);
  static void on_change(uv_fs_event_t* handle, const char* name, int events, int status);
};

void FileWatcher::Loop::on_change(uv_fs_event_t* handle, const char* name, int, int status) {
  auto* watch = static_cast<Watch*>(handle->data);
  if (status != 0 || name == nullptr || *name == '\0') {
    watch->loop->changed(watch->directory);
  } else {
    watch->loop->changed(watch->directory + "/" + name);
  }
}

Result<void> FileWatcher::Loop::add(const std::string& directory) {
  if (auto found = watches.find(directory); found != watches.end()) {
    uv_fs_event_stop(&found->second->handle);
    const int again = uv_fs_event_start(&found->second->handle, on_change, directory.c_str(), 0);
    return again == 0 ? Result<void>{} : Error{fmt::format("cannot watch {}: {}", directory, uv_strerror(again))};
  }
  auto watch = std::make_unique<Watch>();
  watch->directory = directory;
  watch->loop = this;
  uv_fs_event_init(&loop, &watch->handle);
  watch->handle.data = watch.get();
  const int status = uv_fs_event_start(&watch->handle, on_change, directory.c_str(), 0);
  if (status == 0) {
    watches.emplace(directory, std::move(watch));
    return {};
  }
  // The handle lives until the loop has closed it.
  Watch* dying = watch.release();
  uv_close(reinterpret_cast<uv_handle_t*>(&dying->handle), [](uv_handle_t* h) { delete static_cast<Watch*>(h->data); });
  if (status == UV_ENOSPC || status == UV_EMFILE) {
    return Error{fmt::format("cannot watch {}: the system's inotify limit is reached; raise it with: "
                             "sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024", directory)};
  }
  return Error{fmt::format("cannot watch {}: {}", directory, uv_strerror(status))};
}

void FileWatcher::Loop::serve_requests() {
  std::vector<Request> taken;
  bool stop = false;
  {
    std::lock_guard lock(mutex);
    taken.swap(requests);
    stop = stopping;
  }
  for (Request& request : taken) request.answer.set_value(add(request.directory));
  if (!stop) return;
  for (auto& [directory, watch] : watches) uv_close(reinterpret_cast<uv_handle_t*>(&watch->handle), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&wake), nullptr);
}

Result<std::unique_ptr<FileWatcher>> FileWatcher::start(std::function<void(const std::string&)> changed) {
  auto loop = std::make_unique<Loop>();
  loop->changed = std::move(changed);
  if (const int status = uv_loop_init(&loop->loop); status != 0) {
    return Error{fmt::format("cannot watch files: {}", uv_strerror(status))};
  }
  uv_async_init(&loop->loop, &loop->wake, [](uv_async_t* handle) { static_cast<Loop*>(handle->data)->serve_requests(); });
  loop->wake.data = loop.get();
  loop->thread = std::thread([raw = loop.get()] { uv_run(&raw->loop, UV_RUN_DEFAULT); });
  std::unique_ptr<FileWatcher> watcher(new FileWatcher);
  watcher->loop_ = std::move(loop);
  return watcher;
}

FileWatcher::~FileWatcher() { stop(); }

Result<void> FileWatcher::add_directory(const std::string& directory) {
  std::future<Result<void>> answer;
  {
    std::lock_guard lock(loop_->mutex);
    if (loop_->stopping) return {};
    loop_->requests.push_back({directory, {}});
    answer = loop_->requests.back().answer.get_future();
  }
  uv_async_send(&loop_->wake);
  return answer.get();
}

void FileWatcher::stop() {
  {
    std::lock_guard lock(loop_->mutex);
    if (loop_->stopping) return;
    loop_->stopping = true;
  }
  uv_async_send(&loop_->wake);
  loop_->thread.join();
  uv_loop_close(&loop_->loop);
}

bool is_open_for_writing(const std::string& path) {
  // A read lease is granted only while nobody has the file open for writing. libuv reports writes but not the close that
  // ends a save; asking for the lease does.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return false;
  const bool busy = fcntl(fd, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
  if (!busy) fcntl(fd, F_SETLEASE, F_UNLCK);
  close(fd);
  return busy;
}

}  // namespace hj::cli
