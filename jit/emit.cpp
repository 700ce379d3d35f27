#include "jit/emit.h"

#include "jit/codegen/lowered_module.h"
#include "jit/literals.h"
#include "jit/llvm_headers.h"

namespace hj::jit {

Result<std::string> emit_code_text(const core::Module& module, CodeText form, Tier tier) {
  HJ_TRY(std::unique_ptr<Engine> engine, Engine::create());
  const LiteralLayout literals = lay_out_literals(module);
  codegen::CodegenOptions options;
  options.prepare = [&](llvm::Module& llvm_module) { engine->prepare(llvm_module); };
  options.literals = &literals;
  const codegen::LoweredModule lowered = codegen::lower(module, options);
  if (form == CodeText::Assembly) return engine->assembly(*lowered.module, tier);
  std::string text;
  llvm::raw_string_ostream out(text);
  lowered.module->print(out, nullptr);
  return text;
}

}  // namespace hj::jit
