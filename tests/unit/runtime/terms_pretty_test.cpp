#include <gtest/gtest.h>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/print.h"
#include "tests/unit/runtime/oracle.h"

namespace hj::rt {
namespace {

TEST(Pretty, RandomTermsAreLaidOutAsOtpDoes) {
  compare_with_otp("pretty", 2000, [](Process& process, const OracleCase& c) {
    std::string_view modifier = atom_text(c.argument(4));
    std::string text;
    pretty_term(text, c.argument(0),
                {.line_width = c.argument(2).small(),
                 .column = c.argument(3).small() - 1,
                 .depth = c.argument(1).small(),
                 .strings_as_lists = modifier.find('l') != std::string_view::npos,
                 .encoding = modifier.find('t') != std::string_view::npos ? Encoding::Unicode : Encoding::Latin1});
    return ok_answer(process, make_binary(process, text));
  });
}

}  // namespace
}  // namespace hj::rt
