// Reads the text form that core_dump.cpp describes. A recursive descent over characters: one pass, no tokens; functions
// may be named before they appear, because headers are collected first.
#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "frontend/core/core.h"
#include "frontend/core/core_names.h"

namespace hj::core {

namespace {

// Texts nest literals only; a test's author who nests deeper than this has made a mistake.
constexpr uint32_t kMaxLiteralDepth = 1000;

class Reader {
 public:
  Reader(std::string_view text, Module& module) : text_(text), module_(module) {}
  bool run(ReadError& error);

 private:
  // -- characters
  bool fail(std::string message);
  void skip_space();
  bool at_end();
  bool accept(std::string_view token);
  bool expect(std::string_view token);
  bool peek(std::string_view token);
  std::string_view word();
  bool number(uint32_t& value);
  bool escaped(char32_t& c, char quote);

  // -- literals and names
  bool atom(std::string& text);
  bool string(std::u32string& characters);
  bool path(std::string& bytes);
  bool literal(LiteralId& id, uint32_t depth = 0);
  bool number_literal(LiteralId& id);
  bool list_literal(LiteralId& id, uint32_t depth);
  bool atom_literal(LiteralId& id);
  bool function_name(FunctionId& id);

  // -- the module
  bool scan_functions();
  bool header();
  bool function(Function& f);
  bool block(Function& f);
  bool instr(Function& f, Block& b, ValueId result);
  bool terminator(Function& f, Terminator& t, std::string_view head);
  bool switch_edges(Function& f, Terminator& t);
  bool value(Function& f, ValueId& id);
  bool definition(Function& f, ValueId& id);
  bool operand(Function& f, Operand& operand);
  bool args(Function& f, std::vector<Operand>& args);
  bool call(Function& f, CallTarget& target, std::vector<Operand>& args);
  bool edges(Function& f, Terminator& t, size_t count);
  bool edge(Function& f, Edge& edge);
  bool site(SiteId& id);

  std::string_view text_;
  Module& module_;
  size_t at_ = 0;
  std::string message_;
  size_t failed_at_ = 0;
  std::map<std::pair<std::string, uint32_t>, FunctionId> functions_;
  std::unordered_map<uint32_t, ValueId> values_;
  FunctionId owner_;
  std::map<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>, SiteId> sites_;
};

// -- characters

bool Reader::fail(std::string message) {
  if (message_.empty()) {
    message_ = std::move(message);
    failed_at_ = at_;
  }
  return false;
}

void Reader::skip_space() {
  while (at_ < text_.size()) {
    if (std::isspace(static_cast<unsigned char>(text_[at_]))) {
      ++at_;
    } else if (text_[at_] == ';') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    } else {
      return;
    }
  }
}

bool Reader::at_end() {
  skip_space();
  return at_ == text_.size();
}

static bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '@'; }

bool Reader::peek(std::string_view token) {
  skip_space();
  if (!text_.substr(at_).starts_with(token)) return false;
  size_t end = at_ + token.size();
  return !is_word_char(token.back()) || token.back() == '@' || end == text_.size() || !is_word_char(text_[end]);
}

bool Reader::accept(std::string_view token) {
  if (!peek(token)) return false;
  at_ += token.size();
  return true;
}

bool Reader::expect(std::string_view token) { return accept(token) || fail(fmt::format("expected '{}'", token)); }

std::string_view Reader::word() {
  skip_space();
  size_t begin = at_;
  while (at_ < text_.size() && is_word_char(text_[at_])) ++at_;
  return text_.substr(begin, at_ - begin);
}

bool Reader::number(uint32_t& value) {
  skip_space();
  auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
  if (error != std::errc{}) return fail("expected a number");
  at_ = static_cast<size_t>(end - text_.data());
  return true;
}

// After a backslash: \n, \x{...}, or the character itself.
bool Reader::escaped(char32_t& c, char quote) {
  if (at_ >= text_.size()) return fail(fmt::format("no closing {}", quote));
  char head = text_[at_++];
  if (head == 'n') {
    c = U'\n';
    return true;
  }
  if (head != 'x') {
    c = static_cast<unsigned char>(head);
    return true;
  }
  if (at_ >= text_.size() || text_[at_] != '{') return fail("expected '{' after \\x");
  uint32_t code = 0;
  auto [end, error] = std::from_chars(text_.data() + at_ + 1, text_.data() + text_.size(), code, 16);
  at_ = static_cast<size_t>(end - text_.data());
  if (error != std::errc{} || at_ >= text_.size() || text_[at_] != '}' || code > 0x10FFFF) return fail("bad \\x{...}");
  ++at_;
  c = code;
  return true;
}

// -- literals and names

static void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool Reader::atom(std::string& text) {
  skip_space();
  text.clear();
  if (at_ < text_.size() && text_[at_] >= 'a' && text_[at_] <= 'z') {
    text = word();
    return true;
  }
  if (at_ >= text_.size() || text_[at_] != '\'') return fail("expected an atom");
  ++at_;
  while (at_ < text_.size() && text_[at_] != '\'') {
    if (text_[at_] != '\\') {
      text += text_[at_++];
      continue;
    }
    ++at_;
    char32_t c = 0;
    if (!escaped(c, '\'')) return false;
    append_utf8(text, c);
  }
  if (at_ >= text_.size()) return fail("no closing '");
  ++at_;
  return true;
}

bool Reader::string(std::u32string& characters) {
  if (!expect("\"")) return false;
  while (at_ < text_.size() && text_[at_] != '"') {
    char32_t c = static_cast<unsigned char>(text_[at_++]);
    if (c == U'\\' && !escaped(c, '"')) return false;
    characters += c;
  }
  if (at_ >= text_.size()) return fail("no closing \"");
  ++at_;
  return true;
}

bool Reader::path(std::string& bytes) {
  std::u32string characters;
  if (!string(characters)) return false;
  for (char32_t c : characters) {
    if (c > 0xFF) return fail("a path is made of bytes");
    bytes += static_cast<char>(c);
  }
  return true;
}

bool Reader::atom_literal(LiteralId& id) {
  std::string text;
  if (!atom(text)) return false;
  id = module_.atom(text);
  return true;
}

bool Reader::number_literal(LiteralId& id) {
  size_t begin = at_;
  if (text_[at_] == '-') ++at_;
  while (at_ < text_.size() &&
         (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.' || text_[at_] == '#' ||
          ((text_[at_] == '+' || text_[at_] == '-') && text_[at_ - 1] == 'e'))) {
    ++at_;
  }
  std::string token(text_.substr(begin, at_ - begin));
  Literal value;
  if (size_t hash = token.find('#'); hash != std::string::npos) {
    value.kind = LiteralKind::BigInteger;
    value.text = (token[0] == '-' ? "-" : "") + token.substr(hash + 1);
  } else if (token.find_first_of(".e") != std::string::npos) {
    value.kind = LiteralKind::Float;
    value.number = std::strtod(token.c_str(), nullptr);
  } else {
    value.kind = LiteralKind::Integer;
    auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value.integer);
    if (error != std::errc{} || end != token.data() + token.size()) return fail("bad integer");
  }
  id = module_.literal(std::move(value));
  return true;
}

bool Reader::list_literal(LiteralId& id, uint32_t depth) {
  std::vector<LiteralId> elements;
  LiteralId tail = module_.nil();
  if (!accept("]")) {
    do {
      if (!literal(elements.emplace_back(), depth + 1)) return false;
    } while (accept(","));
    if (accept("|") && !literal(tail, depth + 1)) return false;
    if (!expect("]")) return false;
  }
  id = module_.list(elements, tail);
  return true;
}

bool Reader::literal(LiteralId& id, uint32_t depth) {
  if (depth > kMaxLiteralDepth) return fail("a literal is nested too deep");
  if (at_end()) return fail("expected a literal");
  char c = text_[at_];
  if (c == '-' || std::isdigit(static_cast<unsigned char>(c))) return number_literal(id);
  if (accept("[")) return list_literal(id, depth);
  if (c == '"') {
    std::u32string characters;
    if (!string(characters)) return false;
    Literal value;
    value.kind = characters.empty() ? LiteralKind::Nil : LiteralKind::String;
    value.characters = std::move(characters);
    id = module_.literal(std::move(value));
    return true;
  }
  if (accept("{")) {
    std::vector<LiteralId> elements;
    if (!accept("}")) {
      do {
        if (!literal(elements.emplace_back(), depth + 1)) return false;
      } while (accept(","));
      if (!expect("}")) return false;
    }
    id = module_.tuple(elements);
    return true;
  }
  if (accept("fun")) {
    Literal value;
    value.kind = LiteralKind::ExportFun;
    value.elements.resize(2);
    uint32_t arity = 0;
    if (!atom_literal(value.elements[0]) || !expect(":") || !atom_literal(value.elements[1]) || !expect("/") ||
        !number(arity)) {
      return false;
    }
    value.integer = arity;
    id = module_.literal(std::move(value));
    return true;
  }
  return atom_literal(id);
}

bool Reader::function_name(FunctionId& id) {
  std::string name;
  uint32_t arity = 0;
  if (!atom(name) || !expect("/") || !number(arity)) return false;
  auto found = functions_.find({name, arity});
  if (found == functions_.end()) return fail(fmt::format("no function {}/{}", name, arity));
  id = found->second;
  return true;
}

// -- the module

// Finds every function's name and arity, so that calls may stand before what they call. A header starts a line.
bool Reader::scan_functions() {
  for (size_t line = 0; line < text_.size(); line = std::min(text_.find('\n', line), text_.size() - 1) + 1) {
    at_ = line;
    std::string_view head = word();
    if (at_ - head.size() != line || !find_function_kind(head)) continue;
    std::string name;
    uint32_t arity = 0;
    if (!atom(name) || !expect("/") || !number(arity)) return false;
    if (!functions_.emplace(std::pair{name, arity}, FunctionId{module_.functions.size()}).second) {
      return fail(fmt::format("two functions {}/{}", name, arity));
    }
    Function& f = module_.functions.emplace_back();
    f.kind = *find_function_kind(head);
    f.name = std::move(name);
    f.arity = arity;
  }
  at_ = 0;
  return true;
}

bool Reader::header() {
  if (!expect("module") || !atom(module_.name)) return false;
  if (accept("source") && !path(module_.source_path)) return false;
  while (accept("file")) {
    if (!path(module_.files.emplace_back())) return false;
  }
  while (accept("attribute")) {
    auto& [name, value] = module_.attributes.emplace_back();
    if (!literal(name) || !literal(value)) return false;
  }
  while (accept("compile")) {
    auto& [name, value] = module_.compile_info.emplace_back();
    if (!literal(name) || !literal(value)) return false;
  }
  return !accept("on_load") || function_name(module_.on_load);
}

bool Reader::function(Function& f) {
  word();
  FunctionId id;
  if (!function_name(id)) return false;
  values_.clear();
  if (accept("exported")) f.exported = true;
  if (f.kind == FunctionKind::Lambda) {
    if (!expect("free") || !number(f.free_count) || !expect("index") || !number(f.lambda_index)) return false;
  }
  if (accept("as") && !function_name(f.trace_as)) return false;
  owner_ = f.trace_as.valid() ? f.trace_as : id;
  if (!site(f.site) || !expect("{")) return false;
  while (!accept("}")) {
    if (!block(f)) return false;
  }
  return true;
}

bool Reader::block(Function& f) {
  std::string expected = fmt::format("b{}", f.blocks.size());
  if (!expect(expected)) return false;
  Block b;
  if (accept("(")) {
    do {
      if (!definition(f, b.params.emplace_back())) return false;
    } while (accept(","));
    if (!expect(")")) return false;
  }
  if (!expect(":")) return false;
  for (;;) {
    if (peek("%")) {
      ValueId result;
      if (!definition(f, result) || !expect("=") || !instr(f, b, result)) return false;
    } else if (accept("recv_accept")) {
      b.instrs.push_back({.kind = InstrKind::RecvAccept});
    } else if (accept("recv_reject")) {
      b.instrs.push_back({.kind = InstrKind::RecvReject});
    } else {
      break;
    }
  }
  if (!terminator(f, b.term, word()) || !site(b.term.site)) return false;
  f.blocks.push_back(std::move(b));
  return true;
}

bool Reader::instr(Function& f, Block& b, ValueId result) {
  Instr i{.kind = InstrKind::Bif, .result = result};
  std::string_view head = word();
  bool ok = true;
  if (head == "bif") {
    auto bif = find_bif(word());
    if (!bif) return fail("unknown BIF");
    i.bif = *bif;
  } else if (head == "cons") {
    i.kind = InstrKind::Cons;
  } else if (head == "tuple") {
    i.kind = InstrKind::Tuple;
  } else if (head == "hd") {
    i.kind = InstrKind::Hd;
  } else if (head == "tl") {
    i.kind = InstrKind::Tl;
  } else if (head == "element") {
    i.kind = InstrKind::TupleElement;
    ok = number(i.index);
  } else if (head == "fun") {
    i.kind = InstrKind::MakeFun;
    ok = function_name(i.function);
  } else if (head == "build_stacktrace") {
    i.kind = InstrKind::BuildStacktrace;
  } else if (head == "call") {
    i.kind = InstrKind::Call;
  } else {
    return fail(fmt::format("unknown instruction '{}'", head));
  }
  ok = ok && (i.kind == InstrKind::Call ? call(f, i.target, i.args) : args(f, i.args)) && site(i.site);
  b.instrs.push_back(std::move(i));
  return ok;
}

bool Reader::terminator(Function& f, Terminator& t, std::string_view head) {
  if (head == "return") {
    t.kind = TermKind::Return;
    return operand(f, t.args.emplace_back());
  }
  if (head == "tailcall") {
    t.kind = TermKind::TailCall;
    return call(f, t.target, t.args);
  }
  if (head == "jump") {
    t.kind = TermKind::Jump;
    return edges(f, t, 1);
  }
  if (head == "branch") {
    t.kind = TermKind::Branch;
    auto test = find_test(word());
    if (!test) return fail("unknown test");
    t.test = *test;
    return (!test_has_index(t.test) || number(t.index)) && args(f, t.args) && edges(f, t, 2);
  }
  if (head == "switch" || head == "switch_arity") {
    t.kind = head == "switch" ? TermKind::Switch : TermKind::SwitchArity;
    return operand(f, t.args.emplace_back()) && switch_edges(f, t);
  }
  if (head == "trybif") {
    t.kind = TermKind::TryBif;
    if (!definition(f, t.result) || !expect("=")) return false;
    auto bif = find_bif(word());
    if (!bif) return fail("unknown BIF");
    t.bif = *bif;
    return args(f, t.args) && edges(f, t, 2);
  }
  if (head == "trycall") {
    t.kind = TermKind::TryCall;
    t.target.kind = CallKind::Local;
    return definition(f, t.result) && expect("=") && function_name(t.target.function) && args(f, t.args) &&
           edges(f, t, 2);
  }
  if (head == "raise") {
    t.kind = TermKind::RaiseError;
    auto error = find_error(word());
    if (!error) return fail("unknown error");
    t.error = *error;
    return args(f, t.args);
  }
  if (head == "reraise") {
    t.kind = TermKind::Reraise;
    return args(f, t.args);
  }
  if (head == "recv_next") {
    t.kind = TermKind::RecvNext;
    return definition(f, t.result) && edges(f, t, 2);
  }
  if (head == "recv_wait") {
    t.kind = TermKind::RecvWait;
    return edges(f, t, 1);
  }
  if (head == "recv_wait_timeout") {
    t.kind = TermKind::RecvWaitTimeout;
    return args(f, t.args) && edges(f, t, 2);
  }
  t.kind = TermKind::Unreachable;
  return head == "unreachable" || fail(fmt::format("unknown terminator '{}'", head));
}

bool Reader::switch_edges(Function& f, Terminator& t) {
  if (!expect("[")) return false;
  while (!accept("_")) {
    bool ok = t.kind == TermKind::Switch ? literal(t.cases.emplace_back()) : number(t.arities.emplace_back());
    if (!ok || !expect(":") || !edge(f, t.edges.emplace_back()) || !expect(",")) return false;
  }
  return expect(":") && edge(f, t.edges.emplace_back()) && expect("]");
}

bool Reader::value(Function& f, ValueId& id) {
  uint32_t n = 0;
  if (!expect("%") || !number(n)) return false;
  auto [found, is_new] = values_.try_emplace(n);
  if (is_new) found->second = f.new_value();
  id = found->second;
  return true;
}

bool Reader::definition(Function& f, ValueId& id) {
  if (!value(f, id)) return false;
  if (!accept(":")) return true;
  auto type = find_type(word());
  if (!type) return fail("unknown type");
  f.value_types[id.index] = *type;
  return true;
}

bool Reader::operand(Function& f, Operand& operand) {
  if (peek("%")) {
    ValueId id;
    if (!value(f, id)) return false;
    operand = id;
    return true;
  }
  LiteralId id;
  if (!literal(id)) return false;
  operand = id;
  return true;
}

bool Reader::args(Function& f, std::vector<Operand>& args) {
  if (!expect("(")) return false;
  if (accept(")")) return true;
  do {
    if (!operand(f, args.emplace_back())) return false;
  } while (accept(","));
  return expect(")");
}

bool Reader::call(Function& f, CallTarget& target, std::vector<Operand>& call_args) {
  std::string_view kind = word();
  if (kind == "local") {
    target.kind = CallKind::Local;
    return function_name(target.function) && args(f, call_args);
  }
  if (kind == "remote") {
    target.kind = CallKind::Remote;
    return atom_literal(target.module) && expect(":") && atom_literal(target.name) && args(f, call_args);
  }
  if (kind == "dynamic") {
    target.kind = CallKind::Dynamic;
    return args(f, call_args);
  }
  target.kind = CallKind::Fun;
  return (kind == "fun" || fail("expected local, remote, dynamic or fun")) && args(f, call_args);
}

bool Reader::edges(Function& f, Terminator& t, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (!edge(f, t.edges.emplace_back())) return false;
  }
  return true;
}

bool Reader::edge(Function& f, Edge& edge) {
  skip_space();
  if (at_ >= text_.size() || text_[at_] != 'b') return fail("expected a block");
  ++at_;
  if (!number(edge.target.index)) return false;
  return !peek("(") || args(f, edge.args);
}

bool Reader::site(SiteId& id) {
  if (!accept("@")) return true;
  std::vector<Site> chain;
  do {
    Site& s = chain.emplace_back();
    s.function = owner_;
    if (!number(s.line)) return false;
    if (accept(":")) {
      s.file = s.line;
      if (!number(s.line)) return false;
    }
    if (accept("~")) {
      if (accept("none/0")) {
        s.function = FunctionId{};
      } else if (!function_name(s.function)) {
        return false;
      }
    }
  } while (accept("<@"));
  for (size_t i = chain.size(); i-- > 0;) {
    chain[i].inlined_at = id;
    auto [found, is_new] = sites_.try_emplace({chain[i].file, chain[i].line, chain[i].function.index, id.index},
                                              SiteId{module_.sites.size()});
    if (is_new) module_.sites.push_back(chain[i]);
    id = found->second;
  }
  return true;
}

bool Reader::run(ReadError& error) {
  bool ok = scan_functions() && header();
  for (size_t i = 0; ok && i < module_.functions.size(); ++i) {
    skip_space();
    ok = function(module_.functions[i]);
  }
  if (ok && !at_end()) ok = fail("expected a function or the end");
  if (ok) return true;
  error.message = message_;
  error.line = 1;
  for (size_t i = 0; i < failed_at_ && i < text_.size(); ++i) error.line += text_[i] == '\n';
  return false;
}

}  // namespace

bool read_core(std::string_view text, Module& module, ReadError& error) {
  module = Module{};
  return Reader(text, module).run(error);
}

}  // namespace hj::core
