#include "frontend/pipeline.h"

#include <sstream>

#include <pthread.h>

#include "base/check.h"
#include "frontend/core/lower.h"
#include "frontend/lint/lint.h"
#include "frontend/opt/optimise.h"
#include "frontend/source/encoding.h"
#include "frontend/syntax/parser.h"
#include "frontend/syntax/preprocessor.h"
#include "frontend/types/infer.h"

namespace hj {

// -- the stack

// A compilation inside of a compilation's job is on the big stack already.
static thread_local bool on_compile_stack = false;

namespace {

struct Job {
  void (*run)(void*);
  void* argument;
};

}  // namespace

static void* run_job(void* argument) {
  Job* job = static_cast<Job*>(argument);
  on_compile_stack = true;
  job->run(job->argument);
  return nullptr;
}

void run_with_compile_stack(void (*job)(void*), void* argument) {
  if (on_compile_stack) return job(argument);
  Job packed{job, argument};
  pthread_attr_t attributes;
  HJ_CHECK(pthread_attr_init(&attributes) == 0, "no thread attributes");
  HJ_CHECK(pthread_attr_setstacksize(&attributes, kCompileStackBytes) == 0, "no stack of {} bytes", kCompileStackBytes);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, run_job, &packed);
  pthread_attr_destroy(&attributes);
  HJ_CHECK(error == 0, "cannot start the compiler's thread: error {}", error);
  pthread_join(thread, nullptr);
}

// -- the recipe

static void dump_token_list(const std::vector<syntax::Token>& tokens, Compilation& compilation) {
  std::ostringstream out;
  syntax::dump_tokens(tokens, compilation.ast, compilation.sources, out);
  compilation.tokens_dump = out.str();
}

static void verify_phase([[maybe_unused]] const core::Module& module) {
#if defined(HJ_DEBUG_CHECKS)
  const std::string broken = core::verify_core(module);
  HJ_CHECK(broken.empty(), "{}", broken);
#endif
}

static void run_phases(Compilation& compilation, Loc file, const CompileOptions& options, Phase stop_after) {
  SourceMap& sources = compilation.sources;
  Diagnostics& diagnostics = compilation.diagnostics;
  syntax::Ast& ast = compilation.ast;

  std::vector<syntax::Token> tokens =
      syntax::preprocess(file, options, sources, ast, diagnostics, compilation.included);
  if (stop_after == Phase::Tokens) return dump_token_list(tokens, compilation);
  // Beyond this point no file is read.

  syntax::parse(tokens, sources, ast, diagnostics);
#if defined(HJ_DEBUG_CHECKS)
  std::string broken = syntax::verify_ast(ast);
  HJ_CHECK(broken.empty(), "{}", broken);
#endif
  if (stop_after == Phase::Ast) return;
  // Beyond this point the tree does not change.

  lint::lint_module(ast, sources, options, diagnostics);
  if (diagnostics.has_errors()) return;
  // Beyond this point the module is right, but for what is not supported.

  std::unique_ptr<core::Module> module = core::lower_module(ast, sources, options, diagnostics);
  if (diagnostics.has_errors()) return;
  verify_phase(*module);
  // Beyond this point nobody can err but us.

  opt::optimise_module(*module, options);
  types::infer_types(*module);
  types::negate_known_floats(*module);
  verify_phase(*module);
  compilation.core = std::move(module);
}

namespace {

struct CompileJob {
  Compilation* compilation;
  Loc file;
  const CompileOptions* options;
  Phase stop_after;
};

}  // namespace

std::unique_ptr<Compilation> compile_text(const std::string& path, std::string text, const CompileOptions& options,
                                          Phase stop_after) {
  auto compilation = std::make_unique<Compilation>();
  bool too_large = text.size() > kMaxSourceBytes;
  Loc file = compilation->sources.add(path, too_large ? std::string() : std::move(text));
  if (too_large) compilation->diagnostics.report(DiagnosticKind::FileTooLarge, {file, file});
  CompileJob job{compilation.get(), file, &options, stop_after};
  auto run = [](void* argument) {
    CompileJob* work = static_cast<CompileJob*>(argument);
    run_phases(*work->compilation, work->file, *work->options, work->stop_after);
  };
  run_with_compile_stack(run, &job);
  if (!options.warnings) compilation->diagnostics.drop_warnings();
  if (options.warnings_as_errors) compilation->diagnostics.warnings_as_errors();
  return compilation;
}

Result<std::unique_ptr<Compilation>> compile_source_file(const std::string& path, const CompileOptions& options,
                                                         Phase stop_after) {
  HJ_TRY(std::string text, read_source_file(path));
  // A module in a file is found again by its name.
  CompileOptions of_file = options;
  of_file.module_name = ModuleName::MatchesFile;
  return compile_text(path, std::move(text), of_file, stop_after);
}

}  // namespace hj
