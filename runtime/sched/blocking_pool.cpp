#include "runtime/sched/blocking_pool.h"

#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "base/check.h"
#include "runtime/code/code_loader.h"
#include "runtime/code/export_table.h"
#include "runtime/native/native_call.h"
#include "runtime/native/thunks.h"
#include "runtime/process/exit.h"
#include "runtime/sched/park.h"
#include "runtime/sched/progress.h"
#include "runtime/sched/scheduler.h"

namespace hj::rt {

namespace {

struct Pool {
  std::mutex lock;
  std::condition_variable work;
  std::deque<Process*> queue;
  std::vector<pthread_t> threads;
  size_t idle = 0;
  bool stopping = false;
};

Pool& pool() {
  static Pool* instance = new Pool;
  return *instance;
}

}  // namespace

// An undefined function's module is loaded, if it can be found; then the call is made again, or is an error.
static Transfer load_and_call(Process& process, const Export& cell) {
  if (CodeLoader* loader = code_loader()) loader->ensure_loaded(cell.module);
  take_from_holders(process);
  Code target;
  {
    // This thread is offline otherwise (E3).
    const ProgressGuard progress;
    target = active_address(&cell);
  }
  if (target == cell.undefined_thunk) return raise_undefined(process, cell);
  process.resume = target;
  return Transfer::Continue;
}

static void run_blocking(Process& process, Term* x) {
  restore_args(process, x);
  const Thunk& thunk = *thunk_of(process.resume);
  process.leave_reason = LeaveReason::Yield;
  Transfer transfer;
  if (thunk.kind == ThunkKind::Undefined) {
    transfer = load_and_call(process, *thunk.cell);
  } else {
    NativeResult result = run_native(process, *thunk.native);
    take_from_holders(process);
    transfer = apply_native_result(process, result);
  }
  if (transfer == Transfer::Leave && process.leave_reason == LeaveReason::Exit) {
    process.x = nullptr;
    end_process(process);
    return;
  }
  save_args(process);
  // P5: this thread looks at the process once more when it may already run, and end, elsewhere.
  ProgressGuard guard;
  if (process.leave_reason == LeaveReason::Wait) {
    become_waiting(process);
  } else {
    become_runnable(process);
  }
}

static void* pool_thread(void*) {
  Pool& all = pool();
  auto x = std::make_unique<Term[]>(kXRegisters);
  std::unique_lock lock(all.lock);
  for (;;) {
    all.idle++;
    all.work.wait(lock, [&] { return all.stopping || !all.queue.empty(); });
    all.idle--;
    if (all.stopping) return nullptr;
    Process* process = all.queue.front();
    all.queue.pop_front();
    lock.unlock();
    run_blocking(*process, x.get());
    lock.lock();
  }
}

static void add_thread(Pool& all) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kBlockingStackBytes);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, pool_thread, nullptr);
  pthread_attr_destroy(&attributes);
  HJ_CHECK(error == 0 || !all.threads.empty(), "no thread for blocking natives: error {}", error);
  if (error == 0) all.threads.push_back(thread);
}

void submit_blocking(Process& process) {
  Pool& all = pool();
  std::lock_guard guard(all.lock);
  all.queue.push_back(&process);
  if (all.queue.size() > all.idle && all.threads.size() < kMaxBlockingThreads) add_thread(all);
  all.work.notify_one();
}

void start_blocking_pool() {
  std::lock_guard guard(pool().lock);
  pool().stopping = false;
}

void stop_blocking_pool() {
  Pool& all = pool();
  std::vector<pthread_t> threads;
  {
    std::lock_guard guard(all.lock);
    all.stopping = true;
    all.work.notify_all();
    threads.swap(all.threads);
  }
  for (pthread_t thread : threads) pthread_join(thread, nullptr);
  all.queue.clear();
}

}  // namespace hj::rt
