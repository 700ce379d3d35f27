#include "runtime/code/code_loader.h"

#include "base/check.h"

namespace hj::rt {

namespace {
CodeLoader* loader_instance = nullptr;
}

void set_code_loader(CodeLoader* loader) {
  HJ_CHECK(loader_instance == nullptr || loader == nullptr, "the code loader is set once");
  loader_instance = loader;
}

CodeLoader* code_loader() { return loader_instance; }

}  // namespace hj::rt
