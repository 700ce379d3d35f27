#include "frontend/source/diagnostics.h"

#include <gtest/gtest.h>

#include "frontend/source/encoding.h"
#include "frontend/source/unicode.h"

using namespace hj;

// Renders an error at [begin, end) of the text.
static std::string rendered(const std::string& text, uint32_t begin, uint32_t end, std::string hint = {}) {
  SourceMap sources;
  Loc file = sources.add("a.erl", text);
  Diagnostics diagnostics;
  diagnostics.report(DiagnosticKind::UndefinedMacro, {Loc{file.offset + begin}, Loc{file.offset + end}}, "X");
  if (!hint.empty()) diagnostics.hint(std::move(hint));
  return render(diagnostics.all()[0], sources, Color::Off);
}

TEST(SourceMap, ColumnsCountCodePoints) {
  SourceMap sources;
  Loc file = sources.add("a.erl", "a\n\xC3\xA9\xE6\x97\xA5x\n");
  SourcePosition position = sources.position(Loc{file.offset + 7});
  EXPECT_EQ(position.line, 2u);
  EXPECT_EQ(position.column, 3u);
}

TEST(SourceMap, ColumnsOfLongLinesAreRight) {
  std::string line;
  for (int i = 0; i < 5000; ++i) line += "\xC3\xA9";
  SourceMap sources;
  Loc file = sources.add("a.erl", "x\n" + line + "y");
  EXPECT_EQ(sources.position(Loc{file.offset + 2 + 10000}).column, 5001u);
  EXPECT_EQ(sources.position(Loc{file.offset + 2 + 514}).column, 258u);
}

TEST(SourceMap, TheEndOfAFileBelongsToIt) {
  SourceMap sources;
  Loc first = sources.add("a.erl", "ab");
  Loc second = sources.add("b.erl", "");
  EXPECT_EQ(sources.position(Loc{first.offset + 2}).file, "a.erl");
  EXPECT_EQ(sources.position(second).file, "b.erl");
  EXPECT_EQ(sources.line_text(second), "");
}

TEST(SourceMap, FileAttributesChangeNamesAndLinesFromWhereTheyStand) {
  SourceMap sources;
  Loc file = sources.add("a.erl", "one\ntwo\nthree\n");
  sources.set_line_override(Loc{file.offset + 4}, "y.yrl", 10);
  EXPECT_EQ(sources.position(file).file, "a.erl");
  SourcePosition third = sources.position(Loc{file.offset + 8});
  EXPECT_EQ(third.file, "y.yrl");
  EXPECT_EQ(third.line, 11u);
}

TEST(Diagnostics, AreSortedByPlaceAndThenByArrival) {
  Diagnostics diagnostics;
  diagnostics.report(DiagnosticKind::BadAttribute, {Loc{5}, Loc{6}});
  diagnostics.report(DiagnosticKind::HeadMismatch, {Loc{1}, Loc{2}});
  diagnostics.report(DiagnosticKind::IllegalAtom, {Loc{5}, Loc{9}});
  std::vector<Diagnostic> sorted = diagnostics.sorted();
  EXPECT_EQ(sorted[0].kind, DiagnosticKind::HeadMismatch);
  EXPECT_EQ(sorted[1].kind, DiagnosticKind::BadAttribute);
  EXPECT_EQ(sorted[2].kind, DiagnosticKind::IllegalAtom);
}

TEST(Diagnostics, WarningsCanBecomeErrorsOrGo) {
  Diagnostics diagnostics;
  diagnostics.report(DiagnosticKind::UserWarning, {}, "x");
  EXPECT_FALSE(diagnostics.has_errors());
  Diagnostics strict = diagnostics;
  strict.warnings_as_errors();
  EXPECT_TRUE(strict.has_errors());
  diagnostics.drop_warnings();
  EXPECT_TRUE(diagnostics.all().empty());
}

TEST(Render, ShowsTheLineWithACaretUnderTheSpan) {
  EXPECT_EQ(rendered("f() -> ?X.\n", 8, 9),
            "a.erl:1:9: error: undefined macro 'X' [HJ0103]\n"
            "    1 | f() -> ?X.\n"
            "      |         ^\n");
}

TEST(Render, MarksTheWholeSpanAndAddsTheHint) {
  EXPECT_EQ(rendered("one three\n", 4, 9, "try two"),
            "a.erl:1:5: error: undefined macro 'X' [HJ0103]\n"
            "    1 | one three\n"
            "      |     ^~~~~\n"
            "hint: try two\n");
}

TEST(Render, KeepsTabsAndCountsWideCharacters) {
  EXPECT_EQ(rendered("\t\xE6\x97\xA5\xE6\x9C\xAC X", 8, 9),
            "a.erl:1:5: error: undefined macro 'X' [HJ0103]\n"
            "    1 | \t\xE6\x97\xA5\xE6\x9C\xAC X\n"
            "      | \t     ^\n");
}

TEST(Render, PointsBehindTheLastCharacterAtTheEndOfTheFile) {
  EXPECT_EQ(rendered("ab", 2, 2),
            "a.erl:1:3: error: undefined macro 'X' [HJ0103]\n"
            "    1 | ab\n"
            "      |   ^\n");
}

TEST(Render, EndsTheMarkWithTheLine) {
  EXPECT_EQ(rendered("abc\ndef\n", 1, 7),
            "a.erl:1:2: error: undefined macro 'X' [HJ0103]\n"
            "    1 | abc\n"
            "      |  ^~\n");
}

TEST(Render, CutsLongLinesAroundTheSpan) {
  std::string text = rendered(std::string(100000, 'a') + "X" + std::string(100000, 'b'), 100000, 100001);
  EXPECT_LT(text.size(), 600u);
  EXPECT_NE(text.find("...aaa"), std::string::npos);
  EXPECT_NE(text.find("aXb"), std::string::npos);
}

TEST(Render, ReplacesWhatATerminalMustNotSee) {
  std::string text = rendered("a\x1b[31m \xFF X", 8, 9);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(valid_utf8_prefix(text), text.size());
}

TEST(Render, ColoursOnlyWhenAsked) {
  SourceMap sources;
  Loc file = sources.add("a.erl", "x");
  Diagnostics diagnostics;
  diagnostics.report(DiagnosticKind::BadAttribute, {file, file});
  EXPECT_NE(render(diagnostics.all()[0], sources, Color::On).find("\x1b[1;31merror"), std::string::npos);
}

TEST(RenderJson, EscapesWhatStandsInTheSource) {
  SourceMap sources;
  Loc file = sources.add("a\"b.erl", "\"\\\t\x01\xFF\n");
  Diagnostics diagnostics;
  diagnostics.report(DiagnosticKind::UnterminatedString, {file, Loc{file.offset + 3}}, "\"\\\x01\xFF");
  std::string json = render_json(diagnostics.all()[0], sources);
  EXPECT_TRUE(json.starts_with(R"({"file":"a\"b.erl","line":1,"column":1,"end_line":1,"end_column":4,"severity":"error",)"
                               R"("code":"HJ0006","message":"unterminated string starting with \"\\\u0001)"))
      << json;
  EXPECT_EQ(json.find('\n'), std::string::npos);
  EXPECT_EQ(valid_utf8_prefix(json), json.size());
}

TEST(Utf8, RefusesWhatIsNotCanonical) {
  EXPECT_EQ(valid_utf8_prefix("a\xC3\xA9\xF0\x9F\x98\x80"), 7u);
  // Overlong, surrogate, beyond Unicode, cut short.
  EXPECT_EQ(valid_utf8_prefix("\xC0\x80"), 0u);
  EXPECT_EQ(valid_utf8_prefix("\xED\xA0\x80"), 0u);
  EXPECT_EQ(valid_utf8_prefix("\xF4\x90\x80\x80"), 0u);
  EXPECT_EQ(valid_utf8_prefix("ab\xE6\x97"), 2u);
}

TEST(Encoding, Latin1CommentsInTheFirstTwoLinesAreHonoured) {
  EXPECT_EQ(decode_source("%% coding: latin-1\n\xE9"), "%% coding: latin-1\n\xC3\xA9");
  EXPECT_EQ(decode_source("#!x\n%% -*- coding: Latin-1 -*-\n\xE9"), "#!x\n%% -*- coding: Latin-1 -*-\n\xC3\xA9");
  EXPECT_EQ(decode_source("\n\n%% coding: latin-1\n\xE9"), "\n\n%% coding: latin-1\n\xE9");
  EXPECT_EQ(decode_source("%% coding: utf-8\n\xC3\xA9"), "%% coding: utf-8\n\xC3\xA9");
}

TEST(Encoding, FilesThatCannotBeReadAreErrors) {
  EXPECT_FALSE(read_source_file("/nonexistent.erl").ok());
  Result<std::string> directory = read_source_file("/");
  ASSERT_FALSE(directory.ok());
  EXPECT_EQ(directory.error().message, "/: Is a directory");
}
