// The options of compile:file/2 and c:c/2 as a struct.
//
// Threads: any thread that may read the terms.
#pragma once
#include <optional>

#include "frontend/pipeline.h"
#include "runtime/abi/term.h"

namespace hj::stdlib {

struct CompileSettings {
  CompileOptions compile;
  bool binary = false;
  bool return_errors = false;
  bool return_warnings = false;
  bool report_errors = false;
  bool report_warnings = false;
};

// compile:file/1's: report both.
CompileSettings default_compile_settings(const CompileOptions& base);
// A list of options, or one option beside the default ones. Unknown options are ignored, as OTP does. Nothing for what is no
// list.
std::optional<CompileSettings> parse_compile_settings(rt::Term options, const CompileOptions& base);

}  // namespace hj::stdlib
