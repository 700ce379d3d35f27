// Which variables a piece of code mentions that it does not hide itself: with what is bound around it, that gives the
// free variables of a fun, a comprehension or the body of a try.
//
// Threads: owner only.
#pragma once
#include <span>
#include <vector>

#include "frontend/syntax/ast.h"

namespace hj::core {

class FreeVariables {
 public:
  explicit FreeVariables(const syntax::Ast& ast) : ast_(ast) {}

  // The names mentioned below `roots`, each once, in order of appearance; without those hidden by heads of funs and
  // patterns of generators inside.
  std::vector<syntax::Name> mentioned(std::span<const syntax::NodeId> roots);
  // The same for the clauses of a fun: without the variables of their heads.
  std::vector<syntax::Name> mentioned_in_clauses(std::span<const syntax::NodeId> clauses);
  // The same for what a generator's function holds: qualifiers[from] is the generator itself, whose list is outside.
  std::vector<syntax::Name> mentioned_in_comprehension(syntax::NodeId comprehension, size_t from);

  // The variables of a pattern, `_` left out; a name that stands twice comes twice.
  void pattern_variables(syntax::NodeId pattern, std::vector<syntax::Name>& names) const;

 private:
  enum class GeneratorList : uint8_t { Outside, Inside };
  std::vector<syntax::Name> take();
  void mention(syntax::Name name);
  void walk(syntax::NodeId id);
  void clause(syntax::NodeId id);
  void qualifiers(syntax::NodeId comprehension, size_t from, GeneratorList list);
  void hide(syntax::NodeId pattern);
  void show(size_t mark);

  const syntax::Ast& ast_;
  std::vector<syntax::Name> found_;
  std::vector<uint32_t> seen_;    // by name: the walk that found it last
  std::vector<uint32_t> hidden_;  // by name: how many enclosing heads hide it
  std::vector<syntax::Name> hiding_;
  uint32_t walk_ = 0;
};

}  // namespace hj::core
