#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include "base/check.h"
#include "jit/codegen/lowered_module.h"
#include "jit/codegen/module_context.h"
#include "jit/codegen/segment_emitter.h"
#include "runtime/term/atoms.h"

namespace hj::codegen {

LoweredModule::LoweredModule() = default;
LoweredModule::LoweredModule(LoweredModule&&) noexcept = default;
// The module goes before the context it lives in.
LoweredModule& LoweredModule::operator=(LoweredModule&& other) noexcept {
  module = std::move(other.module);
  context = std::move(other.context);
  externals = std::move(other.externals);
  entry_count = other.entry_count;
  functions = std::move(other.functions);
  descriptors = std::move(other.descriptors);
  slot_maps = std::move(other.slot_maps);
  sites = std::move(other.sites);
  files = std::move(other.files);
  lambdas = std::move(other.lambdas);
  return *this;
}
LoweredModule::~LoweredModule() { module.reset(); }

static NativeLookup::Finder finder_of(const CodegenOptions& options) {
  if (options.find_native) return options.find_native;
  return [](std::string_view module, std::string_view function, uint32_t arity) {
    return rt::find_native(rt::intern_atom(module), rt::intern_atom(function), arity);
  };
}

static void take_tables(const core::Module& module, ModulePlan plan, LoweredModule& lowered) {
  for (size_t i = 0; i < module.functions.size(); ++i) {
    const core::Function& function = module.functions[i];
    const bool is_named = function.kind != core::FunctionKind::TryBody;
    lowered.functions.push_back({.name = function.name,
                                 .arity = function.arity,
                                 .exported = function.exported,
                                 .entry = is_named ? plan.functions[i].first_entry : EntryId{}});
  }
  lowered.entry_count = plan.entry_count;
  lowered.descriptors = std::move(plan.descriptors);
  lowered.slot_maps = std::move(plan.slot_maps);
  lowered.sites = std::move(plan.sites);
  lowered.files = module.files;
  lowered.lambdas = std::move(plan.lambdas);
}

// Entries keep no alignment of the machine stack: with the C ABI's, every segment with a call on any path would begin with a
// push and end with a pop. C functions are called through stubs that align it (runtime/arch; fib: 15 % of its time).
static constexpr unsigned kStackAlignment = 8;

LoweredModule lower(const core::Module& module, const CodegenOptions& options) {
  HJ_CHECK(options.literals != nullptr, "code generation needs to know where literals stand");
  LoweredModule lowered;
  lowered.context = std::make_unique<llvm::LLVMContext>();
  lowered.context->setDiscardValueNames(!options.readable);
  lowered.module = std::make_unique<llvm::Module>(module.name, *lowered.context);
  if (options.prepare) options.prepare(*lowered.module);
  lowered.module->setOverrideStackAlignment(kStackAlignment);

  NativeLookup natives(module, finder_of(options));
  ModulePlan plan = plan_module(module, natives);
  ModuleContext context(module, plan, natives, options, lowered);
  for (size_t i = 0; i < module.functions.size(); ++i) {
    const core::FunctionId id{i};
    if (!context.is_emitted(id)) continue;
    SegmentEmitter emitter(context, id);
    const FunctionPlan& function = plan.functions[i];
    for (uint32_t e = 0; e < function.entries.size(); ++e) emitter.emit(EntryId{function.first_entry.index + e});
  }
  context.finish();
  take_tables(module, std::move(plan), lowered);
  return lowered;
}

LoweredModule lower_tables(const core::Module& module, const CodegenOptions& options) {
  LoweredModule lowered;
  NativeLookup natives(module, finder_of(options));
  take_tables(module, plan_module(module, natives), lowered);
  return lowered;
}

}  // namespace hj::codegen
