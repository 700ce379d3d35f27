// The macros that are defined at one point of a module.
//
// A name may have several definitions: one without arguments and one for each number of arguments; which one a call means
// is the expander's question (expander.h). What a macro's text says is looked at again only to find out whether
// a macro reaches itself: epp refuses these before it expands anything, and that is what makes expansion end.
//
// Threads: owner only.
#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "frontend/syntax/ast.h"
#include "frontend/syntax/token.h"

namespace hj::syntax {

// Number of arguments; nothing for a macro without an argument list.
using MacroArity = std::optional<uint32_t>;

// A call of a macro that stands in another one's text.
struct MacroUse {
  Name name;
  MacroArity arity;
};

struct Macro {
  std::vector<Name> parameters;
  MacroArity arity;
  std::vector<Token> body;
  std::vector<MacroUse> uses;
  // The table's generation when the macro was found not to reach itself.
  uint64_t checked_generation = 0;
};

enum class DefineResult : uint8_t { Defined, Redefined };

class MacroTable {
 public:
  DefineResult define(Name name, Macro macro);
  void undefine(Name name);

  bool is_defined(Name name) const { return macros_.contains(name.index); }
  // The definition a call means: the one of that arity, else the one without arguments. Null when there is neither.
  Macro* find(Name name, MacroArity arity);
  // Whether some definition takes arguments.
  bool takes_arguments(Name name) const;
  // Whether expanding the macro would come back to it.
  bool is_circular(Macro& macro);

 private:
  std::unordered_map<uint32_t, std::vector<Macro>> macros_;
  uint64_t generation_ = 1;
};

}  // namespace hj::syntax
