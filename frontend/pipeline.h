// The recipe from source text to Core: read, lex, preprocess, parse, lint, lower, optimise.
//
// Each phase is one function in its own folder; this file only puts them in order, stops where asked, and keeps what the
// phases share (sources, diagnostics). Phases run even after errors of earlier ones where that gives the programmer more
// to read, but Core is made only from a module without errors.
//
// Threads: any thread; compilations share nothing. Needs a stack of kCompileStackBytes for the deepest trees.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "frontend/core/core.h"
#include "frontend/source/diagnostics.h"
#include "frontend/source/source_file.h"
#include "frontend/syntax/ast.h"

namespace hj {

inline constexpr size_t kCompileStackBytes = size_t{256} << 20;

// Whether -module must name the file: it must when the code server is to find the module by its name again.
enum class ModuleName : uint8_t { Any, MatchesFile };

struct CompileOptions {
  std::vector<std::string> include_dirs;                       // -I, {i, Dir}
  std::vector<std::pair<std::string, std::string>> defines;    // {d, Name, Value}; Value is source text, "true" by default
  std::vector<std::pair<std::string, std::string>> lib_dirs;   // application name -> directory, for -include_lib
  bool warnings_as_errors = false;
  bool warnings = true;
  bool inline_functions = true;
  ModuleName module_name = ModuleName::Any;
};

enum class Phase : uint8_t { Tokens, Ast, Core };

struct Compilation {
  SourceMap sources;
  Diagnostics diagnostics;
  std::string tokens_dump;            // Phase::Tokens
  syntax::Ast ast;
  std::unique_ptr<core::Module> core; // null when there were errors or an earlier phase was asked for
  std::vector<std::string> included;  // every file read besides the source, absolute
};

// Compiles a text that was read from `path` (the name diagnostics show; includes resolve beside it).
std::unique_ptr<Compilation> compile_text(const std::string& path, std::string text, const CompileOptions& options,
                                          Phase stop_after = Phase::Core);

// Reads the file first; fails when it cannot be read (missing, a directory, no permission).
Result<std::unique_ptr<Compilation>> compile_source_file(const std::string& path, const CompileOptions& options,
                                                         Phase stop_after = Phase::Core);

// Runs `job` on a fresh thread with kCompileStackBytes of stack and waits for it.
void run_with_compile_stack(void (*job)(void*), void* argument);

}  // namespace hj
