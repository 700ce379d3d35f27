#include "runtime/process/requests.h"

#include <atomic>

#include "runtime/process/interrupt.h"
#include "runtime/process/process_info.h"
#include "runtime/process/receive.h"
#include "runtime/process/send.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

static std::atomic<uint64_t> last_request_id{0};

Answer answer_state(Process& process) {
  fetch_signals(process);
  answer_requests(process);
  if (process.reply != nullptr) return Answer::Here;
  return process.request_id == 0 ? Answer::NotAsked : Answer::Open;
}

void ask(Process& process, Term whom, RequestKind kind, Term argument) {
  ProgressGuard guard;
  NumberedSignal* request = make_numbered_signal(SignalKind::Request, process.pid, argument);
  // Relaxed: only has to be unique.
  process.request_id = request->id = last_request_id.fetch_add(1, std::memory_order_relaxed) + 1;
  request->request = kind;
  deliver(whom, request);
}

Term take_answer(Process& process) {
  Signal* reply = process.reply;
  Term answer = reply->term;
  process.reply = nullptr;
  process.request_id = 0;
  own_message(process, reply);
  return answer;
}

void keep_request(Process& process, NumberedSignal* request) {
  request->next = process.open_requests;
  process.open_requests = request;
  // Relaxed: read by the same thread, at the next entry.
  process.poll.store(kInterrupted, std::memory_order_relaxed);
}

static Term answer_to(Process& process, const NumberedSignal& request) {
  switch (request.request) {
    case RequestKind::IsAlive: return am::true_;
    case RequestKind::ProcessInfo: return process_info(process, request.term);
    case RequestKind::Collect:
      process.heap.wants_major = true;
      request_collect(process);
      return am::true_;
  }
  return am::noproc;
}

// Oldest first, emptied.
static Signal* take_requests(Process& process) {
  Signal* oldest = nullptr;
  while (process.open_requests != nullptr) {
    Signal* request = process.open_requests;
    process.open_requests = request->next;
    request->next = oldest;
    oldest = request;
  }
  return oldest;
}

void answer_requests(Process& process) {
  Signal* each = take_requests(process);
  while (each != nullptr) {
    auto* request = static_cast<NumberedSignal*>(each);
    each = each->next;
    ProgressGuard guard;
    NumberedSignal* reply = make_numbered_signal(SignalKind::Reply, process.pid, answer_to(process, *request));
    reply->id = request->id;
    deliver(request->from, reply);
    free_signal(request);
  }
}

void refuse_requests(Process& process) {
  Signal* each = take_requests(process);
  while (each != nullptr) {
    Signal* next = each->next;
    answer_for_dead(process.pid, each, am::noproc);
    each = next;
  }
}

void receive_reply(Process& process, NumberedSignal* reply) {
  if (reply->id != process.request_id || process.reply != nullptr) {
    free_signal(reply);
    return;
  }
  process.reply = reply;
}

}  // namespace hj::rt
