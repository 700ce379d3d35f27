// Generated code as text, for `hotjit emit` and tests: LLVM IR as code generation makes it, or a tier's assembly.
//
// Threads: any thread; needs a running runtime's code space (atoms and natives are looked up).
#pragma once
#include <string>

#include "base/result.h"
#include "frontend/core/core.h"
#include "jit/engine.h"

namespace hj::jit {

enum class CodeText : uint8_t { Ir, Assembly };

Result<std::string> emit_code_text(const core::Module& module, CodeText form, Tier tier);

}  // namespace hj::jit
