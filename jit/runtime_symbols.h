// Addresses of everything of the runtime that generated code calls by name: runtime_calls.def as a table.
//
// Threads: constant.
#pragma once
#include <cstdint>
#include <string_view>

namespace hj::jit {

// Of a transfer's stub ("hj_yield") or a helper ("hj_rt_add"); 0 when there is none of that name.
uint64_t runtime_symbol(std::string_view name);

}  // namespace hj::jit
