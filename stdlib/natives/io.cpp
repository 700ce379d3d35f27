// io and io_lib: formatted text to stdout and stderr, or as a list of characters.
//
// The devices are standard_io, user (both stdout) and standard_error; the io protocol between processes comes with the io
// server.
#include "runtime/heap/build.h"
#include "runtime/native/native_call.h"
#include "runtime/process/exception.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/print.h"
#include "stdlib/natives/all_natives.h"
#include "stdlib/natives/chardata.h"
#include "stdlib/natives/io_format.h"
#include "stdlib/natives/output.h"

namespace hj::stdlib {

using namespace hj::rt;

static std::optional<OutputStream> stream_of(Process& process, Term device) {
  if (device == am::standard_io || device == am::user || device == process.group_leader) return OutputStream::Stdout;
  if (device == am::standard_error) return OutputStream::Stderr;
  return std::nullopt;
}

// Prints and answers ok. Yields while the reader is far behind.
static NativeResult print(Process& process, OutputStream stream, std::string text) {
  put_output(stream, std::move(text));
  return return_value(process, am::ok);
}

static NativeResult print_format(Process& process, std::optional<OutputStream> stream, Term format, Term args) {
  if (!stream) return raised(raise_badarg_cause(process, am::arguments));
  if (is_output_backed_up(*stream)) return NativeResult::Yield;
  std::optional<std::string> text = format_text(format, args);
  if (!text) return raised(raise_badarg(process));
  return print(process, *stream, std::move(*text));
}

static NativeResult io_format_1(Process& p, Term* args) noexcept { return print_format(p, OutputStream::Stdout, args[0], Term::nil()); }
static NativeResult io_format_2(Process& p, Term* args) noexcept { return print_format(p, OutputStream::Stdout, args[0], args[1]); }
static NativeResult io_format_3(Process& p, Term* args) noexcept { return print_format(p, stream_of(p, args[0]), args[1], args[2]); }

static NativeResult print_characters(Process& process, std::optional<OutputStream> stream, Term data) {
  if (!stream) return raised(raise_badarg_cause(process, am::arguments));
  if (is_output_backed_up(*stream)) return NativeResult::Yield;
  std::optional<std::string> text = text_of_chardata(data, TextEncoding::Unicode);
  if (!text) return raised(raise_badarg(process));
  return print(process, *stream, std::move(*text));
}
static NativeResult io_put_chars_1(Process& p, Term* args) noexcept { return print_characters(p, OutputStream::Stdout, args[0]); }
static NativeResult io_put_chars_2(Process& p, Term* args) noexcept { return print_characters(p, stream_of(p, args[0]), args[1]); }

static NativeResult print_newline(Process& process, std::optional<OutputStream> stream) {
  if (!stream) return raised(raise_badarg_cause(process, am::arguments));
  return print(process, *stream, "\n");
}
static NativeResult io_nl_0(Process& p, Term*) noexcept { return print_newline(p, OutputStream::Stdout); }
static NativeResult io_nl_1(Process& p, Term* args) noexcept { return print_newline(p, stream_of(p, args[0])); }

static NativeResult print_term(Process& process, std::optional<OutputStream> stream, Term term) {
  if (!stream) return raised(raise_badarg_cause(process, am::arguments));
  std::string text;
  write_term(text, term, Encoding::Unicode);
  return print(process, *stream, std::move(text));
}
static NativeResult io_write_1(Process& p, Term* args) noexcept { return print_term(p, OutputStream::Stdout, args[0]); }
static NativeResult io_write_2(Process& p, Term* args) noexcept { return print_term(p, stream_of(p, args[0]), args[1]); }

// erlang:display/1: "Prints a text representation of Term on the standard output."
static NativeResult erlang_display(Process& p, Term* args) noexcept {
  std::string text;
  write_term(text, args[0], Encoding::Unicode);
  put_output(OutputStream::Stdout, text + "\n");
  return return_value(p, am::true_);
}

// -- io_lib: lists of characters

static Term io_lib_format(Process& p, Term format, Term args) noexcept {
  const std::optional<std::string> text = format_text(format, args);
  return text ? make_string(p, *text) : raise_badarg(p);
}
static Term io_lib_write_1(Process& p, Term term) noexcept {
  std::string text;
  write_term(text, term, Encoding::Latin1);
  return make_string(p, text);
}
static Term io_lib_write_2(Process& p, Term term, Term depth) noexcept {
  if (!depth.is_small()) return raise_badarg(p);
  std::string text;
  write_term(text, term, Encoding::Latin1, depth.small());
  return make_string(p, text);
}
static Term io_lib_print_1(Process& p, Term term) noexcept {
  std::string text;
  pretty_term(text, term, {});
  return make_string(p, text);
}
static Term io_lib_print_4(Process& p, Term term, Term column, Term width, Term depth) noexcept {
  if (!column.is_small() || !width.is_small() || !depth.is_small()) return raise_badarg(p);
  PrettyOptions options;
  options.column = column.small() - 1;
  options.line_width = width.small();
  options.depth = depth.small();
  std::string text;
  pretty_term(text, term, options);
  return make_string(p, text);
}
static Term io_lib_nl(Process& p) noexcept { return make_string(p, "\n"); }
static Term io_lib_write_atom(Process& p, Term atom) noexcept {
  if (!atom.is_atom()) return raise_badarg(p);
  std::string text;
  write_atom(text, atom, Encoding::Unicode);
  return make_string(p, text);
}

#define FULL(module, name, arity, fn) HJ_NATIVE_ROW(module, name, arity, Full, true, fn)
#define LEAF(name, arity, fn) HJ_NATIVE_ROW("io_lib", name, arity, Leaf, true, fn)

static const NativeEntry kEntries[] = {
    FULL("io", "format", 1, io_format_1), FULL("io", "format", 2, io_format_2), FULL("io", "format", 3, io_format_3),
    FULL("io", "fwrite", 1, io_format_1), FULL("io", "fwrite", 2, io_format_2), FULL("io", "fwrite", 3, io_format_3),
    FULL("io", "put_chars", 1, io_put_chars_1), FULL("io", "put_chars", 2, io_put_chars_2),
    FULL("io", "nl", 0, io_nl_0), FULL("io", "nl", 1, io_nl_1),
    FULL("io", "write", 1, io_write_1), FULL("io", "write", 2, io_write_2),
    FULL("erlang", "display", 1, erlang_display),
    LEAF("format", 2, io_lib_format), LEAF("fwrite", 2, io_lib_format), LEAF("write", 1, io_lib_write_1),
    LEAF("write", 2, io_lib_write_2), LEAF("print", 1, io_lib_print_1), LEAF("print", 4, io_lib_print_4),
    LEAF("nl", 0, io_lib_nl), LEAF("write_atom", 1, io_lib_write_atom),
};

NativeTable io_natives() { return kEntries; }

}  // namespace hj::stdlib
