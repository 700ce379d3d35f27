// Which variables are bound, unsafe or unused at one point of a function.
//
// Erlang has two rules that need more than a stack of scopes. Arguments and operands are evaluated in no particular
// order: none sees a variable that its neighbour binds, but all of them are bound afterwards. And a case (if, receive)
// gives its variables to what follows, safely if every clause binds them. Both are the same operation here: evaluate
// parts from one starting point, take what each changed, and put the changes together (erl_lint merges whole variable
// tables instead; taking changes costs what was changed).
//
// Every occurrence that binds is a Binding of its own. A variable that several clauses bind stands for the group of
// their bindings, and a use marks the whole group: that is how one clause's binding can be unused and another's not.
//
// Invariants:
//   S1  A mark is released (take, undo) or forgotten in the reverse order of mark().
//   S2  Delta holds one entry for each variable that differs from the state at the mark.
//
// Threads: owner only.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "frontend/syntax/ast.h"

namespace hj::lint {

// What made a variable unsafe or exported it.
enum class Construct : uint8_t { None, Case, If, Receive, Try, Catch, Andalso, Orelse, Maybe };
// As messages show it: "'case'", "maybe".
std::string_view construct_text(Construct construct);

enum class VariableStatus : uint8_t {
  Unknown,  // not bound here
  Bound,
  Exported,  // bound, by every clause of the construct
  Unsafe,    // bound on some ways to here only
};

struct Variable {
  VariableStatus status = VariableStatus::Unknown;
  Construct construct = Construct::None;
  uint32_t group = UINT32_MAX;  // of bindings; none for a variable that an error left "bound"
  Loc where;                    // the construct
};

struct Binding {
  syntax::Name name;
  Span span;
  bool used = false;
};

struct Change {
  syntax::Name name;
  Variable before;
  Variable after;
};
using Delta = std::vector<Change>;

class Scope {
 public:
  explicit Scope(size_t name_count) : variables_(name_count) {}

  const Variable& get(syntax::Name name) const { return variables_[name.index]; }
  void set(syntax::Name name, Variable variable);

  // A new binding in a group of its own.
  Variable bind(syntax::Name name, Span span);
  void use(const Variable& variable);
  Variable unsafe(Variable variable, Construct construct, Loc where) const;

  using Mark = size_t;
  Mark mark() const { return trail_.size(); }
  // What changed since the mark, which is the state afterwards.
  Delta take(Mark mark);
  void undo(Mark mark);
  void apply(const Delta& delta);

  // What parts evaluated in no particular order changed, together. A variable that two parts bind is compared, and so
  // used.
  Delta merge_siblings(std::span<const Delta> deltas);
  // The same for two parts of which at most one is the last to bind a variable.
  Delta merge_parts(Delta first, Delta second);
  // What follows a construct knows when one of these branches was taken.
  Delta merge_branches(std::span<const Delta> deltas, Construct construct, Loc where);
  // Every variable that the delta binds anew becomes unsafe; known ones keep what they became.
  static void make_unsafe(Delta& delta, Construct construct, Loc where);
  // Only what happened to variables that were known before: inner scopes bind nothing outside.
  static void keep_known(Delta& delta);

  const std::vector<Binding>& bindings() const { return bindings_; }
  // Forgets everything: the next function clause.
  void clear();

 private:
  struct TrailEntry {
    syntax::Name name;
    Variable before;
  };
  // One binding, or two groups: joining n clauses costs n groups, not n lists of up to n bindings.
  struct Group {
    uint32_t binding = UINT32_MAX;
    uint32_t first = UINT32_MAX;
    uint32_t second = UINT32_MAX;
    bool all_used = false;
  };
  // A variable's changes in several deltas, joined; and in how many it changed.
  struct Merged {
    Change change;
    size_t count;
  };
  enum class Overlap : uint8_t { Alternatives, Compared };
  std::vector<Merged> merge(std::span<const Delta> deltas, Overlap overlap);
  uint32_t join_groups(uint32_t a, uint32_t b);
  Variable join(const Variable& a, const Variable& b);

  std::vector<Variable> variables_;  // by name
  std::vector<TrailEntry> trail_;
  std::vector<Binding> bindings_;
  std::vector<Group> groups_;
};

}  // namespace hj::lint
