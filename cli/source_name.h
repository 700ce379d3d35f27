// What a source file is called in diagnostics and stack traces.
//
// Threads: any thread.
#pragma once
#include <string>

namespace hj::cli {

// A file below the working directory by its path from there, as erlc names it; others as they were given.
std::string source_name(const std::string& file);

}  // namespace hj::cli
