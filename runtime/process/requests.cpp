#include "runtime/process/requests.h"

#include <atomic>

#include "runtime/process/interrupt.h"
#include "runtime/process/process_info.h"
#include "runtime/process/receive.h"
#include "runtime/process/send.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

static std::atomic<uint64_t> last_request_id{0};

Answer answer_state(Process& process) {
  fetch_signals(process);
  if (process.reply != nullptr) return Answer::Here;
  return process.request_id == 0 ? Answer::NotAsked : Answer::Open;
}

void ask(Process& process, Term whom, RequestKind kind, Term argument) {
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

void answer_request(Process& process, const NumberedSignal& request) {
  Term answer = am::noproc;
  if (!process.is_exiting) {
    open_heap(process);
    switch (request.request) {
      case RequestKind::IsAlive:
        answer = am::true_;
        break;
      case RequestKind::ProcessInfo:
        answer = process_info(process, request.term);
        break;
      case RequestKind::Collect:
        process.heap.wants_major = true;
        request_collect(process);
        answer = am::true_;
        break;
    }
  }
  NumberedSignal* reply = make_numbered_signal(SignalKind::Reply, process.pid, answer);
  reply->id = request.id;
  deliver(request.from, reply);
}

void receive_reply(Process& process, NumberedSignal* reply) {
  if (reply->id != process.request_id || process.reply != nullptr) {
    free_signal(reply);
    return;
  }
  process.reply = reply;
}

}  // namespace hj::rt
