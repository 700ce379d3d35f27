// The text form of Core. core_read.cpp reads exactly what this writes; a text that was read and dumped again is the
// same.
//
// A complete module: fib, a receive loop, a try.
//
//     module demo
//     file "demo.erl"
//     attribute author ["me"]
//
//     function fib/1 exported @5 {
//     b0(%0):
//       branch less(%0, 2) b1 b2
//     b1:
//       return %0
//     b2:
//       %1 = bif Sub(%0, 1) @6
//       %2 = call local fib/1(%1) @6
//       %3 = bif Sub(%0, 2) @6
//       %4 = call local fib/1(%3) @6
//       %5 = bif Add(%2, %4) @6
//       return %5
//     }
//
//     function loop/1 @8 {
//     b0(%0):
//       jump b1
//     b1:
//       recv_next %1 b2 b6
//     b2:
//       branch tagged_tuple 2(%1, add) b3 b4
//     b3:
//       %2 = element 1(%1)
//       recv_accept
//       %3 = bif Add(%0, %2) @10
//       tailcall local loop/1(%3) @10
//     b4:
//       branch exact_equal(%1, stop) b5 b7
//     b5:
//       recv_accept
//       return %0
//     b6:
//       recv_wait_timeout(5000) b1 b8 @12
//     b7:
//       recv_reject
//       jump b1
//     b8:
//       return timeout
//     }
//
//     function safe/1 exported @15 {
//     b0(%0):
//       trycall %1 = '-safe/1-try-0-'/1(%0) b1 b2 @16
//     b1:
//       return %1
//     b2(%2, %3, %4):
//       switch %2 [error: b3, _: b4]
//     b3:
//       %5 = build_stacktrace(%4)
//       %6 = tuple(%3, %5)
//       return %6
//     b4:
//       reraise(%2, %3, %4) @15
//     }
//
//     trybody '-safe/1-try-0-'/1 as safe/1 @15 {
//     b0(%0):
//       %1 = call remote lists:sum(%0) @16
//       return %1
//     }
//
// Header lines, in this order, all but `module` optional:
//     module NAME | source STRING | file STRING (one a line; their order is the index) | attribute NAME LITERAL
//     | compile NAME LITERAL | on_load NAME/ARITY
// A function starts with function, lambda, comprehension or trybody, its name, `exported`, `free N index N` (lambda),
// `as NAME/ARITY` (trace_as), and its site. Names are Erlang atoms, quoted where Erlang needs it.
//
// Blocks are b0, b1, ... in order. Values are %0, %1, ... in the order of their first appearance in the function; a
// value with a type is written %3:integer where it is defined. Literals are Erlang terms (big integers 16#...; strings
// with \x{...} escapes). An edge is a block, with (arguments) when it has any.
//     %r = bif Name(a, ...) | cons(h, t) | tuple(...) | hd(x) | tl(x) | element I(x) | fun NAME/ARITY(free, ...)
//        | call TARGET(a, ...) | build_stacktrace(t)                        recv_accept        recv_reject
//     TARGET: local NAME/ARITY | remote m:f | dynamic | fun
//     return x | tailcall TARGET(...) | jump e | branch test(...) e e | branch tuple_of_size N(x) e e
//     | switch x [lit: e, ..., _: e] | switch_arity x [N: e, ..., _: e] | trybif %r = Name(...) e e
//     | trycall %r = NAME/ARITY(...) e e | raise error(...) | reraise(c, r, t) | recv_next %m e e | recv_wait e
//     | recv_wait_timeout(x) e e | unreachable
// A site stands at the end of its line: @LINE, or @FILE:LINE for another file than the first; then ~NAME/ARITY when a
// trace shows another function than the one the line is in, then <@... for the call that was inlined.
#include <fmt/format.h>

#include <cctype>
#include <iterator>

#include "frontend/core/core.h"
#include "frontend/core/core_names.h"

namespace hj::core {

namespace {

class Dumper {
 public:
  explicit Dumper(const Module& module) : module_(module) {}
  std::string run();

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }
  void header();
  void function(FunctionId id);
  void block(uint32_t index, const Block& block);
  void instr(const Instr& instr);
  void terminator(const Terminator& term);
  void atom(std::string_view text);
  void string(const std::u32string& characters);
  void text_string(std::string_view text);
  void character(char32_t c);
  void literal(LiteralId id);
  void list(LiteralId id);
  void function_name(FunctionId id);
  void value(ValueId id);
  void definition(ValueId id);
  void operand(Operand operand);
  void args(const std::vector<Operand>& args);
  void target(const CallTarget& target, const std::vector<Operand>& args);
  void edge(const Edge& edge);
  void switch_edges(const Terminator& term);
  void site(SiteId id);

  const Module& module_;
  const Function* function_ = nullptr;
  FunctionId owner_;
  std::vector<uint32_t> numbers_;
  uint32_t next_number_ = 0;
  std::string out_;
};

std::string Dumper::run() {
  header();
  for (uint32_t i = 0; i < module_.functions.size(); ++i) function(FunctionId{i});
  return std::move(out_);
}

void Dumper::header() {
  put("module ");
  atom(module_.name);
  put("\n");
  if (!module_.source_path.empty()) {
    put("source ");
    text_string(module_.source_path);
    put("\n");
  }
  for (const std::string& file : module_.files) {
    put("file ");
    text_string(file);
    put("\n");
  }
  for (auto [name, value] : module_.attributes) {
    put("attribute ");
    literal(name);
    put(" ");
    literal(value);
    put("\n");
  }
  for (auto [name, value] : module_.compile_info) {
    put("compile ");
    literal(name);
    put(" ");
    literal(value);
    put("\n");
  }
  if (module_.on_load.valid()) {
    put("on_load ");
    function_name(module_.on_load);
    put("\n");
  }
}

void Dumper::function(FunctionId id) {
  const Function& f = module_.functions[id.index];
  function_ = &f;
  owner_ = f.trace_as.valid() ? f.trace_as : id;
  numbers_.assign(f.value_types.size(), UINT32_MAX);
  next_number_ = 0;
  put("\n{} ", function_kind_word(f.kind));
  function_name(id);
  if (f.exported) put(" exported");
  if (f.kind == FunctionKind::Lambda) put(" free {} index {}", f.free_count, f.lambda_index);
  if (f.trace_as.valid()) {
    put(" as ");
    function_name(f.trace_as);
  }
  site(f.site);
  put(" {{\n");
  for (uint32_t i = 0; i < f.blocks.size(); ++i) block(i, f.blocks[i]);
  put("}}\n");
}

void Dumper::block(uint32_t index, const Block& block) {
  put("b{}", index);
  if (!block.params.empty()) {
    put("(");
    for (size_t i = 0; i < block.params.size(); ++i) {
      if (i > 0) put(", ");
      definition(block.params[i]);
    }
    put(")");
  }
  put(":\n");
  for (const Instr& i : block.instrs) instr(i);
  terminator(block.term);
}

void Dumper::instr(const Instr& i) {
  put("  ");
  if (i.result.valid()) {
    definition(i.result);
    put(" = ");
  }
  switch (i.kind) {
    case InstrKind::Bif:
      put("bif {}", bif_word(i.bif));
      break;
    case InstrKind::Cons:
      put("cons");
      break;
    case InstrKind::Tuple:
      put("tuple");
      break;
    case InstrKind::Hd:
      put("hd");
      break;
    case InstrKind::Tl:
      put("tl");
      break;
    case InstrKind::TupleElement:
      put("element {}", i.index);
      break;
    case InstrKind::MakeFun:
      put("fun ");
      function_name(i.function);
      break;
    case InstrKind::Call:
      put("call ");
      break;
    case InstrKind::RecvAccept:
      put("recv_accept");
      break;
    case InstrKind::RecvReject:
      put("recv_reject");
      break;
    case InstrKind::BuildStacktrace:
      put("build_stacktrace");
      break;
  }
  if (i.kind == InstrKind::Call) {
    target(i.target, i.args);
  } else if (i.kind != InstrKind::RecvAccept && i.kind != InstrKind::RecvReject) {
    args(i.args);
  }
  site(i.site);
  put("\n");
}

void Dumper::terminator(const Terminator& t) {
  put("  ");
  switch (t.kind) {
    case TermKind::Return:
      put("return ");
      operand(t.args[0]);
      break;
    case TermKind::TailCall:
      put("tailcall ");
      target(t.target, t.args);
      break;
    case TermKind::Jump:
      put("jump");
      break;
    case TermKind::Branch:
      put("branch {}", test_word(t.test));
      if (test_has_index(t.test)) put(" {}", t.index);
      args(t.args);
      break;
    case TermKind::Switch:
    case TermKind::SwitchArity:
      put("{} ", t.kind == TermKind::Switch ? "switch" : "switch_arity");
      operand(t.args[0]);
      switch_edges(t);
      break;
    case TermKind::TryBif:
      put("trybif ");
      definition(t.result);
      put(" = {}", bif_word(t.bif));
      args(t.args);
      break;
    case TermKind::TryCall:
      put("trycall ");
      definition(t.result);
      put(" = ");
      function_name(t.target.function);
      args(t.args);
      break;
    case TermKind::RaiseError:
      put("raise {}", error_word(t.error));
      args(t.args);
      break;
    case TermKind::Reraise:
      put("reraise");
      args(t.args);
      break;
    case TermKind::RecvNext:
      put("recv_next ");
      definition(t.result);
      break;
    case TermKind::RecvWait:
      put("recv_wait");
      break;
    case TermKind::RecvWaitTimeout:
      put("recv_wait_timeout");
      args(t.args);
      break;
    case TermKind::Unreachable:
      put("unreachable");
      break;
  }
  if (t.kind != TermKind::Switch && t.kind != TermKind::SwitchArity) {
    for (const Edge& e : t.edges) {
      put(" ");
      edge(e);
    }
  }
  site(t.site);
  put("\n");
}

void Dumper::switch_edges(const Terminator& t) {
  put(" [");
  for (size_t i = 0; i < t.edges.size(); ++i) {
    if (i > 0) put(", ");
    if (i + 1 == t.edges.size()) {
      put("_");
    } else if (t.kind == TermKind::Switch) {
      literal(t.cases[i]);
    } else {
      put("{}", t.arities[i]);
    }
    put(": ");
    edge(t.edges[i]);
  }
  put("]");
}

static bool is_reserved(std::string_view text) {
  static constexpr std::string_view kReserved[] = {"after",  "and",     "andalso", "band", "begin", "bnot", "bor",
                                                   "bsl",    "bsr",     "bxor",    "case", "catch", "cond", "div",
                                                   "end",    "fun",     "if",      "let",  "not",   "of",   "or",
                                                   "orelse", "receive", "rem",     "try",  "when",  "xor",  "maybe"};
  for (std::string_view word : kReserved) {
    if (word == text) return true;
  }
  return false;
}

void Dumper::atom(std::string_view text) {
  bool plain = !text.empty() && text[0] >= 'a' && text[0] <= 'z' && !is_reserved(text);
  for (char c : text) plain = plain && (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '@');
  if (plain) {
    put("{}", text);
    return;
  }
  put("'");
  for (char c : text) {
    if (c == '\'' || c == '\\') {
      put("\\{}", c);
    } else if (static_cast<unsigned char>(c) < 32 || c == 127) {
      put("\\x{{{:x}}}", static_cast<unsigned>(c));
    } else {
      put("{}", c);
    }
  }
  put("'");
}

void Dumper::character(char32_t c) {
  if (c == U'"' || c == U'\\') {
    put("\\{}", static_cast<char>(c));
  } else if (c == U'\n') {
    put("\\n");
  } else if (c >= 32 && c < 127) {
    put("{}", static_cast<char>(c));
  } else {
    put("\\x{{{:x}}}", static_cast<uint32_t>(c));
  }
}

void Dumper::string(const std::u32string& characters) {
  put("\"");
  for (char32_t c : characters) character(c);
  put("\"");
}

// Paths and file names: bytes, so that any name the system has can be written.
void Dumper::text_string(std::string_view text) {
  put("\"");
  for (char c : text) character(static_cast<unsigned char>(c));
  put("\"");
}

void Dumper::literal(LiteralId id) {
  const Literal& l = module_.literals[id.index];
  switch (l.kind) {
    case LiteralKind::Integer:
      put("{}", l.integer);
      break;
    case LiteralKind::BigInteger:
      put("{}16#{}", l.text.starts_with('-') ? "-" : "", std::string_view(l.text).substr(l.text.starts_with('-')));
      break;
    case LiteralKind::Float: {
      std::string text = fmt::format("{}", l.number);
      if (text.find_first_of(".e") == std::string::npos) text += ".0";
      put("{}", text);
      break;
    }
    case LiteralKind::Atom:
      atom(l.text);
      break;
    case LiteralKind::Nil:
      put("[]");
      break;
    case LiteralKind::Cons:
      list(id);
      break;
    case LiteralKind::Tuple:
      put("{{");
      for (size_t i = 0; i < l.elements.size(); ++i) {
        if (i > 0) put(", ");
        literal(l.elements[i]);
      }
      put("}}");
      break;
    case LiteralKind::String:
      string(l.characters);
      break;
    case LiteralKind::ExportFun:
      put("fun ");
      literal(l.elements[0]);
      put(":");
      literal(l.elements[1]);
      put("/{}", l.integer);
      break;
  }
}

void Dumper::list(LiteralId id) {
  put("[");
  for (bool first = true;; first = false) {
    const Literal& cell = module_.literals[id.index];
    if (!first) put(", ");
    literal(cell.elements[0]);
    id = cell.elements[1];
    LiteralKind kind = module_.literals[id.index].kind;
    if (kind == LiteralKind::Cons) continue;
    if (kind != LiteralKind::Nil) {
      put(" | ");
      literal(id);
    }
    break;
  }
  put("]");
}

void Dumper::function_name(FunctionId id) {
  if (!id.valid() || id.index >= module_.functions.size()) {
    put("none/0");
    return;
  }
  const Function& f = module_.functions[id.index];
  atom(f.name);
  put("/{}", f.arity);
}

void Dumper::value(ValueId id) {
  uint32_t& number = numbers_[id.index];
  if (number == UINT32_MAX) number = next_number_++;
  put("%{}", number);
}

void Dumper::definition(ValueId id) {
  value(id);
  ValueType type = function_->value_types[id.index];
  if (type != ValueType::Any) put(":{}", type_word(type));
}

void Dumper::operand(Operand operand) {
  if (operand.is_literal()) {
    literal(operand.literal());
  } else {
    value(operand.value());
  }
}

void Dumper::args(const std::vector<Operand>& args) {
  put("(");
  for (size_t i = 0; i < args.size(); ++i) {
    if (i > 0) put(", ");
    operand(args[i]);
  }
  put(")");
}

void Dumper::target(const CallTarget& target, const std::vector<Operand>& call_args) {
  switch (target.kind) {
    case CallKind::Local:
      put("local ");
      function_name(target.function);
      break;
    case CallKind::Remote:
      put("remote ");
      literal(target.module);
      put(":");
      literal(target.name);
      break;
    case CallKind::Dynamic:
      put("dynamic");
      break;
    case CallKind::Fun:
      put("fun");
      break;
  }
  args(call_args);
}

void Dumper::edge(const Edge& edge) {
  put("b{}", edge.target.index);
  if (!edge.args.empty()) args(edge.args);
}

void Dumper::site(SiteId id) {
  const char* lead = " @";
  while (id.valid()) {
    const Site& s = module_.sites[id.index];
    put("{}", lead);
    if (s.file != 0) put("{}:", s.file);
    put("{}", s.line);
    if (s.function != owner_) {
      put("~");
      function_name(s.function);
    }
    id = s.inlined_at;
    lead = "<@";
  }
}

}  // namespace

void dump_core(const Module& module, std::ostream& out) { out << Dumper(module).run(); }

}  // namespace hj::core
