// What programs print: bytes on their way to stdout and stderr.
//
// A native hands over whole pieces and goes on; one thread a stream writes them in order. Why: a reader that is slow (a pipe, a
// terminal held by ^S) must not stop a scheduler. A reader that went away makes everything further disappear, as a closed
// terminal does.
//
// Invariants:
//   O1  Pieces of one stream are written in the order put() took them, each unbroken.
//   O2  After flush() all that was put before has been written or dropped.
//
// Threads: any thread.
#pragma once
#include <string>
#include <string_view>

namespace hj::stdlib {

enum class OutputStream : uint8_t { Stdout, Stderr };

void put_output(OutputStream stream, std::string bytes);
// So much is waiting that a producer should let others run first.
bool is_output_backed_up(OutputStream stream);
// Waits until both streams have written all they have been given.
void flush_output();

}  // namespace hj::stdlib
