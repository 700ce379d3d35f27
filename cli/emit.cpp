#include "cli/emit.h"

#include <iostream>

#include "cli/check.h"
#include "cli/terminal.h"
#include "jit/emit.h"

namespace hj::cli {

static Phase frontend_phase(EmitPhase phase) {
  switch (phase) {
    case EmitPhase::Tokens: return Phase::Tokens;
    case EmitPhase::Ast: return Phase::Ast;
    case EmitPhase::Core:
    case EmitPhase::Ir:
    case EmitPhase::Asm: return Phase::Core;
  }
  HJ_UNREACHABLE("phase {}", static_cast<int>(phase));
}

// IR or assembly.
static int emit_code(const core::Module& module, const Options& options) {
  const jit::Tier tier = options.tier == TierChoice::Quick ? jit::Tier::Quick : jit::Tier::Optimized;
  const auto form = options.phase == EmitPhase::Ir ? jit::CodeText::Ir : jit::CodeText::Assembly;
  const Result<std::string> text = jit::emit_code_text(module, form, tier);
  if (!text) {
    complain(text.error().message);
    return kExitUsage;
  }
  std::cout << text.value();
  return kExitOk;
}

int emit_command(const Options& options) {
  auto compiled = compile_source_file(options.files.front(), compile_options(options), frontend_phase(options.phase));
  if (!compiled) {
    complain(compiled.error().message);
    return kExitUsage;
  }
  const Compilation& compilation = **compiled;
  report_diagnostics(compilation);
  switch (options.phase) {
    case EmitPhase::Tokens: std::cout << compilation.tokens_dump; break;
    case EmitPhase::Ast: syntax::dump_ast(compilation.ast, compilation.sources, std::cout); break;
    case EmitPhase::Core:
      if (compilation.core) core::dump_core(*compilation.core, std::cout);
      break;
    case EmitPhase::Ir:
    case EmitPhase::Asm:
      if (compilation.core) return emit_code(*compilation.core, options);
      break;
  }
  return compilation.diagnostics.has_errors() ? kExitUsage : kExitOk;
}

}  // namespace hj::cli
