// Reads terms in the external format (term_to_binary), for tests that compare with OTP.
//
// Threads: owner of the process.
#pragma once
#include <string_view>

#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;

// The term of one encoded value; a check fails on what the format's subset (no pids, funs, references, maps of more than 32
// keys) does not have.
Term decode_external(Process& process, std::string_view bytes);

}  // namespace hj::rt
