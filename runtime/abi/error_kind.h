// The errors generated code raises by number: the same numbers as core::ErrorKind, which the runtime must not include (the
// code generator asserts that they agree).
//
// Threads: constants.
#pragma once
#include <cstdint>

namespace hj::rt {

enum class ErrorKind : uint8_t {
  Badmatch,         // {badmatch, V}
  CaseClause,       // {case_clause, V}
  TryClause,        // {try_clause, V}
  ElseClause,       // {else_clause, V}
  IfClause,         // if_clause
  FunctionClause,   // function_clause
  Badrecord,        // {badrecord, V}
  Badarg,           // badarg
  Badfun,           // {badfun, V}
  BadGenerator,     // {bad_generator, V}
  BadFilter,        // {bad_filter, V}
  Badmap,           // {badmap, V}
  Badkey,           // {badkey, V}
  Undef,            // undef
  BadargValue,      // {badarg, V}
};

}  // namespace hj::rt
