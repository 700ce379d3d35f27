#include "runtime/process/crash_report.h"

#include <fmt/format.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

#include "runtime/term/print.h"

namespace hj::rt {

static void print_report(const CrashReport& report) {
  std::string text = format_crash_report(report);
  // One write: reports of several processes do not mix.
  [[maybe_unused]] ssize_t written = write(STDERR_FILENO, text.data(), text.size());
}

static std::atomic<CrashHook> crash_hook{print_report};

void set_crash_hook(CrashHook hook) { crash_hook.store(hook == nullptr ? print_report : hook, std::memory_order_release); }

void report_crash(Process& process, Term reason) {
  crash_hook.load(std::memory_order_acquire)({process.pid, reason});
}

std::string format_crash_report(const CrashReport& report) {
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  timeval now;
  gettimeofday(&now, nullptr);
  tm local;
  localtime_r(&now.tv_sec, &local);
  std::string text = fmt::format("=ERROR REPORT==== {}-{}-{:04}::{:02}:{:02}:{:02}.{:06} ===\nError in process ",
                                 local.tm_mday, kMonths[local.tm_mon], local.tm_year + 1900, local.tm_hour, local.tm_min,
                                 local.tm_sec, now.tv_usec);
  write_term(text, report.pid, Encoding::Unicode);
  text += " with exit value:\n";
  pretty_term(text, report.reason, {.encoding = Encoding::Unicode});
  text += "\n\n";
  return text;
}

}  // namespace hj::rt
