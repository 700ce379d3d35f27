// Raw traces and the lists made of them (exception.h says what they look like).
//
// Threads: owner of the process.
#pragma once
#include "runtime/process/process.h"

namespace hj::rt {

// Of the pending exception. Consumes raise_entry, raise_native, exception_args, raise_cause. first_line: {M, F, Args} to stand in
// front, or [].
Term make_raw_trace(Process& process, Term first_line = Term::nil());
// [{M, F, Arity | Args, Location}].
Term build_stacktrace(Process& process, Term raw_trace);

// The module whose errors module explains the natives of `module`: erl_erts_errors etc., or a non-value.
Term errors_module_of(Term module);

}  // namespace hj::rt
