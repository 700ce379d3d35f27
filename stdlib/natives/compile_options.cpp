#include "stdlib/natives/compile_options.h"

#include <string>
#include <string_view>

#include "runtime/term/atoms.h"
#include "runtime/term/print.h"
#include "stdlib/natives/file_name.h"

namespace hj::stdlib {

using namespace rt;

CompileSettings default_compile_settings(const CompileOptions& base) {
  CompileSettings settings;
  settings.compile = base;
  settings.report_errors = settings.report_warnings = true;
  return settings;
}

static void set_flag(CompileSettings& settings, std::string_view flag) {
  if (flag == "binary") settings.binary = true;
  if (flag == "return" || flag == "return_errors") settings.return_errors = true;
  if (flag == "return" || flag == "return_warnings") settings.return_warnings = true;
  if (flag == "report" || flag == "report_errors") settings.report_errors = true;
  if (flag == "report" || flag == "report_warnings") settings.report_warnings = true;
  if (flag == "warnings_as_errors") settings.compile.warnings_as_errors = true;
  if (flag == "nowarn") settings.compile.warnings = false;
}

// {i, Directory}, {d, Macro}, {d, Macro, Value}: the value's text is what a -define would have.
static void set_pair(CompileSettings& settings, const Term* elements, uint64_t size) {
  if (size < 2 || !elements[0].is_atom()) return;
  const std::string_view name = atom_text(elements[0]);
  if (name == "i" && size == 2) {
    if (auto directory = file_name_of(elements[1])) settings.compile.include_dirs.push_back(*directory);
  } else if (name == "d" && size <= 3 && elements[1].is_atom()) {
    std::string value = "true";
    if (size == 3) {
      value.clear();
      write_term(value, elements[2], Encoding::Unicode);
    }
    settings.compile.defines.emplace_back(atom_text(elements[1]), value);
  }
}

static void set_option(CompileSettings& settings, Term option) {
  if (option.is_atom()) set_flag(settings, atom_text(option));
  if (option.is_tuple()) set_pair(settings, option.tuple_elements(), option.tuple_size());
}

std::optional<CompileSettings> parse_compile_settings(Term options, const CompileOptions& base) {
  if (!options.is_list()) {
    CompileSettings settings = default_compile_settings(base);
    set_option(settings, options);
    return settings;
  }
  CompileSettings settings;
  settings.compile = base;
  for (; options.is_cons(); options = options.tail()) set_option(settings, options.head());
  if (!options.is_nil()) return std::nullopt;
  return settings;
}

}  // namespace hj::stdlib
