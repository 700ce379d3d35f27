// Proves by linking that the runtime needs nothing but base: no frontend, no jit, no LLVM.
#include <cstdio>

#include "runtime/process/process.h"
#include "runtime/term/order.h"

int main() {
  const bool good = hj::rt::compare(hj::rt::Term::from_small(1), hj::rt::Term::from_small(2)) < 0;
  std::puts(good ? "ok" : "1 is not less than 2");
  return good ? 0 : 1;
}
