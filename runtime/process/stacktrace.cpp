#include "runtime/process/stacktrace.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/abi/runtime_calls.h"
#include "runtime/code/module_table.h"
#include "runtime/code/version.h"
#include "runtime/heap/build.h"
#include "runtime/heap/frames.h"
#include "runtime/native/native.h"
#include "runtime/process/exception.h"
#include "runtime/sched/progress.h"
#include "runtime/term/atoms.h"
#include "runtime/term/map.h"

namespace hj::rt {

namespace {

// One line of a trace as the raw object keeps it: the code by its number, so that any of its twins can tell what it says
// (module_table.h).
struct TraceLine {
  Term module;
  uint32_t version_number;
  uint32_t site;
};
constexpr size_t kLineWords = sizeof(TraceLine) / sizeof(Term);

struct TraceLines {
  TraceLine line[kTraceDepth];
  uint32_t count = 0;
  uint32_t limit = kTraceDepth;

  bool is_full() const { return count == limit; }
  // A site in inlined code stands for several lines: they are told apart when the list is built.
  void add(const Version* version, uint64_t site) {
    if (!is_full()) line[count++] = {version->module, version->number, static_cast<uint32_t>(site)};
  }
};

}  // namespace

Term errors_module_of(Term module) {
  if (module == am::erlang) return am::erl_erts_errors;
  if (module == am::lists || module == am::maps || module == am::ets || module == am::binary || module == am::unicode ||
      module == am::math || module == am::re || module == am::io) {
    return am::erl_stdlib_errors;
  }
  if (module == am::os) return am::erl_kernel_errors;
  return Term::non_value();
}

// Functions of io and io_lib are natives here and Erlang code in OTP: where the line that raises stands there.
struct LibraryPlace {
  std::string_view file;
  int64_t line;
};
static std::optional<LibraryPlace> library_place(Term module, Term error_info) {
  if (module == am::io_lib) return LibraryPlace{"io_lib.erl", 187};
  if (module != am::io) return std::nullopt;
  const bool device_is_gone = map_values(error_info)[0].tuple_elements()[0] == am::io;
  return LibraryPlace{"io.erl", device_is_gone ? 94 : 99};
}

// What io's errors have for a cause: {io, arguments} when there is no such device, or what the device itself says.
static Term io_cause(Process& process, Term cause) {
  return cause == am::arguments ? make_tuple(process, {am::io, am::arguments}) : make_tuple(process, {am::device, am::put_chars});
}

// #{module => Module} or #{cause => Cause, module => Module}.
static Term make_error_info(Process& process, Term module, Term cause) {
  bool has_cause = cause.is_value();
  Term keys = has_cause ? make_tuple(process, {am::cause, am::module}) : make_tuple(process, {am::module});
  Term* map = heap_alloc(process, has_cause ? 4 : 3);
  map[0] = Term::header(Subtag::FlatMap, has_cause ? 3 : 2);
  map[1] = keys;
  map[2] = has_cause ? cause : module;
  if (has_cause) map[3] = module;
  return Term::boxed(map);
}

// Whether two return addresses are one place in the source: also in the two bodies of a version, and in twins.
static bool is_same_place(const CodePrefix& a, const CodePrefix& b) {
  return a.descriptor == b.descriptor && a.version->module == b.version->module && a.version->number == b.version->number;
}

static void collect_lines(Process& process, TraceLines& lines) {
  if (process.raise_entry != nullptr) lines.add(prefix_of(process.raise_entry).version, process.raise_site);
  const CodePrefix* previous = nullptr;
  for_each_frame(process.sp, process.heap.end, [&](Term*, Code code, const Descriptor& descriptor) {
    const CodePrefix& prefix = prefix_of(code);
    // Frames of the runtime itself are not shown; a handler's frame is its function's once more. As in OTP, a function that
    // has called itself from one place many times over is shown once.
    if (descriptor.is_handler_frame || prefix.version->id == 0) return true;
    const bool is_repeated = previous != nullptr && is_same_place(prefix, *previous);
    previous = &prefix;
    if (!is_repeated) lines.add(prefix.version, prefix.site);
    return !lines.is_full();
  });
}

static Term make_raw(Process& process, const TraceLines& lines) {
  Term* raw = heap_alloc(process, 1 + lines.count * kLineWords);
  raw[0] = Term::header(Subtag::Raw, lines.count * kLineWords);
  std::memcpy(static_cast<void*>(raw + 1), lines.line, lines.count * sizeof(TraceLine));
  return Term::boxed(raw);
}

Term make_raw_trace(Process& process, Term first_line) {
  const NativeEntry* native = process.raise_native;
  if (native != nullptr && native->trace == NativeTrace::Hidden) native = nullptr;
  Term info = Term::nil();
  TraceLines lines;
  if (native != nullptr) {
    Term module = intern_atom(native->module);
    Term args = make_list(process, {process.x, native->arity});
    first_line = make_tuple(process, {module, intern_atom(native->name), args});
    Term errors = errors_module_of(module);
    const Term cause = module == am::io ? io_cause(process, process.raise_cause) : process.raise_cause;
    if (errors.is_value()) info = make_error_info(process, errors, cause);
  } else if (process.raise_cause.is_value()) {
    // erlang:error/3 brings a whole map.
    info = process.raise_cause;
  }
  if (!first_line.is_nil()) lines.limit--;
  collect_lines(process, lines);
  Term args = process.exception_args.is_value() ? make_tuple(process, {process.exception_args}) : Term::nil();
  process.raise_entry = nullptr;
  process.raise_native = nullptr;
  process.raise_cause = Term::non_value();
  process.exception_args = Term::non_value();
  Term raw = make_raw(process, lines);
  if (first_line.is_nil() && args.is_nil() && info.is_nil()) return raw;
  return make_tuple(process, {raw, first_line, args, info});
}

// -- from raw trace to list

// [{file, F}, {line, L} | Tail]
static Term make_location(Process& process, const Version& version, const SiteInfo& site, Term tail) {
  if (site.line == 0) return tail;
  Term line = make_tuple(process, {am::line, make_integer(process, site.line)});
  Term file = make_tuple(process, {am::file, make_string(process, version.files[site.file])});
  return make_cons(process, file, make_cons(process, line, tail));
}

// Appends a line, and one for each call it was inlined through.
static void append_lines(Process& process, const Version& version, uint64_t site_index, std::vector<Term>& lines) {
  while (site_index < version.sites.size() && lines.size() < kTraceDepth) {
    const SiteInfo& site = version.sites[site_index];
    const FunctionInfo& function = version.functions[site.function];
    lines.push_back(make_tuple(process, {function.module, function.name, Term::from_small(function.arity),
                                         make_location(process, version, site, Term::nil())}));
    site_index = site.inlined_at;
  }
}

static Term native_line_of(Process& process, Term native, Term info) {
  const Term* parts = native.tuple_elements();
  Term location = Term::nil();
  if (!info.is_nil()) location = make_list(process, std::initializer_list<Term>{make_tuple(process, {am::error_info, info})});
  if (const std::optional<LibraryPlace> place = library_place(parts[0], info)) {
    const Term line = make_tuple(process, {am::line, make_integer(process, place->line)});
    const Term file = make_tuple(process, {am::file, make_string(process, place->file)});
    location = make_cons(process, file, make_cons(process, line, location));
  }
  return make_tuple(process, {parts[0], parts[1], parts[2], location});
}

static Term with_error_info(Process& process, Term location, Term info) {
  if (info.is_nil()) return location;
  std::vector<Term> parts;
  for (Term rest = location; rest.is_cons(); rest = rest.tail()) parts.push_back(rest.head());
  parts.push_back(make_tuple(process, {am::error_info, info}));
  return make_list(process, parts);
}

Term build_stacktrace(Process& process, Term raw_trace) {
  if (raw_trace.is_list()) return raw_trace;
  std::vector<Term> lines;
  Term raw = raw_trace;
  Term args = Term::nil();
  if (raw_trace.is_tuple()) {
    const Term* parts = raw_trace.tuple_elements();
    raw = parts[0];
    args = parts[2];
    if (!parts[1].is_nil()) lines.push_back(native_line_of(process, parts[1], parts[3]));
  }
  if (!raw.is_boxed_of(Subtag::Raw)) return Term::nil();
  const size_t first = lines.size();
  {
    ProgressGuard guard;
    const auto* line = reinterpret_cast<const TraceLine*>(raw.boxed() + 1);
    const auto* end = line + Term::size_of(raw.header()) / kLineWords;
    for (; line < end; line++) {
      // MT3: a version that is gone is not found.
      const Version* version = find_version(line->module, line->version_number);
      if (version != nullptr) append_lines(process, *version, line->site, lines);
    }
  }
  if (lines.size() > first) {
    // The tuple was made just now: nobody else has seen it.
    Term* line = lines[first].tuple_elements();
    if (!args.is_nil()) line[2] = args.tuple_elements()[0];
    if (first == 0 && raw_trace.is_tuple()) line[3] = with_error_info(process, line[3], raw_trace.tuple_elements()[3]);
  }
  return make_list(process, lines);
}

extern "C" Term hj_rt_build_stacktrace(Process* process, Term raw_trace) { return build_stacktrace(*process, raw_trace); }

}  // namespace hj::rt
