#include "frontend/core/core_names.h"

#include <array>
#include <unordered_map>

namespace hj::core {

static constexpr auto kBifWords = std::to_array<std::string_view>({
#define HJ_BIF(name, erlang_name, arity, guard, result) #name,
#include "frontend/core/bifs.def"
#undef HJ_BIF
});

static constexpr auto kTestWords = std::to_array<std::string_view>({
    "is_true",
    "is_false",
    "is_cons",
    "is_nil",
    "is_tuple",
    "is_atom",
    "is_integer",
    "is_float",
    "is_number",
    "is_boolean",
    "is_list",
    "is_function",
    "is_pid",
    "is_port",
    "is_reference",
    "is_binary",
    "is_bitstring",
    "is_map",
    "is_function_of_arity",
    "tuple_of_size",
    "tagged_tuple",
    "exact_equal",
    "not_exact_equal",
    "equal",
    "not_equal",
    "less",
    "less_equal",
    "greater",
    "greater_equal",
});

static constexpr auto kErrorWords = std::to_array<std::string_view>({
    "badmatch",
    "case_clause",
    "try_clause",
    "else_clause",
    "if_clause",
    "function_clause",
    "badrecord",
    "badarg",
    "badfun",
    "bad_generator",
    "bad_filter",
    "badmap",
    "badkey",
    "undef",
    "badarg_value",
});

static constexpr auto kTypeWords = std::to_array<std::string_view>({
    "any",
    "small",
    "integer",
    "float",
    "number",
    "atom",
    "boolean",
    "cons",
    "list",
    "tuple",
    "fun",
});

static constexpr auto kFunctionKindWords =
    std::to_array<std::string_view>({"function", "lambda", "comprehension", "trybody"});

static_assert(kTestWords.size() == static_cast<size_t>(TestKind::GreaterEqual) + 1);
static_assert(kErrorWords.size() == static_cast<size_t>(ErrorKind::BadargValue) + 1);
static_assert(kTypeWords.size() == static_cast<size_t>(ValueType::Fun) + 1);
static_assert(kFunctionKindWords.size() == static_cast<size_t>(FunctionKind::TryBody) + 1);

template <class Enum, size_t N>
static std::optional<Enum> find_word(const std::array<std::string_view, N>& words, std::string_view word) {
  for (size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

std::string_view bif_word(Bif bif) { return kBifWords[static_cast<size_t>(bif)]; }
std::string_view test_word(TestKind test) { return kTestWords[static_cast<size_t>(test)]; }
std::string_view error_word(ErrorKind error) { return kErrorWords[static_cast<size_t>(error)]; }
std::string_view type_word(ValueType type) { return kTypeWords[static_cast<size_t>(type)]; }
std::string_view function_kind_word(FunctionKind kind) { return kFunctionKindWords[static_cast<size_t>(kind)]; }

std::optional<Bif> find_bif(std::string_view word) { return find_word<Bif>(kBifWords, word); }
std::optional<TestKind> find_test(std::string_view word) { return find_word<TestKind>(kTestWords, word); }
std::optional<ErrorKind> find_error(std::string_view word) { return find_word<ErrorKind>(kErrorWords, word); }
std::optional<ValueType> find_type(std::string_view word) { return find_word<ValueType>(kTypeWords, word); }
std::optional<FunctionKind> find_function_kind(std::string_view word) {
  return find_word<FunctionKind>(kFunctionKindWords, word);
}

std::optional<Bif> find_bif(std::string_view erlang_name, uint32_t arity) {
  static const auto* const index = [] {
    auto* map = new std::unordered_multimap<std::string_view, Bif>;
    for (size_t i = 0; i < kBifWords.size(); ++i) map->emplace(bif_info(static_cast<Bif>(i)).name, static_cast<Bif>(i));
    return map;
  }();
  auto [begin, end] = index->equal_range(erlang_name);
  for (auto it = begin; it != end; ++it) {
    if (bif_info(it->second).arity == arity) return it->second;
  }
  return std::nullopt;
}

std::optional<TestKind> test_of_bif(Bif bif) {
  switch (bif) {
    case Bif::Equal:
      return TestKind::Equal;
    case Bif::NotEqual:
      return TestKind::NotEqual;
    case Bif::ExactEqual:
      return TestKind::ExactEqual;
    case Bif::NotExactEqual:
      return TestKind::NotExactEqual;
    case Bif::Less:
      return TestKind::Less;
    case Bif::LessEqual:
      return TestKind::LessEqual;
    case Bif::Greater:
      return TestKind::Greater;
    case Bif::GreaterEqual:
      return TestKind::GreaterEqual;
    case Bif::IsAtom:
      return TestKind::IsAtom;
    case Bif::IsBinary:
      return TestKind::IsBinary;
    case Bif::IsBitstring:
      return TestKind::IsBitstring;
    case Bif::IsBoolean:
      return TestKind::IsBoolean;
    case Bif::IsFloat:
      return TestKind::IsFloat;
    case Bif::IsFunction:
      return TestKind::IsFunction;
    case Bif::IsInteger:
      return TestKind::IsInteger;
    case Bif::IsList:
      return TestKind::IsList;
    case Bif::IsMap:
      return TestKind::IsMap;
    case Bif::IsNumber:
      return TestKind::IsNumber;
    case Bif::IsPid:
      return TestKind::IsPid;
    case Bif::IsPort:
      return TestKind::IsPort;
    case Bif::IsReference:
      return TestKind::IsReference;
    case Bif::IsTuple:
      return TestKind::IsTuple;
    default:
      return std::nullopt;
  }
}

bool bif_is_total(Bif bif) { return test_of_bif(bif).has_value() || bif == Bif::Self || bif == Bif::Node0; }

bool test_has_index(TestKind test) { return test == TestKind::TupleOfSize || test == TestKind::TaggedTuple; }

uint32_t test_arg_count(TestKind test) {
  switch (test) {
    case TestKind::IsFunctionOfArity:
    case TestKind::TaggedTuple:
    case TestKind::ExactEqual:
    case TestKind::NotExactEqual:
    case TestKind::Equal:
    case TestKind::NotEqual:
    case TestKind::Less:
    case TestKind::LessEqual:
    case TestKind::Greater:
    case TestKind::GreaterEqual:
      return 2;
    default:
      return 1;
  }
}

}  // namespace hj::core
