// From a Core module to an rt::Version whose code is linked and whose tables are filled; nobody can reach it yet.
//
// Compiling (LLVM, milliseconds) and building (addresses, microseconds) are two steps, so that compiles need no lock, and so
// that an object may come from somewhere else than LLVM. What a version needs of the runtime's tables (atoms, cells, fun
// entries) is interned on the way: that is never undone and harms nobody, so a failure half-way leaves nothing to repair.
//
// Invariants:
//   VB1  A version has no entry that anybody outside can reach before the code server commits it: cells and fun entries are
//        written there, not here.
//   VB2  The literal area belongs to the version from the moment it is allocated; who destroys a version that never became
//        current calls discard_version().
//
// Threads: any thread, several at once.
#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "frontend/core/core.h"
#include "jit/codegen/lowered_module.h"
#include "jit/engine.h"
#include "jit/literals.h"
#include "jit/object_cache.h"
#include "runtime/code/version.h"

namespace hj::jit {

// A module after LLVM: everything a version is built from. Knows no address.
struct CompiledModule {
  std::shared_ptr<const core::Module> core;   // shared: several versions and the loaded-from memory may hold one text
  std::string hash;
  LiteralLayout literals;
  codegen::LoweredModule tables;              // its IR has been consumed
  std::unique_ptr<ObjectCode> object;
  double compile_ms = 0;
};

// With a cache, the object is looked for there first, and kept there when it was worth its compile.
Result<CompiledModule> compile_module(Engine& engine, std::shared_ptr<const core::Module> module, Tier tier,
                                      ObjectCache* cache = nullptr);

Result<std::unique_ptr<rt::Version>> build_version(Engine& engine, const CompiledModule& compiled, uint32_t number);

// What Version::code is: the linked code, and the Core that an optimizing compile of the version starts from.
struct VersionCode final : rt::CodeHandle {
  std::unique_ptr<LinkedCode> linked;
  std::shared_ptr<const core::Module> core;
};
inline const VersionCode& code_of(const rt::Version& version) { return static_cast<const VersionCode&>(*version.code); }

// Links a second compile of the same Core as the version's fast body, which nobody can reach yet.
Result<std::unique_ptr<rt::FastBody>> build_fast_body(Engine& engine, const CompiledModule& compiled,
                                                      const rt::Version& version);

// Destroys a version that was never committed: its code and its literals.
void discard_version(std::unique_ptr<rt::Version> version);

// Gives the module the attribute vsn when it has none: its hash as an integer, as OTP does.
void add_default_vsn(core::Module& module);

}  // namespace hj::jit
