// The modules compile and c: from a source file to a binary or to running code.
//
// What they print and answer is OTP's. DEVIATION: compile:file/1,2 without the option binary writes no file; modules are loaded
// from their sources. DEVIATION: in error and warning lists a description is a text, {{Line, Column}, compile, Text}.
#include <fmt/format.h>

#include <span>

#include "jit/code_server.h"
#include "jit/container.h"
#include "runtime/heap/build.h"
#include "runtime/native/native_call.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "stdlib/library.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/compile_options.h"
#include "stdlib/natives/file_name.h"
#include "stdlib/natives/output.h"

namespace hj::stdlib {

using namespace rt;

// -- diagnostics as OTP shows them

static std::vector<Diagnostic> of_severity(const Compilation& compilation, Severity severity) {
  std::vector<Diagnostic> wanted;
  for (Diagnostic& diagnostic : compilation.diagnostics.sorted()) {
    if (diagnostic.severity == severity) wanted.push_back(std::move(diagnostic));
  }
  return wanted;
}

// "t.erl:3:8: variable 'X' is unbound", the line, a mark under the column.
static std::string report_text(const Diagnostic& diagnostic, const SourceMap& sources) {
  const SourcePosition at = sources.position(diagnostic.span.begin);
  const std::string_view line = sources.line_text(diagnostic.span.begin);
  std::string text = fmt::format("{}:{}:{}: {}{}\n%{:>5}| {}\n%     | ", at.file, at.line, at.column,
                                 diagnostic.severity == Severity::Warning ? "Warning: " : "", diagnostic.message, at.line,
                                 line);
  uint32_t column = 1;
  for (char byte : line) {
    if (column >= at.column) break;
    const bool begins_character = (static_cast<uint8_t>(byte) & 0xc0) != 0x80;
    if (begins_character) {
      text += byte == '\t' ? '\t' : ' ';
      ++column;
    }
  }
  return text + "^\n\n";
}

static void report(const Compilation& compilation, Severity severity) {
  for (const Diagnostic& diagnostic : of_severity(compilation, severity)) {
    put_output(OutputStream::Stdout, report_text(diagnostic, compilation.sources));
  }
}

// [{File, [{{Line, Column}, compile, Text}]}]
static Term diagnostic_list(Process& process, const Compilation& compilation, Severity severity) {
  std::vector<Term> files;
  std::vector<Term> items;
  std::string_view file;
  auto end_file = [&] {
    if (!items.empty()) files.push_back(make_tuple(process, {make_string(process, file), make_list(process, items)}));
    items.clear();
  };
  for (const Diagnostic& diagnostic : of_severity(compilation, severity)) {
    const SourcePosition at = compilation.sources.position(diagnostic.span.begin);
    if (at.file != file) end_file();
    file = at.file;
    const Term place = make_tuple(process, {Term::from_small(at.line), Term::from_small(at.column)});
    items.push_back(make_tuple(process, {place, intern_atom("compile"), make_string(process, diagnostic.message)}));
  }
  end_file();
  return make_list(process, files);
}

// -- compile

namespace {

// One call of compile:file.
struct Job {
  std::string file;
  CompileSettings settings;
  jit::CompiledSource source;
};

}  // namespace

static NativeResult no_such_file(Process& process, const Job& job) {
  const std::string name = jit::without_source_ending(job.file).size() == job.file.size() ? job.file + ".erl" : job.file;
  if (job.settings.report_errors) {
    put_output(OutputStream::Stdout, fmt::format("{}: no such file or directory\n", name));
  }
  if (!job.settings.return_errors) return return_value(process, am::error);
  const Term what = make_tuple(process, {intern_atom("epp"), intern_atom("enoent")});
  const Term item = make_tuple(process, {am::none, intern_atom("compile"), what});
  const Term in_file = make_tuple(process, {make_string(process, name), make_list(process, {{item}})});
  return return_value(process, make_tuple(process, {am::error, make_list(process, {{in_file}}), Term::nil()}));
}

static NativeResult compile_answer(Process& process, const Job& job) {
  const Compilation& compilation = *job.source.compilation;
  if (job.settings.report_errors) report(compilation, Severity::Error);
  if (job.settings.report_warnings) report(compilation, Severity::Warning);
  const auto warnings = [&] { return diagnostic_list(process, compilation, Severity::Warning); };
  if (job.source.module == nullptr) {
    if (!job.settings.return_errors) return return_value(process, am::error);
    return return_value(process, make_tuple(process, {am::error, diagnostic_list(process, compilation, Severity::Error),
                                                      warnings()}));
  }
  std::vector<Term> answer{am::ok, intern_atom(job.source.module->name)};
  if (job.settings.binary) answer.push_back(make_binary(process, jit::write_container(*job.source.module)));
  if (job.settings.return_warnings) answer.push_back(warnings());
  return return_value(process, make_tuple(process, std::span<const Term>(answer)));
}

static NativeResult compile_file(Process& process, Term file, CompileSettings settings) {
  const auto name = file_name_of(file);
  if (!name) return return_value(process, am::error);
  Job job{*name, std::move(settings), {}};
  const auto found = jit::find_source_file(*name);
  if (!found) return no_such_file(process, job);
  job.source = code_server()->compile_file(*found, job.settings.compile);
  if (job.source.compilation != nullptr) return compile_answer(process, job);
  if (job.settings.report_errors) put_output(OutputStream::Stdout, job.source.text);
  return return_value(process, am::error);
}

// "Is the same as file(File, [verbose,report_errors,report_warnings])."
static NativeResult compile_file_1(Process& p, Term* args) noexcept {
  return compile_file(p, args[0], default_compile_settings(code_server()->compile_options()));
}

// "Compiles the code in the file File, which is an Erlang source code file without the .erl extension."
static NativeResult compile_file_2(Process& p, Term* args) noexcept {
  auto settings = parse_compile_settings(args[1], code_server()->compile_options());
  if (!settings) return raised(raise_badarg(p));
  return compile_file(p, args[0], std::move(*settings));
}

// "Uses an error descriptor and returns a deep list of characters that describes the error."
static NativeResult compile_format_error_1(Process& p, Term* args) noexcept {
  if (args[0].is_list()) return return_value(p, args[0]);
  return return_value(p, make_string(p, "no such file or directory"));
}

// -- c

// The source a person means by c(Module): the file of that name here, else what the module was loaded from.
static std::optional<std::string> source_of(const std::string& name) {
  if (auto found = jit::find_source_file(name)) return found;
  const std::string loaded_from = code_server()->file_of(intern_atom(jit::module_of_path(name)));
  return jit::find_source_file(loaded_from);
}

// "Compiles and loads a module ... purges its code, and loads the new." {ok, Module}, error or {error, What}.
static NativeResult compile_and_load(Process& process, Term file, CompileSettings settings) {
  const auto name = file_name_of(file);
  if (!name) return raised(raise_error(process, am::function_clause));
  const auto found = source_of(*name);
  if (!found) {
    return return_value(process, make_tuple(process, {am::error, intern_atom("non_existing")}));
  }
  jit::CompiledSource source = code_server()->compile_file(*found, settings.compile);
  if (source.compilation == nullptr) {
    put_output(OutputStream::Stdout, source.text);
    return return_value(process, am::error);
  }
  report(*source.compilation, Severity::Error);
  report(*source.compilation, Severity::Warning);
  if (source.module == nullptr) return return_value(process, am::error);
  const Term module = intern_atom(source.module->name);
  const jit::LoadResult result = code_server()->load_core(std::move(source.module), *found, jit::OldCode::Purge);
  if (!result.ok()) {
    put_output(OutputStream::Stdout, result.text);
    return return_value(process, am::error);
  }
  return return_value(process, make_tuple(process, {am::ok, module}));
}

static NativeResult c_c_1(Process& p, Term* args) noexcept {
  return compile_and_load(p, args[0], default_compile_settings(code_server()->compile_options()));
}

static NativeResult c_c_2(Process& p, Term* args) noexcept {
  auto settings = parse_compile_settings(args[1], code_server()->compile_options());
  if (!settings) return raised(raise_error(p, am::function_clause));
  return compile_and_load(p, args[0], std::move(*settings));
}

// "Purges and loads, or reloads, a module."
static NativeResult c_l_1(Process& p, Term* args) noexcept {
  if (!args[0].is_atom()) return raised(raise_error(p, am::function_clause));
  const jit::LoadResult result = code_server()->load_from_path(args[0], jit::OldCode::Purge);
  if (result.ok()) return return_value(p, make_tuple(p, {am::module, args[0]}));
  const char* reason = result.error == LoadError::Nofile ? "nofile" : "badfile";
  return return_value(p, make_tuple(p, {am::error, intern_atom(reason)}));
}

NativeTable compile_natives() {
  static const NativeEntry kTable[] = {
      HJ_NATIVE_ROW("c", "c", 1, Blocking, true, c_c_1),
      HJ_NATIVE_ROW("c", "c", 2, Blocking, true, c_c_2),
      HJ_NATIVE_ROW("c", "l", 1, Blocking, true, c_l_1),
      HJ_NATIVE_ROW("compile", "file", 1, Blocking, true, compile_file_1),
      HJ_NATIVE_ROW("compile", "file", 2, Blocking, true, compile_file_2),
      HJ_NATIVE_ROW("compile", "format_error", 1, Full, true, compile_format_error_1),
  };
  return kTable;
}

}  // namespace hj::stdlib
