// What hotjit says about itself and how: always on stderr, coloured only where a person looks.
//
// Threads: any thread; one call writes one piece, never torn.
#pragma once
#include <string_view>

#include "frontend/pipeline.h"

namespace hj::cli {

// On a terminal and without NO_COLOR.
Color stderr_color();
// Writes to stderr with one write(2).
void say(std::string_view text);
// "hotjit: text\n"
void complain(std::string_view text);
// All diagnostics of a compilation, sorted, and a closing line that counts them.
void report_diagnostics(const Compilation& compilation);

}  // namespace hj::cli
