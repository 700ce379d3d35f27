// The library as a whole: what a host (the CLI, tests) does with it once.
//
// Threads: before schedulers start, but flush_output: any thread.
#pragma once
#include <string>

namespace hj::jit {
class CodeServer;
}

namespace hj::stdlib {

// Registers all natives. After prepare_runtime(), before any code is loaded.
void register_library();
// Where the library's .mod files are: ../stdlib beside the binary, or where it was built.
std::string library_directory();
// What code:load_file/1, c:c/1 and calls of unloaded modules use. Must outlive the schedulers.
void set_code_server(jit::CodeServer* server);
jit::CodeServer* code_server();
// Waits until all that programs have printed is written.
void flush_output();

}  // namespace hj::stdlib
