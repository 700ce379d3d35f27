// Terms as text: what io_lib:format writes for ~w and ~p, ~s and the rest.
//
// Output is UTF-8. The formats are OTP 25's, to the byte; tests compare with it.
//
// Threads: any thread that may read the terms.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/abi/term.h"

namespace hj::rt {

enum class Encoding : uint8_t { Latin1, Unicode };   // ~p against ~tp: what counts as printable

// ~w / ~tw; depth is ~W's argument, negative: no limit.
void write_term(std::string& out, Term term, Encoding encoding, int64_t depth = -1);
// The same of a term that is neither a list cell, a tuple nor a map. Depth (not 0) counts for binaries.
void write_simple(std::string& out, Term term, Encoding encoding, int64_t depth = -1);
// ~p / ~tp: pretty, broken at line_width, starting in column `column` (from 0). depth < 0: no limit (~P's argument else).
struct PrettyOptions {
  int64_t line_width = 80;         // 0: everything on one line
  int64_t column = 0;
  int64_t depth = -1;
  bool strings_as_lists = false;   // ~lp
  Encoding encoding = Encoding::Latin1;
};
void pretty_term(std::string& out, Term term, const PrettyOptions& options);
// An atom with the quotes it needs.
void write_atom(std::string& out, Term atom, Encoding encoding);
// 1.0, 0.1, 1.0e23: the shortest text that reads back.
void write_float(std::string& out, double value);
void write_integer(std::string& out, Term integer, int base = 10);

}  // namespace hj::rt
