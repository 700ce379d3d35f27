// LLVM at work: IR to object code, object code to a linked version. The only owner of the ORC session.
//
// Each version of a module is one JITDylib with one object in it. compile() runs our own TargetMachines (ORC's compile layers
// would hold a context and a module alive for nothing), link() turns the object into a JITLink graph, gives every symbol the
// graph does not define its address there and then (a symbol table of the session is never asked: 0.4 µs a symbol, and no
// session lock), and lets ORC link it into the new dylib. The only symbol a version exports is `hj_entries`, the table of the
// addresses that the version's descriptions need.
//
// Why absolute addresses in the graph and not absoluteSymbols() in the dylib: a missing symbol is found before anything is
// allocated, with its name, as a Result; and no dependency tracking runs over symbols that can never change.
//
// Invariants:
//   EN1  Everything LLVM-made (contexts, modules, objects) lives on one thread at a time; only the session is shared.
//   EN2  A version's machine code is one block in the code area (code_memory.h); its LinkedCode owns it and the dylib.
//   EN3  A failed compile or link leaves nothing behind: no dylib, no pages.
//
// Threads: any thread, several at once. compile() needs a stack of a few MB for large functions.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "runtime/abi/context.h"
#include "runtime/code/version.h"

namespace llvm {
class MemoryBuffer;
class Module;
class TargetMachine;
}  // namespace llvm

namespace hj::jit {

// How much effort LLVM spends: Quick compiles at once, Optimized makes what is hot fast.
enum class Tier : uint8_t { Quick, Optimized };

// An object file in memory.
class ObjectCode {
 public:
  explicit ObjectCode(std::unique_ptr<llvm::MemoryBuffer> buffer);
  ObjectCode(ObjectCode&&) noexcept;
  ObjectCode& operator=(ObjectCode&&) noexcept;
  ~ObjectCode();
  static ObjectCode copy_of(std::string_view bytes);
  std::string_view bytes() const;

 private:
  std::unique_ptr<llvm::MemoryBuffer> buffer_;
};

// Where something that generated code names by symbol is.
struct SymbolAddress {
  std::string name;
  uint64_t address;
};

// The name of the table of entries every object must define.
inline constexpr const char* kEntriesSymbol = "hj_entries";

class Engine;

// The machine code of one version; destroying it removes the dylib and gives the pages back.
class LinkedCode : public rt::CodeHandle {
 public:
  LinkedCode(Engine& engine, void* dylib, const char* begin, const char* end, const rt::Code* entries)
      : engine_(engine), dylib_(dylib), begin_(begin), end_(end), entries_(entries) {}
  ~LinkedCode() override;
  const char* begin() const { return begin_; }
  const char* end() const { return end_; }
  // The first element of hj_entries; the code generator knows how many there are.
  const rt::Code* entries() const { return entries_; }

 private:
  Engine& engine_;
  void* dylib_;
  const char* begin_;
  const char* end_;
  const rt::Code* entries_;
};

class Engine {
 public:
  // Fails when this LLVM has no code generator for this machine.
  static Result<std::unique_ptr<Engine>> create();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Gives the module the target's triple and data layout: before IR is built into it.
  void prepare(llvm::Module& module) const;
  Result<ObjectCode> compile(llvm::Module& module, Tier tier);
  // The assembly text that compile() would make into an object, for `emit --phase asm`.
  Result<std::string> assembly(llvm::Module& module, Tier tier);

  // `name` must be unique among the versions alive ("counter@7"). Every symbol the object does not define must be in `symbols`.
  Result<std::unique_ptr<LinkedCode>> link(const std::string& name, const ObjectCode& object,
                                           std::span<const SymbolAddress> symbols);

  // Everything an object depends on but its module and the tier: LLVM, the processor, the code model, this executable.
  const std::string& fingerprint() const;

  struct Usage {
    size_t dylibs = 0;
    size_t code_bytes = 0;
  };
  Usage usage() const;

 private:
  friend class LinkedCode;
  struct State;

  explicit Engine(std::unique_ptr<State> state);
  void remove(void* dylib);

  std::unique_ptr<State> state_;
};

}  // namespace hj::jit
