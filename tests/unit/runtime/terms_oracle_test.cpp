#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/arithmetic.h"
#include "runtime/term/atoms.h"
#include "runtime/term/order.h"
#include "runtime/term/print.h"
#include "tests/unit/runtime/oracle.h"

namespace hj::rt {
namespace {

using Unary = std::function<Term(Process&, Term)>;
using Binary = std::function<Term(Process&, Term, Term)>;

Term rounded(Process& process, Term a, Rounding rounding) { return number_to_integer(process, a, rounding); }

const std::map<std::string_view, Unary> kUnary = {
    {"+", number_plus},
    {"-", number_negate},
    {"bnot", integer_not_checked},
    {"abs", number_abs},
    {"float", number_to_float},
    {"trunc", [](Process& p, Term a) { return rounded(p, a, Rounding::Trunc); }},
    {"round", [](Process& p, Term a) { return rounded(p, a, Rounding::Round); }},
    {"floor", [](Process& p, Term a) { return rounded(p, a, Rounding::Floor); }},
    {"ceil", [](Process& p, Term a) { return rounded(p, a, Rounding::Ceil); }},
};

const std::map<std::string_view, Binary> kBinary = {
    {"+", number_add},
    {"-", number_subtract},
    {"*", number_multiply},
    {"/", number_divide},
    {"div", integer_div_checked},
    {"rem", integer_rem_checked},
    {"band", [](Process& p, Term a, Term b) { return integer_bits_checked(p, a, b, BitOperation::And); }},
    {"bor", [](Process& p, Term a, Term b) { return integer_bits_checked(p, a, b, BitOperation::Or); }},
    {"bxor", [](Process& p, Term a, Term b) { return integer_bits_checked(p, a, b, BitOperation::Xor); }},
    {"bsl", [](Process& p, Term a, Term b) { return integer_shift_checked(p, a, b, ShiftDirection::Left); }},
    {"bsr", [](Process& p, Term a, Term b) { return integer_shift_checked(p, a, b, ShiftDirection::Right); }},
};

Term boolean(bool value) { return value ? am::true_ : am::false_; }

TEST(Arithmetic, OperatorsGiveOtpsResultsAndErrors) {
  compare_with_otp("arithmetic", 3000, [](Process& process, const OracleCase& c) {
    std::string_view name = atom_text(c.question);
    Term a = c.argument(0);
    if (c.arguments.tail().is_nil()) return answer_of(process, kUnary.at(name)(process, a));
    return answer_of(process, kBinary.at(name)(process, a, c.argument(1)));
  });
}

TEST(Order, TermsCompareAsInOtp) {
  compare_with_otp("compare", 3000, [](Process& process, const OracleCase& c) {
    Term a = c.argument(0), b = c.argument(1);
    bool less = compare(a, b) < 0;
    EXPECT_EQ(compare(a, b) == 0, equal(a, b));
    EXPECT_EQ(compare_exact(a, b) == 0, exact_equal(a, b));
    EXPECT_EQ(compare(a, b) < 0, compare(b, a) > 0);
    bool distinct_keys_in_order = !exact_equal(a, b) && compare_exact(a, b) < 0;
    return ok_answer(process, make_tuple(process, {boolean(less), boolean(equal(a, b)), boolean(exact_equal(a, b)),
                                                   boolean(distinct_keys_in_order)}));
  });
}

TEST(Hash, Phash2GivesOtpsValues) {
  compare_with_otp("hash", 3000, [](Process& process, const OracleCase& c) {
    return ok_answer(process, make_unsigned(process, phash2_full(c.argument(0))));
  });
}

TEST(Float, TextIsTheShortestThatReadsBackInOtpsFormat) {
  compare_with_otp("float", 10000, [](Process& process, const OracleCase& c) {
    std::string text;
    write_float(text, c.argument(0).float_value());
    return ok_answer(process, make_binary(process, text));
  });
}

TEST(Write, RandomTermsAreWrittenAsOtpDoes) {
  compare_with_otp("write", 2000, [](Process& process, const OracleCase& c) {
    std::string text;
    Encoding encoding = atom_text(c.argument(2)) == "t" ? Encoding::Unicode : Encoding::Latin1;
    write_term(text, c.argument(0), encoding, c.argument(1).small());
    return ok_answer(process, make_binary(process, text));
  });
}

}  // namespace
}  // namespace hj::rt
