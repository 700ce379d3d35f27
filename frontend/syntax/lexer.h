// Text to tokens, by erl_scan's rules.
//
// Total: every text gives tokens. What is not Erlang becomes an Error token that names its message; the lexer itself
// reports nothing, because only the preprocessor knows which parts of a text are used. It knows no context either (no
// forms, no macros), so one loop over the text is enough and a megabyte in one line is nothing special.
//
// Threads: any thread, with pools of its own.
#pragma once
#include <string_view>

#include "frontend/source/source_file.h"
#include "frontend/syntax/ast.h"
#include "frontend/syntax/token.h"

namespace hj::syntax {

// More digits than this are "illegal integer". Conversion is quadratic: this many take 0.2 s.
inline constexpr size_t kMaxIntegerDigits = 300'000;

// Atoms have at most 255 characters.
inline constexpr size_t kMaxAtomCharacters = 255;

// The tokens of `text`, which begins at `begin`. Names and literals go into `pools`. Text that is not UTF-8 ends the
// tokens with one Error at the bad byte, as epp gives up there.
TokenList lex(std::string_view text, Loc begin, Ast& pools);

}  // namespace hj::syntax
