// Checks for our own bugs: the fourth of the four kinds of error (docs/architecture.md, "Errors").
//
// HJ_CHECK stays on in every build; HJ_DCHECK is compiled in debug, sanitizer and chaos builds. A check cites the
// invariant it guards by its number ("M2: ..."), so that the report points at the text that was broken.
// A failing check prints one line and aborts: it is never the answer to bad input.
//
// Threads: any thread.
#pragma once
#include <fmt/format.h>

namespace hj {

[[noreturn]] void check_failed(const char* file, int line, const char* condition, const std::string& message);

}  // namespace hj

#define HJ_CHECK(condition, ...)                                                              \
  do {                                                                                        \
    if (!(condition)) [[unlikely]]                                                            \
      ::hj::check_failed(__FILE__, __LINE__, #condition, fmt::format(__VA_ARGS__));           \
  } while (false)

#if defined(HJ_DEBUG_CHECKS)
#define HJ_DCHECK(condition, ...) HJ_CHECK(condition, __VA_ARGS__)
#else
#define HJ_DCHECK(condition, ...) \
  do {                            \
  } while (false)
#endif

// Marks a place that no execution reaches.
#define HJ_UNREACHABLE(...) \
  ::hj::check_failed(__FILE__, __LINE__, "unreachable", fmt::format(__VA_ARGS__))
