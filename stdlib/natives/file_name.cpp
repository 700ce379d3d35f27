#include "stdlib/natives/file_name.h"

#include <vector>

#include "runtime/term/atoms.h"
#include "runtime/term/binary.h"
#include "stdlib/natives/list_text.h"

namespace hj::stdlib {

using namespace rt;

// Appends a part that is no list. False: it belongs into no file name.
static bool append_part(std::string& name, Term part) {
  if (part.is_atom()) {
    name += atom_text(part);
    return true;
  }
  if (!part.is_small()) return false;
  // One character: the conversion of a list of it knows which ones there are.
  Term cell[2] = {part, Term::nil()};
  const std::optional<std::string> text = text_of_list(Term::cons(cell));
  if (text) name += *text;
  return text.has_value();
}

std::optional<std::string> file_name_of(Term term) {
  std::string name;
  if (term.is_atom()) {
    name = atom_text(term);
  } else if (is_binary(term)) {
    name = binary_bytes(term);
  } else if (term.is_list()) {
    // Nested lists by a stack of rests: no depth is too much.
    std::vector<Term> rests{term};
    while (!rests.empty()) {
      const Term list = rests.back();
      rests.pop_back();
      if (list.is_nil()) continue;
      if (!list.is_cons()) return std::nullopt;
      rests.push_back(list.tail());
      if (list.head().is_list()) {
        rests.push_back(list.head());
      } else if (!append_part(name, list.head())) {
        return std::nullopt;
      }
    }
  } else {
    return std::nullopt;
  }
  if (name.find('\0') != std::string::npos) return std::nullopt;
  return name;
}

}  // namespace hj::stdlib
