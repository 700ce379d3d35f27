// Cases made and answered by a real OTP: tests/differential/terms_oracle.escript.
//
// A case is {Question, Arguments, Answer}; the answer is {ok, Value} or {error, Reason}. Tests ask hotjit the same question.
// HOTJIT_TEST_SEED and HOTJIT_TEST_COUNT choose other cases and more of them; without an `escript` on the path a test that
// needs one is skipped.
//
// Threads: test thread.
#pragma once
#include <functional>
#include <string>

#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;

struct OracleCase {
  Term question;    // atom
  Term arguments;   // list
  Term answer;
  Term argument(int i) const;
};

// Runs every case of a kind; `answer` gives hotjit's answer in the oracle's form. Differences fail the current test.
void compare_with_otp(const char* kind, int count, const std::function<Term(Process&, const OracleCase&)>& answer);

// -- forms of answers
Term ok_answer(Process& process, Term value);
// {ok, Value}, or {error, Reason} for a non-value: the exception set in the process.
Term answer_of(Process& process, Term value_or_raised);

}  // namespace hj::rt
