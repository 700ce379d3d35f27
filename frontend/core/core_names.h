// The words of Core's text form: one table a kind of enumerator, used by the dump and by the reader, so that they
// cannot disagree. core_dump.cpp describes the text form.
//
// Threads: any thread.
#pragma once
#include <optional>
#include <string_view>

#include "frontend/core/core.h"

namespace hj::core {

// The enumerator's name in bifs.def: "Add". Unlike the Erlang name it is unique without the arity.
std::string_view bif_word(Bif bif);
std::string_view test_word(TestKind test);
std::string_view error_word(ErrorKind error);
std::string_view type_word(ValueType type);
std::string_view function_kind_word(FunctionKind kind);

std::optional<Bif> find_bif(std::string_view word);
// The BIF that erlang:name/arity is, when Core knows it.
std::optional<Bif> find_bif(std::string_view erlang_name, uint32_t arity);
std::optional<TestKind> find_test(std::string_view word);
std::optional<ErrorKind> find_error(std::string_view word);
std::optional<ValueType> find_type(std::string_view word);
std::optional<FunctionKind> find_function_kind(std::string_view word);

// Whether the BIF has a value whatever its arguments are: comparisons and type tests.
bool bif_is_total(Bif bif);
// The test that a total BIF's `true` is, or nothing: Branch is better than a boolean.
std::optional<TestKind> test_of_bif(Bif bif);

// How many arguments a test takes besides `index`; TupleOfSize and TaggedTuple also have an index.
uint32_t test_arg_count(TestKind test);
bool test_has_index(TestKind test);

}  // namespace hj::core
