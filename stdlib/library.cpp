#include "stdlib/library.h"

#include <unistd.h>

#include <filesystem>

#include "jit/code_server.h"
#include "runtime/code/code_loader.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

static jit::CodeServer* server = nullptr;

void register_library() { register_all_natives(); }

std::string library_directory() {
  std::error_code error;
  const auto binary = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const auto beside = binary.parent_path().parent_path() / "stdlib";
    if (std::filesystem::exists(beside / "lists.mod", error)) return beside.string();
  }
  return HOTJIT_STDLIB_DIR;
}

void set_code_server(jit::CodeServer* code_server) {
  server = code_server;
  rt::set_code_loader(code_server);
}

jit::CodeServer* code_server() { return server; }

}  // namespace hj::stdlib
