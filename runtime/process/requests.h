// Questions one process asks another: is_process_alive, process_info, garbage_collect.
//
// A question is a signal like any other, so it is answered after everything the asker has sent before: exit(P, kill) followed by
// is_process_alive(P) is false. The asker waits for its answer in a Full native, which runs again whenever something
// arrives:
//
//     if (!has_answer(process)) { if first time: ask(...); return NativeResult::Wait; }
//     Term answer = take_answer(process);
//
// Invariants:
//   RQ1  A process has at most one question open: request_id is its number, 0 when there is none.
//   RQ2  Every question is answered exactly once: by the process asked, or with the atom noproc for a dead one.
//   RQ3  Answers are built where the process's hp and sp are in their fields: at an entry, never in a helper or leaf native.
//        Until then a question waits in open_requests; its arrival has set poll.
//
// Threads: owner only.
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

// -- the asker
enum class Answer : uint8_t { NotAsked, Open, Here };
Answer answer_state(Process& process);
// argument: what the request wants to know of (ProcessInfo: the items).
void ask(Process& process, Term whom, RequestKind kind, Term argument);
// The answer, now on the process's heap; the atom noproc when nobody was there. The question is closed.
Term take_answer(Process& process);

// -- the process asked
void keep_request(Process& process, NumberedSignal* request);
// At an entry (RQ3).
void answer_requests(Process& process);
// At its end.
void refuse_requests(Process& process);

// -- an answer has come
void receive_reply(Process& process, NumberedSignal* reply);

}  // namespace hj::rt
