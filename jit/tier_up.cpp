#include "jit/tier_up.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hj::jit {

static void lower_priority_of_this_thread() {
  constexpr int kNice = 10;
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNice);
}

void TierUp::request(uint64_t version_id) {
  std::lock_guard lock(mutex_);
  if (is_stopping_ || !seen_.insert(version_id).second) return;
  queue_.push_back(version_id);
  // Most programs never get hot enough to need the thread.
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

void TierUp::stop() {
  {
    std::lock_guard lock(mutex_);
    is_stopping_ = true;
    queue_.clear();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void TierUp::await_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return queue_.empty() && !is_busy_; });
}

void TierUp::run() {
  lower_priority_of_this_thread();
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return is_stopping_ || !queue_.empty(); });
    if (is_stopping_) return;
    const uint64_t version_id = queue_.front();
    queue_.pop_front();
    is_busy_ = true;
    lock.unlock();
    optimize_(version_id);
    lock.lock();
    is_busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace hj::jit
