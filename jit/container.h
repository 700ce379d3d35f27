// What compile:file(F, [binary]) gives and code:load_binary/3 takes: OTP's container (FOR1 ... BEAM) with a chunk of our own.
//
// The chunk HJCO holds the module as Core text; AtU8, Attr-less, holds its name, so that tools that look for the module's
// name find it. Why Core and not machine code: it is small, independent of the machine and of LLVM, and compiling it costs
// what compiling the source would without its frontend part.
//
// Invariant: read_container(write_container(m)) is m, and any other bytes are an error, never a crash: they come from
// wherever the Erlang program got them.
//
// Threads: any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "frontend/core/core.h"

namespace hj::jit {

std::string write_container(const core::Module& module);

// The module of a container; verified.
Result<std::unique_ptr<core::Module>> read_container(std::string_view bytes);

}  // namespace hj::jit
