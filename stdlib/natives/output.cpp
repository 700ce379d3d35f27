#include "stdlib/natives/output.h"

#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "stdlib/library.h"

namespace hj::stdlib {

namespace {

constexpr size_t kBackedUpBytes = size_t{4} << 20;

class Writer {
 public:
  explicit Writer(int fd) : fd_(fd) {}

  void put(std::string bytes) {
    std::lock_guard lock(mutex_);
    // The thread is started by the first piece: most programs never write to stderr.
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    waiting_ += bytes;
    changed_.notify_all();
  }

  bool is_backed_up() {
    std::lock_guard lock(mutex_);
    return waiting_.size() > kBackedUpBytes;
  }

  void flush() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.empty() && !is_writing_; });
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return !waiting_.empty(); });
      std::string batch;
      batch.swap(waiting_);
      is_writing_ = true;
      lock.unlock();
      write_all(batch);
      lock.lock();
      is_writing_ = false;
      changed_.notify_all();
    }
  }

  void write_all(std::string_view bytes) {
    while (!bytes.empty() && !is_gone_) {
      const ssize_t written = write(fd_, bytes.data(), bytes.size());
      if (written < 0 && (errno == EINTR || errno == EAGAIN)) {
        if (errno == EAGAIN) std::this_thread::yield();
        continue;
      }
      if (written < 0) is_gone_ = true;
      if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
    }
  }

  const int fd_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  bool is_writing_ = false;
  // The writer thread's own.
  bool is_gone_ = false;
  std::thread thread_;
};

// Never destroyed: their threads run until the process ends.
Writer& writer(OutputStream stream) {
  static Writer& out = *new Writer(STDOUT_FILENO);
  static Writer& err = *new Writer(STDERR_FILENO);
  return stream == OutputStream::Stdout ? out : err;
}

}  // namespace

void put_output(OutputStream stream, std::string bytes) {
  if (!bytes.empty()) writer(stream).put(std::move(bytes));
}

bool is_output_backed_up(OutputStream stream) { return writer(stream).is_backed_up(); }

void flush_output() {
  writer(OutputStream::Stdout).flush();
  writer(OutputStream::Stderr).flush();
}

}  // namespace hj::stdlib
