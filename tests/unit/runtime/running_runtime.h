// A runtime with schedulers, for tests whose programs are natives: no generated code is needed to run processes.
#pragma once
#include <gtest/gtest.h>

#include <initializer_list>

#include "runtime/heap/build.h"
#include "runtime/native/native.h"
#include "runtime/native/native_call.h"
#include "runtime/process/process.h"
#include "runtime/runtime.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

// Starts on construction, stops on destruction.
class RunningRuntime {
 public:
  explicit RunningRuntime(uint32_t schedulers) {
    static const bool is_prepared = prepare_runtime().ok();
    EXPECT_TRUE(is_prepared);
    start_runtime({.schedulers = schedulers});
  }
  ~RunningRuntime() { stop_runtime(); }

  // Runs module:function() and its descendants to their end.
  ProgramEnd run(const char* function) {
    Program program = start_program(intern_atom("t"), intern_atom(function), Term::nil());
    return wait_for_program(program);
  }
};

// Registers a Full native t:name/arity once.
inline bool add_native(const char* name, uint8_t arity, FullFunction function, NativeKind kind = NativeKind::Full) {
  static const bool is_prepared = prepare_runtime().ok();
  EXPECT_TRUE(is_prepared);
  auto* entry = new NativeEntry{"t", name, arity, kind, true, reinterpret_cast<void*>(function), name};
  register_natives({entry, 1});
  return true;
}

}  // namespace hj::rt
