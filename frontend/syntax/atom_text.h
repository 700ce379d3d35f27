// Atoms, characters and strings as Erlang writes them (what ~p shows): messages and dumps print names with these.
//
// Threads: any thread.
#pragma once
#include <string>
#include <string_view>

namespace hj::syntax {

// foo, 'Foo bar', 'case': quoted where the reader would not take it for an atom.
std::string atom_text(std::string_view name);
// $a, $\n
std::string char_text(char32_t character);
// "..." with escapes
std::string string_text(std::u32string_view characters);
// The same between other quotes.
std::string quoted_text(std::u32string_view characters, char quote);

// A reserved word of Erlang ("case", not "maybe" and "else").
bool is_reserved_word(std::string_view name);

}  // namespace hj::syntax
