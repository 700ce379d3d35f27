#include <gtest/gtest.h>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "stdlib/natives/io_format.h"
#include "tests/unit/runtime/oracle.h"

namespace hj::stdlib {
namespace {

using namespace hj::rt;

TEST(IoFormat, FormatsAndMistakesGiveWhatOtpGives) {
  compare_with_otp("format", 10000, [](Process& process, const OracleCase& c) {
    std::optional<std::string> text = format_text(c.argument(0), c.argument(1));
    return answer_of(process, text ? make_binary(process, *text) : raise_badarg(process));
  });
}

}  // namespace
}  // namespace hj::stdlib
