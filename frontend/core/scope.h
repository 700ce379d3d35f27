// Which value each variable of the function being lowered has, with a trail: branches bind, then everything they bound
// is taken back.
//
// One table for a named function and all funs inside it. A fun's free variables are rebound to its parameters while its
// body is lowered; variables that it does not mention keep values of the function around it, and nobody asks for them.
//
// Threads: owner only.
#pragma once
#include <vector>

#include "frontend/core/core.h"
#include "frontend/syntax/ast.h"

namespace hj::core {

// OTP orders a fun's free variables, which erlang:fun_info(F, env) shows: variables of heads and patterns by place,
// then those of `V = E` by name.
struct VariableRank {
  static constexpr uint32_t kByName = UINT32_MAX;
  uint32_t place = kByName;
};

class Scope {
 public:
  explicit Scope(size_t name_count) : entries_(name_count) {}

  bool is_bound(syntax::Name name) const { return entries_[name.index].bound; }
  Operand value(syntax::Name name) const { return entries_[name.index].value; }
  VariableRank rank(syntax::Name name) const { return entries_[name.index].rank; }

  void bind(syntax::Name name, Operand value, VariableRank rank) { change(name, {value, rank, true}); }
  // Heads of funs and patterns of generators hide what is bound outside.
  void unbind(syntax::Name name) { change(name, {}); }

  size_t mark() const { return trail_.size(); }
  void undo(size_t mark);
  struct Binding {
    syntax::Name name;
    Operand value;
    VariableRank rank;
  };
  // What is bound now and was not at `mark`, in order of binding.
  std::vector<Binding> bound_since(size_t mark) const;

 private:
  struct Entry {
    Operand value;
    VariableRank rank;
    bool bound = false;
  };
  void change(syntax::Name name, Entry entry) {
    trail_.emplace_back(name, entries_[name.index]);
    entries_[name.index] = entry;
  }

  std::vector<Entry> entries_;
  std::vector<std::pair<syntax::Name, Entry>> trail_;
};

}  // namespace hj::core
