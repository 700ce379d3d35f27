// The helper hj_rt_set_error: the reason of an error generated code found itself.
#include "runtime/abi/error_kind.h"
#include "runtime/abi/runtime_calls.h"
#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

static Term reason_of(Process& process, ErrorKind kind, Term value) {
  auto pair = [&](Term tag) { return make_tuple(process, {tag, value}); };
  switch (kind) {
    case ErrorKind::Badmatch: return pair(am::badmatch);
    case ErrorKind::CaseClause: return pair(am::case_clause);
    case ErrorKind::TryClause: return pair(am::try_clause);
    case ErrorKind::ElseClause: return pair(am::else_clause);
    case ErrorKind::IfClause: return am::if_clause;
    case ErrorKind::FunctionClause: return am::function_clause;
    case ErrorKind::Badrecord: return pair(am::badrecord);
    case ErrorKind::Badarg: return am::badarg;
    case ErrorKind::Badfun: return pair(am::badfun);
    case ErrorKind::BadGenerator: return pair(am::bad_generator);
    case ErrorKind::BadFilter: return pair(am::bad_filter);
    case ErrorKind::Badmap: return pair(am::badmap);
    case ErrorKind::Badkey: return pair(am::badkey);
    case ErrorKind::Undef: return am::undef;
    case ErrorKind::BadargValue: return pair(am::badarg);
  }
  return am::badarg;
}

extern "C" void hj_rt_set_error(Process* process, uint64_t kind, Term value) {
  raise_error(*process, reason_of(*process, static_cast<ErrorKind>(kind), value));
  process->raise_native = nullptr;
  // A function_clause has put the function's arguments into x[0 .. need).
  if (static_cast<ErrorKind>(kind) == ErrorKind::FunctionClause) {
    process->exception_args = make_list(*process, {process->x, process->need});
  }
}

}  // namespace hj::rt
