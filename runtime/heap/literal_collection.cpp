#include "runtime/heap/literal_collection.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "runtime/code/code_space.h"
#include "runtime/code/purge.h"
#include "runtime/heap/copy.h"
#include "runtime/heap/gc.h"
#include "runtime/heap/object_layout.h"
#include "runtime/heap/roots.h"
#include "runtime/process/hold.h"
#include "runtime/process/process.h"
#include "runtime/process/table.h"
#include "runtime/sched/progress.h"

namespace hj::rt {

namespace {

bool leads_into(Term term, const LiteralArea& area) { return is_pointer(term) && area.contains(pointee(term)); }

// Words, whatever they are: a number that looks like a pointer into the area costs a collection, no more.
bool any_leads_into(const Term* at, const Term* end, const LiteralArea& area) {
  for (; at < end; at++) {
    if (leads_into(*at, area)) return true;
  }
  return false;
}

bool heap_refers_to(Process& process, const LiteralArea& area) {
  const Heap& heap = process.heap;
  if (any_leads_into(heap.begin, process.hp, area) || any_leads_into(process.sp, heap.end, area)) return true;
  for (const OldChunk* chunk = heap.old_first; chunk != nullptr; chunk = chunk->next) {
    if (any_leads_into(chunk->data, chunk->top, area)) return true;
  }
  for (const Fragment* fragment = heap.fragments; fragment != nullptr; fragment = fragment->next) {
    if (any_leads_into(fragment->data, fragment->data + fragment->used, area)) return true;
  }
  bool found = false;
  auto look = [&](Term& root) { found = found || leads_into(root, area); };
  for_each_root(process, look);
  for_each_exception_root(process, look);
  return found;
}

// Replaces pointers into the area by pointers to copies, which it hangs behind the fragment of the message.
class MessagePatcher {
 public:
  MessagePatcher(Fragment*& fragment, const LiteralArea& area) : fragment_(fragment), area_(area) {}

  // Whether there was anything to replace.
  bool patch(Term& root) {
    patch_term(root);
    Fragment** end = &fragment_;
    for (; *end != nullptr; end = &(*end)->next) patch_words(**end);
    *end = copies_;
    return copies_ != nullptr;
  }

 private:
  void patch_words(Fragment& fragment) {
    const Term* end = fragment.data + fragment.used;
    for (Term* at = fragment.data; at < end;) {
      if (at->is_header()) {
        at += is_raw_header(at->bits) ? 1 + Term::size_of(at->bits) : 1;
      } else {
        patch_term(*at++);
      }
    }
  }

  void patch_term(Term& term) {
    if (!leads_into(term, area_)) return;
    Term& copied = copied_.try_emplace(term.bits).first->second;
    if (!copied.is_value()) {
      // The area is published, so both passes copy its literals.
      Fragment* copy = make_fragment(copied_words(term));
      copied = copy_to_fragment(term, *copy);
      copy->next = copies_;
      copies_ = copy;
    }
    term = copied;
  }

  Fragment*& fragment_;
  const LiteralArea& area_;
  Fragment* copies_ = nullptr;
  std::unordered_map<uint64_t, Term> copied_;
};

bool drop_from_signal(Signal& signal, const LiteralArea& area) {
  return signal.fragment != nullptr && MessagePatcher(signal.fragment, area).patch(signal.term);
}

bool drop_from_queue(Signal* signal, const LiteralArea& area) {
  bool found = false;
  for (; signal != nullptr; signal = signal->next) found = drop_from_signal(*signal, area) || found;
  return found;
}

// What arrives while this runs is pushed in front of the newest one seen here.
Signal* newest_arrival(Process& process) {
  // Acquire: pairs with push. The owner, who alone takes the list, does not run.
  Signal* newest = process.outbox.outer.load(std::memory_order_acquire);
  return newest == MailboxSenderSide::closed_mark() ? nullptr : newest;
}

enum class Looked : uint8_t { Done, Blocked };

Looked look_at(Process& process, const LiteralArea& area) {
  const Hold hold(process);
  if (hold.as() == HeldAs::Blocked) return Looked::Blocked;
  if (hold.as() == HeldAs::Parked) drop_literals(process, area);
  return Looked::Done;
}

class LiteralCollector {
 public:
  void release(const LiteralArea& area) {
    std::lock_guard guard(lock_);
    queue_.push_back(area);
    is_stopping_ = false;
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    changed_.notify_all();
  }

  void stop() {
    std::thread ended;
    {
      std::lock_guard guard(lock_);
      is_stopping_ = true;
      changed_.notify_all();
      ended.swap(thread_);
    }
    if (ended.joinable()) ended.join();
  }

  void await_idle() {
    std::unique_lock guard(lock_);
    changed_.wait(guard, [&] { return queue_.empty() || is_stopping_; });
  }

  size_t area_count() {
    std::lock_guard guard(lock_);
    return queue_.size();
  }

 private:
  bool is_stopping() {
    std::lock_guard guard(lock_);
    return is_stopping_;
  }

  void run() {
    std::unique_lock guard(lock_);
    while (true) {
      changed_.wait(guard, [&] { return is_stopping_ || !queue_.empty(); });
      if (is_stopping_) return;
      const LiteralArea area = queue_.front();
      guard.unlock();
      bool is_free = collect_area(area);
      guard.lock();
      if (!is_free) return;
      queue_.pop_front();
      changed_.notify_all();
    }
  }

  // The steps of the header. False: stopped on the way, the area is still in use.
  bool collect_area(const LiteralArea& area) {
    // Release: pairs with the acquire in look_at_retiring_literals (copy.cpp).
    retiring_literals.store(&area, std::memory_order_release);
    wait_for_progress(take_progress_target());
    bool done = look_at_all(area) == Round::Complete;
    if (!done && !is_stopping()) done = look_at_all(area) != Round::Stopped;
    retiring_literals.store(nullptr, std::memory_order_release);
    // L2: nobody looks at the published object any more.
    wait_for_progress(take_progress_target());
    if (done) free_area(area);
    return done;
  }

  enum class Round : uint8_t { Complete, SomeWereBlocked, Stopped };

  Round look_at_all(const LiteralArea& area) {
    std::vector<Term> blocked;
    bool stopped = false;
    for_each_process([&](Process& process) {
      stopped = stopped || is_stopping();
      if (!stopped && look_at(process, area) == Looked::Blocked) blocked.push_back(process.pid);
    });
    if (stopped) return Round::Stopped;
    if (blocked.empty()) return Round::Complete;
    auto pause = std::chrono::microseconds(100);
    while (!blocked.empty()) {
      if (is_stopping()) return Round::Stopped;
      std::this_thread::sleep_for(pause);
      if (pause < std::chrono::milliseconds(20)) pause *= 2;
      std::erase_if(blocked, [&](Term pid) {
        const ProgressGuard guard;
        Process* process = find_process(pid);
        return process == nullptr || look_at(*process, area) == Looked::Done;
      });
    }
    return Round::SomeWereBlocked;
  }

  static void free_area(const LiteralArea& area) {
    for (const Term* at = area.begin; at < area.end;) {
      if (at->is_header() && Term::subtag_of(at->bits) == Subtag::RefcBinary)
        release_binary(reinterpret_cast<const RefcBinaryObject*>(at)->binary);
      at += at->is_header() && is_raw_header(at->bits) ? 1 + Term::size_of(at->bits) : 1;
    }
    auto* begin = reinterpret_cast<char*>(const_cast<Term*>(area.begin));
    free_code_space(CodeSpaceArea::Literals, begin, static_cast<size_t>(area.end - area.begin) * sizeof(Term));
  }

  std::mutex lock_;
  std::condition_variable changed_;
  std::deque<LiteralArea> queue_;   // the first is being worked on
  bool is_stopping_ = false;
  std::thread thread_;
};

LiteralCollector& collector() {
  // Never destroyed: its thread may outlive static destructors when a program exits without stopping the runtime.
  static auto* instance = new LiteralCollector;
  return *instance;
}

}  // namespace

bool drop_literals(Process& process, const LiteralArea& area) {
  bool found = heap_refers_to(process, area);
  if (found) collect_literals(process, area.begin, area.end);
  found = drop_from_queue(process.inbox.first, area) || found;
  found = drop_from_queue(newest_arrival(process), area) || found;
  found = drop_from_queue(process.open_requests, area) || found;
  if (process.reply != nullptr) found = drop_from_signal(*process.reply, area) || found;
  found = MessagePatcher(process.exit_fragment, area).patch(process.exit_reason) || found;
  return found;
}

void release_literals(Term* begin, Term* end) { collector().release({begin, end}); }

void stop_literal_collector() { collector().stop(); }

void await_literal_collector() { collector().await_idle(); }

size_t retiring_area_count() { return collector().area_count(); }

}  // namespace hj::rt
