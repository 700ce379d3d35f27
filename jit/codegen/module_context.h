// The LLVM module under construction and what all of its functions share: types, entries, externals, constants.
//
// Invariants:
//   MC1  Every declaration of something outside is made here and listed in LoweredModule::externals.
//   MC2  Entry functions are private: the assembler resolves jumps between them, and the object's symbol table stays empty.
//
// Threads: one.
#pragma once
#include <llvm/IR/Constants.h>
#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jit/codegen/lowered_module.h"
#include "jit/codegen/plan.h"

namespace hj::codegen {

// Parts of memory that never overlap within a segment, for LLVM's alias analysis.
enum class MemoryKind : uint8_t { Heap, Frame, Process, Arguments, Cell };
inline constexpr size_t kMemoryKinds = 5;

// What calling a helper or native does to the registers of a segment.
enum class Allocates : uint8_t { No, Yes };
// Slow: a path seldom taken; the call preserves registers, so that the fast path keeps its values where they are.
enum class CallPath : uint8_t { Usual, Slow };

class ModuleContext {
 public:
  ModuleContext(const core::Module& module, const ModulePlan& plan, NativeLookup& natives, const CodegenOptions& options,
                LoweredModule& lowered);

  const core::Module& core() const { return core_; }
  const ModulePlan& plan() const { return plan_; }
  NativeLookup& natives() { return natives_; }
  const CodegenOptions& options() const { return options_; }
  llvm::LLVMContext& llvm_context() { return *lowered_.context; }

  llvm::IntegerType* word_type() const { return word_; }
  llvm::PointerType* pointer_type() const { return pointer_; }
  llvm::FunctionType* code_type() const { return code_; }
  llvm::ConstantInt* word(uint64_t value) const { return llvm::ConstantInt::get(word_, value); }

  // The function of an entry: defined here, or an external of the version's other body.
  llvm::Function* entry(EntryId id);
  bool is_emitted(core::FunctionId id) const { return emitted_[id.index]; }

  llvm::Constant* literal(core::LiteralId id);
  // The word of a literal that is an immediate.
  std::optional<uint64_t> immediate(core::LiteralId id) const;
  uint64_t atom_word(std::string_view text) const;

  // -- externals
  llvm::Function* transfer(const char* name);
  llvm::FunctionCallee helper(const char* name, llvm::Type* result, llvm::ArrayRef<llvm::Type*> arguments);
  llvm::FunctionCallee native(const rt::NativeEntry& native);
  // The stub through which C functions are called: it aligns the stack (lower.cpp).
  llvm::Function* call_stub(CallPath path);
  llvm::Constant* native_entry(const rt::NativeEntry& native);
  llvm::Constant* cell(std::string_view module, std::string_view function, uint32_t arity);
  llvm::Constant* fun_entry(uint32_t lambda);
  llvm::Constant* code_index();
  llvm::Constant* call_cache();

  llvm::MDNode* memory_tag(MemoryKind kind) const { return tags_[static_cast<size_t>(kind)]; }
  // Weights of a branch whose first target is the rare, or the usual one.
  llvm::MDNode* unlikely() const { return unlikely_; }
  llvm::MDNode* likely() const { return likely_; }

  // Defines hj_entries. Behind everything else.
  void finish();

 private:
  void make_tags();
  void declare_entry(EntryId id, core::FunctionId function);
  // Declared on first use; `external` says what it is.
  llvm::Constant* variable(const std::string& symbol, External external);
  llvm::Function* function(const std::string& symbol, llvm::FunctionType* type, External external);

  const core::Module& core_;
  const ModulePlan& plan_;
  NativeLookup& natives_;
  const CodegenOptions& options_;
  LoweredModule& lowered_;

  llvm::IntegerType* word_;
  llvm::PointerType* pointer_;
  llvm::FunctionType* code_;
  llvm::MDNode* tags_[kMemoryKinds];
  llvm::MDNode* unlikely_;
  llvm::MDNode* likely_;
  llvm::GlobalVariable* version_;
  std::vector<core::FunctionId> function_of_entry_;
  std::vector<bool> emitted_;                 // by FunctionId
  std::vector<llvm::Function*> entries_;      // by EntryId
  std::unordered_map<std::string, llvm::GlobalValue*> declared_;
};

// A name in which only letters, digits and _ . - stand for themselves; distinct texts have distinct names.
std::string symbol_text(std::string_view text);

}  // namespace hj::codegen
