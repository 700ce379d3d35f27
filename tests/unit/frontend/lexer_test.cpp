#include "frontend/syntax/lexer.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace hj;
using namespace hj::syntax;

// "kind text" of each token but the last, joined by blanks; errors as their code.
static std::string lexed(std::string_view text) {
  Ast pools;
  TokenList list = lex(text, Loc{0}, pools);
  std::string out;
  for (const Token& token : list.tokens) {
    if (token.kind == TokenKind::EndOfFile) break;
    if (!out.empty()) out += ' ';
    if (token.kind == TokenKind::Error) {
      out += diagnostic_code(list.errors[token.payload].kind);
    } else if (token.kind == TokenKind::Dot) {
      out += "DOT";
    } else {
      out += token_source_text(token, pools);
    }
  }
  return out;
}

TEST(Lexer, NamesAreAtomsOrVariablesByTheirFirstCharacter) {
  EXPECT_EQ(lexed("foo foo@Bar_1 X _ _x X@ \xC3\xA9t\xC3\xA9 \xC3\x89"), "foo foo@Bar_1 X _ _x X@ \xC3\xA9t\xC3\xA9 \xC3\x89");
}

TEST(Lexer, QuotedAtomsKeepWhatTheyHold) {
  EXPECT_EQ(lexed("'foo' 'Foo bar' 'a\\nb' '' 'case' '\xF0\x9F\x98\x80'"),
            "foo 'Foo bar' 'a\\nb' '' 'case' '\xF0\x9F\x98\x80'");
}

TEST(Lexer, MaybeAndElseAreAtoms) { EXPECT_EQ(lexed("maybe else"), "maybe else"); }

TEST(Lexer, IntegersTakeUnderscoresAndBases) {
  EXPECT_EQ(lexed("0 1_000_000 16#FF_ff 2#1010 36#zZ"), "0 1000000 65535 10 1295");
}

TEST(Lexer, IntegersMayBeOfAnySize) {
  EXPECT_EQ(lexed("9223372036854775807 9223372036854775808"), "9223372036854775807 9223372036854775808");
  EXPECT_EQ(lexed("340282366920938463463374607431768211456 16#100000000000000000000000000000000"),
            "340282366920938463463374607431768211456 340282366920938463463374607431768211456");
  Ast pools;
  lex("36#zzzzzzzzzzzzzzzzzzzz", Loc{0}, pools);
  EXPECT_EQ(pools.integers[0].hex, "a8b8b452291fe820ffffffffff");
}

TEST(Lexer, AnUnderscoreEndsANumberUnlessADigitFollows) {
  EXPECT_EQ(lexed("1_ 1__0 1_a"), "1 _ 1 __0 1 _a");
}

TEST(Lexer, DigitsThatDoNotFitTheBaseBeginTheNextToken) { EXPECT_EQ(lexed("2#12 16#FG"), "1 2 15 G"); }

TEST(Lexer, BadBasesAndMissingDigitsAreErrors) {
  EXPECT_EQ(lexed("37#1 1#0 0#0 99999999999#1"), "HJ0003 HJ0003 HJ0003 HJ0003");
  EXPECT_EQ(lexed("16# 2#9 a"), "HJ0002 HJ0002 a");
}

TEST(Lexer, FloatsNeedDigitsOnBothSidesOfThePoint) {
  EXPECT_EQ(lexed("1.0 2.5e-3 1.0E+10 1_0.2_5 1e5 1.e"), "1.0 0.0025 1.0e10 10.25 1 e5 1 . e");
}

TEST(Lexer, FloatsOutOfRangeAreErrorsTinyOnesAreZero) {
  EXPECT_EQ(lexed("1.0e309 1.0e-400 1.5e 1.7976931348623157e308"), "HJ0004 0.0 HJ0004 1.7976931348623157e308");
}

TEST(Lexer, CharactersTakeEscapes) {
  EXPECT_EQ(lexed("$a $\\n $\\x41 $\\x{416} $\\101 $\\^a $\\\\ $' $\\d"), "$a $\\n $A $\xD0\x96 $A $\\001 $\\\\ $' $\\d");
}

TEST(Lexer, StringsTakeEscapesAndNewlines) {
  EXPECT_EQ(lexed("\"a\\tb\\x{416}\\103\\s\\q\\\"\" \"two\nlines\""), "\"a\\tb\xD0\x96" "C q\\\"\" \"two\\nlines\"");
}

TEST(Lexer, BadEscapesAreIllegalCharacters) {
  EXPECT_EQ(lexed("\"\\xZZ\" a \"\\x{110000}\" \"\\x{}\" \"\\x{d800}\" $\\xG"), "HJ0001 a HJ0001 HJ0001 HJ0001 HJ0001 G");
}

TEST(Lexer, WhatIsNotTerminatedReachesToTheEnd) {
  EXPECT_EQ(lexed("a \"b c"), "a HJ0006");
  EXPECT_EQ(lexed("a 'b c"), "a HJ0007");
  EXPECT_EQ(lexed("a $"), "a HJ0008");
  EXPECT_EQ(lexed("a $\\"), "a HJ0008");
}

TEST(Lexer, AFullStopNeedsWhiteSpaceACommentOrTheEnd) {
  EXPECT_EQ(lexed("a.b a. b.%c\n d.\n e.."), "a . b a DOT b DOT d DOT e ..");
  EXPECT_EQ(lexed("a."), "a DOT");
}

TEST(Lexer, PunctuationIsReadGreedily) {
  EXPECT_EQ(lexed("=<<1>> <<>> <- <= => := =:= =/= ?= ?? ... ||"), "=< < 1 >> << >> <- <= => := =:= =/= ?= ? ? ... ||");
}

TEST(Lexer, AtomsHaveAtMost255Characters) {
  EXPECT_EQ(lexed(std::string(256, 'a')), "HJ0005");
  EXPECT_EQ(lexed("X" + std::string(255, 'a')), "HJ0011");
  std::string wide = "'";
  for (int i = 0; i < 255; ++i) wide += "\xC3\xA9";
  EXPECT_EQ(lexed(wide + "'"), wide.substr(1));
}

TEST(Lexer, AWordOfAnotherScriptIsOneError) { EXPECT_EQ(lexed("\xCE\xB1\xCE\xB2\xCE\xB3 a"), "HJ0001 a"); }

TEST(Lexer, TextThatIsNotUtf8EndsInOneError) {
  EXPECT_EQ(lexed("a \xFF b \xFF c"), "a HJ0009");
  EXPECT_EQ(lexed("a %\xC3\n b"), "a HJ0009");
}

TEST(Lexer, NulBytesAreWhiteSpace) { EXPECT_EQ(lexed(std::string_view("a\0b", 3)), "a b"); }

TEST(Lexer, SpansCoverTheTokensText) {
  Ast pools;
  std::string_view text = " foo \"s\" 16#ff";
  TokenList list = lex(text, Loc{100}, pools);
  ASSERT_EQ(list.tokens.size(), 4u);
  EXPECT_EQ(list.tokens[0].span.begin.offset, 101u);
  EXPECT_EQ(list.tokens[0].span.end.offset, 104u);
  EXPECT_EQ(list.tokens[2].span.end.offset, 100 + text.size());
}

TEST(Lexer, NumbersTooLongToConvertAreErrors) {
  EXPECT_EQ(lexed(std::string(kMaxIntegerDigits + 1, '7')), "HJ0002");
}

TEST(TokenDump, HasALineForEachToken) {
  SourceMap sources;
  Loc begin = sources.add("a.erl", "f() ->\n  \"\xC3\xA9\" X.");
  Ast pools;
  std::ostringstream out;
  dump_tokens(lex(sources.file_text(begin), begin, pools).tokens, pools, sources, out);
  EXPECT_EQ(out.str(),
            "1:1 atom f\n1:2 (\n1:3 )\n1:5 ->\n2:3 string \"\xC3\xA9\"\n2:7 variable X\n2:8 .\n2:9 end of file\n");
}
