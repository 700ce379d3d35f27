// The identity of a version's code. Attributes are not part of it, as in OTP: -vsn defaults to the identity, and funs
// of two versions that differ in an attribute only are equal.
#include <bit>
#include <cstring>

#include "frontend/core/core.h"

namespace hj::core {

namespace {

// Two lanes with different multipliers, each word passed through both, and a strong finish: collisions between the
// versions of a module are all that matters, nobody forges one.
class Hasher {
 public:
  void word(uint64_t w) {
    a_ = std::rotl((a_ ^ w) * 0x9FB21C651E98DF25u, 29) + w;
    b_ = std::rotl((b_ + w) * 0xD6E8FEB86659FD93u, 37) ^ (a_ >> 7);
  }
  void text(std::string_view s) {
    word(s.size());
    while (!s.empty()) {
      uint64_t w = 0;
      for (size_t i = 0; i < 8 && i < s.size(); ++i) w |= uint64_t{static_cast<uint8_t>(s[i])} << (8 * i);
      word(w);
      s.remove_prefix(std::min<size_t>(8, s.size()));
    }
  }
  std::pair<uint64_t, uint64_t> finish() const { return {avalanche(a_ ^ std::rotl(b_, 11)), avalanche(b_ + a_ * 3)}; }

 private:
  static uint64_t avalanche(uint64_t h) {
    h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93u;
    h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93u;
    return h ^ (h >> 32);
  }
  uint64_t a_ = 0x243F6A8885A308D3u;
  uint64_t b_ = 0x13198A2E03707344u;
};

class ModuleHasher {
 public:
  explicit ModuleHasher(const Module& module) : module_(module) {}
  std::string run();

 private:
  void literals();
  void function(const Function& f);
  void instr(const Instr& i);
  void terminator(const Terminator& t);
  void literal(LiteralId id) {
    hash_.word(contents_[id.index].first);
    hash_.word(contents_[id.index].second);
  }
  void operands(const std::vector<Operand>& args) {
    hash_.word(args.size());
    for (Operand arg : args) {
      if (arg.is_literal()) {
        literal(arg.literal());
      } else {
        hash_.word(arg.value().index);
      }
    }
  }
  void target(const CallTarget& target) {
    hash_.word(static_cast<uint64_t>(target.kind));
    if (target.kind == CallKind::Local) hash_.word(target.function.index);
    if (target.kind == CallKind::Remote) {
      literal(target.module);
      literal(target.name);
    }
  }

  const Module& module_;
  // Literals by content: their ids depend on attributes and on what stands elsewhere.
  std::vector<std::pair<uint64_t, uint64_t>> contents_;
  Hasher hash_;
};

void ModuleHasher::literals() {
  for (const Literal& l : module_.literals) {
    Hasher h;
    h.word(static_cast<uint64_t>(l.kind));
    h.word(static_cast<uint64_t>(l.integer));
    h.word(std::bit_cast<uint64_t>(l.number));
    h.text(l.text);
    h.word(l.characters.size());
    for (char32_t c : l.characters) h.word(c);
    h.word(l.elements.size());
    for (LiteralId part : l.elements) {
      h.word(contents_[part.index].first);
      h.word(contents_[part.index].second);
    }
    contents_.push_back(h.finish());
  }
}

void ModuleHasher::instr(const Instr& i) {
  hash_.word(static_cast<uint64_t>(i.kind));
  if (i.kind == InstrKind::Bif) hash_.word(static_cast<uint64_t>(i.bif));
  if (i.kind == InstrKind::TupleElement) hash_.word(i.index);
  if (i.kind == InstrKind::MakeFun) hash_.word(i.function.index);
  if (i.kind == InstrKind::Call) target(i.target);
  operands(i.args);
  hash_.word(i.result.index);
}

void ModuleHasher::terminator(const Terminator& t) {
  hash_.word(static_cast<uint64_t>(t.kind));
  if (t.kind == TermKind::Branch) hash_.word(static_cast<uint64_t>(t.test) << 32 | t.index);
  if (t.kind == TermKind::TryBif) hash_.word(static_cast<uint64_t>(t.bif));
  if (t.kind == TermKind::RaiseError) hash_.word(static_cast<uint64_t>(t.error));
  if (t.kind == TermKind::TailCall || t.kind == TermKind::TryCall) target(t.target);
  operands(t.args);
  for (LiteralId id : t.cases) literal(id);
  for (uint32_t arity : t.arities) hash_.word(arity);
  hash_.word(t.edges.size());
  for (const Edge& e : t.edges) {
    hash_.word(e.target.index);
    operands(e.args);
  }
  hash_.word(t.result.index);
}

void ModuleHasher::function(const Function& f) {
  hash_.text(f.name);
  hash_.word(uint64_t{f.arity} << 32 | static_cast<uint64_t>(f.kind) << 8 | (f.exported ? 1 : 0));
  hash_.word(uint64_t{f.free_count} << 32 | f.lambda_index);
  hash_.word(f.trace_as.index);
  hash_.word(f.blocks.size());
  for (const Block& b : f.blocks) {
    hash_.word(b.params.size());
    for (ValueId param : b.params) hash_.word(param.index);
    hash_.word(b.instrs.size());
    for (const Instr& i : b.instrs) instr(i);
    terminator(b.term);
  }
}

std::string ModuleHasher::run() {
  contents_.reserve(module_.literals.size());
  literals();
  hash_.text(module_.name);
  hash_.word(module_.on_load.index);
  hash_.word(module_.functions.size());
  for (const Function& f : module_.functions) function(f);
  auto [high, low] = hash_.finish();
  std::string bytes;
  for (uint64_t half : {high, low}) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(half >> shift);
  }
  return bytes;
}

}  // namespace

std::string code_hash(const Module& module) { return ModuleHasher(module).run(); }

}  // namespace hj::core
