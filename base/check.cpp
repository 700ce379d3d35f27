#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace hj {

void check_failed(const char* file, int line, const char* condition, const std::string& message) {
  fmt::print(stderr, "hotjit: internal error: {}:{}: {}: {}\n", file, line, condition, message);
  std::fflush(stderr);
  std::abort();
}

}  // namespace hj
