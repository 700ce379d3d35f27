// What code generation hands to the engine: LLVM IR for one module of Erlang, and the tables that describe it.
//
// The IR has one function per entry (descriptor.h), all private, and one global symbol, `hj_entries`: a constant array with
// the address of every entry, in order, so that one look-up gives all addresses. Everything that stands outside is an
// external symbol listed in `externals` with what the engine needs to find its address; names are never parsed, hold no
// version number and no address, and so an object compiled from the IR can be kept and linked again.
//
// Invariants:
//   LM1  entries[i] and descriptors[i] belong together; CodePrefix::descriptor of entry i is i, in every tier.
//   LM2  functions[i] is core function i. Sites: the first are the module's own (core::SiteId), then those made here.
//   LM3  `externals` holds every symbol the IR declares and does not define, once.
//
// Threads: one at a time; the module and its context belong together and move to whoever compiles them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.h"
#include "frontend/core/core.h"
#include "jit/literals.h"
#include "runtime/abi/descriptor.h"
#include "runtime/code/version.h"

namespace llvm {
class LLVMContext;
class Module;
}  // namespace llvm

namespace hj::rt {
struct NativeEntry;
}

namespace hj::codegen {

using EntryId = Id<struct EntryTag>;

// The array of all entries' addresses. 0 where an entry was not emitted (CodegenOptions::only).
inline constexpr const char* kEntriesSymbol = "hj_entries";

enum class ExternalKind : uint8_t {
  Version,      // hj_version: the rt::Version; stands in every prefix
  Literals,     // hj_literals: the begin of the version's literals
  Cell,         // the Export of module:function/arity
  Fun,          // the FunEntry of lambdas[index]
  CodeIndex,    // hj_code_index
  CallCache,    // hj_call_cache
  Transfer,     // a stub of runtime_calls.def, by its name: hj_yield ...
  Helper,       // a helper of runtime_calls.def, by its name: hj_rt_add ...
  Native,       // native->function
  NativeEntry,  // native itself
  Entry,        // entry `index` of the same version's other body (CodegenOptions::only)
};

struct External {
  ExternalKind kind = ExternalKind::Version;
  std::string symbol = {};
  std::string module = {};                 // Cell: UTF-8
  std::string function = {};               // Cell
  uint32_t arity = 0;                      // Cell
  uint32_t index = 0;                      // Fun, Entry
  const rt::NativeEntry* native = nullptr; // Native, NativeEntry
};

// rt::FunctionInfo, its entry as an index.
struct LoweredFunction {
  std::string name = {};   // UTF-8
  uint32_t arity = 0;
  bool exported = false;
  EntryId entry = {};      // none: a TryBody
};

// rt::Descriptor, its handler as an index.
struct LoweredDescriptor {
  rt::Descriptor descriptor;   // handler is null
  EntryId handler;             // is_handler_frame
};

// A fun of the module: what rt::FunEntry is filled from.
struct LoweredLambda {
  uint32_t index = 0;          // core::Function::lambda_index
  uint32_t arity = 0;          // without the free variables
  uint32_t free_count = 0;
  std::string name = {};       // UTF-8: '-f/0-fun-0-'
  EntryId entry = {};          // the wrapper: FunEntry::code
};

struct LoweredModule {
  LoweredModule();
  LoweredModule(LoweredModule&&) noexcept;
  LoweredModule& operator=(LoweredModule&&) noexcept;
  ~LoweredModule();

  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
  std::vector<External> externals;
  // Number of elements of hj_entries.
  uint32_t entry_count = 0;

  // -- tables of the rt::Version
  std::vector<LoweredFunction> functions;
  std::vector<LoweredDescriptor> descriptors;
  std::vector<uint64_t> slot_maps;
  std::vector<rt::SiteInfo> sites;
  std::vector<std::string> files;
  // In the order of the lambdas' functions; External::index of a Fun counts here.
  std::vector<LoweredLambda> lambdas;
};

struct CodegenOptions {
  // Gives the empty module its triple and data layout (Engine::prepare). May be null.
  std::function<void(llvm::Module&)> prepare;
  // Where terms that are no immediates will stand; made from the same core module.
  const LiteralLayout* literals = nullptr;
  // The native m:f/arity, or null. Null: rt::find_native.
  std::function<const rt::NativeEntry*(std::string_view module, std::string_view function, uint32_t arity)> find_native;
  // Every entry first asks whether the process wants to be collected (context.h, chaos_collect).
  bool chaos = false;
  // Blocks and values keep names, for people who read the IR.
  bool readable = false;
  // Emit the entries of these functions only; empty: all. Numbers of entries, descriptors and sites stay the same.
  std::vector<core::FunctionId> only;
};

// Requires a module that verify_core accepts.
LoweredModule lower(const core::Module& module, const CodegenOptions& options);

// Its tables alone, for a module whose object is at hand: no IR, no context, no externals.
LoweredModule lower_tables(const core::Module& module, const CodegenOptions& options);

}  // namespace hj::codegen
