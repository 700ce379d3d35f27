#include "jit/runtime_symbols.h"

#include <unordered_map>

#include "runtime/abi/runtime_calls.h"
#include "runtime/arch/entry.h"

namespace hj::jit {

uint64_t runtime_symbol(std::string_view name) {
  static const std::unordered_map<std::string_view, uint64_t> symbols = {
#define HJ_TRANSFER(name) {"hj_" #name, reinterpret_cast<uint64_t>(&rt::hj_##name)},
#define HJ_HELPER(name, result, arguments, effects) {"hj_rt_" #name, reinterpret_cast<uint64_t>(&rt::hj_rt_##name)},
#include "runtime/abi/runtime_calls.def"
#undef HJ_TRANSFER
#undef HJ_HELPER
      {"hj_call_c", reinterpret_cast<uint64_t>(&rt::hj_call_c)},
      {"hj_call_c_saving", reinterpret_cast<uint64_t>(&rt::hj_call_c_saving)},
  };
  auto found = symbols.find(name);
  return found == symbols.end() ? 0 : found->second;
}

}  // namespace hj::jit
