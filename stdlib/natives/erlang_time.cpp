// erlang's clocks, unique integers, and statistics of the whole runtime.
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <ctime>

#include "runtime/heap/build.h"
#include "runtime/process/process.h"
#include "runtime/term/atoms.h"
#include "runtime/term/bigint.h"
#include "stdlib/natives/all_natives.h"

namespace hj::stdlib {

using namespace hj::rt;

// The native time unit is the nanosecond, as OTP's on Linux.
static constexpr int64_t kNativePerSecond = 1'000'000'000;

static int64_t monotonic_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
static int64_t system_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}
static const int64_t kStarted = monotonic_ns();

// Parts a second of a time unit, or 0.
static int64_t unit_parts(Term unit) {
  if (unit.is_small()) return unit.small() > 0 ? unit.small() : 0;
  if (unit == am::second || unit == am::seconds) return 1;
  if (unit == am::millisecond || unit == am::milli_seconds) return 1'000;
  if (unit == am::microsecond || unit == am::micro_seconds) return 1'000'000;
  if (unit == am::nanosecond || unit == am::nano_seconds || unit == am::native) return kNativePerSecond;
  return 0;
}

// Rounded down, as convert_time_unit documents.
static int64_t convert_down(int64_t value, int64_t from, int64_t to) {
  const __int128 product = static_cast<__int128>(value) * to;
  __int128 quotient = product / from;
  if (product % from < 0) quotient--;
  return static_cast<int64_t>(quotient);
}

static Term in_unit(Process& p, int64_t ns, Term unit) {
  const int64_t parts = unit_parts(unit);
  return parts == 0 ? raise_badarg(p) : make_integer(p, convert_down(ns, kNativePerSecond, parts));
}

static Term erlang_monotonic_time_0(Process& p) noexcept { return make_integer(p, monotonic_ns()); }
static Term erlang_monotonic_time_1(Process& p, Term unit) noexcept { return in_unit(p, monotonic_ns(), unit); }
static Term erlang_system_time_0(Process& p) noexcept { return make_integer(p, system_ns()); }
static Term erlang_system_time_1(Process& p, Term unit) noexcept { return in_unit(p, system_ns(), unit); }
static Term erlang_time_offset_0(Process& p) noexcept { return make_integer(p, system_ns() - monotonic_ns()); }
static Term erlang_time_offset_1(Process& p, Term unit) noexcept { return in_unit(p, system_ns() - monotonic_ns(), unit); }

static Term erlang_convert_time_unit(Process& p, Term time, Term from, Term to) noexcept {
  const int64_t from_parts = unit_parts(from);
  const int64_t to_parts = unit_parts(to);
  if (!time.is_integer() || from_parts == 0 || to_parts == 0) return raise_badarg(p);
  if (time.is_small()) return make_integer(p, convert_down(time.small(), from_parts, to_parts));
  const Term product = integer_multiply(p, time, make_integer(p, to_parts));
  const Term divisor = make_integer(p, from_parts);
  const Term quotient = integer_divide(p, product, divisor);
  const bool negative = product.is_small() ? product.small() < 0 : product.subtag() == Subtag::NegativeBig;
  const bool exact = integer_remainder(p, product, divisor) == Term::from_small(0);
  return negative && !exact ? integer_subtract(p, quotient, Term::from_small(1)) : quotient;
}

static Term mega_triple(Process& p, int64_t microseconds) {
  return make_tuple(p, {make_integer(p, microseconds / 1'000'000'000'000), make_integer(p, microseconds / 1'000'000 % 1'000'000),
                        make_integer(p, microseconds % 1'000'000)});
}
static Term erlang_timestamp(Process& p) noexcept { return mega_triple(p, system_ns() / 1000); }

// "It is also guaranteed that subsequent calls to this BIF return continuously increasing values."
static Term erlang_now(Process& p) noexcept {
  static std::atomic<int64_t> last{0};
  int64_t now = system_ns() / 1000;
  // Relaxed: only the values of this counter matter.
  int64_t before = last.load(std::memory_order_relaxed);
  do {
    now = std::max(now, before + 1);
  } while (!last.compare_exchange_weak(before, now, std::memory_order_relaxed));
  return mega_triple(p, now);
}

static Term erlang_unique_integer_1(Process& p, Term options) noexcept {
  bool positive = false;
  for (; options.is_cons(); options = options.tail()) {
    if (options.head() == am::positive) {
      positive = true;
    } else if (options.head() != am::monotonic) {
      return raise_badarg(p);
    }
  }
  if (!options.is_nil()) return raise_badarg(p);
  // Relaxed: unique whoever asks first; monotonic because there is one counter.
  static std::atomic<int64_t> next{0};
  const int64_t value = next.fetch_add(1, std::memory_order_relaxed);
  return make_integer(p, positive ? value + 1 : kSmallMin / 8 + value);
}
static Term erlang_unique_integer_0(Process& p) noexcept { return erlang_unique_integer_1(p, Term::nil()); }

static Term date_tuple(Process& p, const std::tm& t) {
  return make_tuple(p, {make_integer(p, t.tm_year + 1900), make_integer(p, t.tm_mon + 1), make_integer(p, t.tm_mday)});
}
static Term time_tuple(Process& p, const std::tm& t) {
  return make_tuple(p, {make_integer(p, t.tm_hour), make_integer(p, t.tm_min), make_integer(p, t.tm_sec)});
}
static std::tm local_now() {
  const std::time_t now = std::time(nullptr);
  std::tm result;
  localtime_r(&now, &result);
  return result;
}
static Term erlang_date(Process& p) noexcept { return date_tuple(p, local_now()); }
static Term erlang_time(Process& p) noexcept { return time_tuple(p, local_now()); }
static Term erlang_localtime(Process& p) noexcept {
  const std::tm now = local_now();
  return make_tuple(p, {date_tuple(p, now), time_tuple(p, now)});
}
static Term erlang_universaltime(Process& p) noexcept {
  const std::time_t now = std::time(nullptr);
  std::tm utc;
  gmtime_r(&now, &utc);
  return make_tuple(p, {date_tuple(p, utc), time_tuple(p, utc)});
}

// {Total, since the last call} in milliseconds.
static Term with_delta(Process& p, int64_t total, std::atomic<int64_t>& last) {
  // Relaxed: each caller gets the difference to whoever asked before.
  const int64_t before = last.exchange(total, std::memory_order_relaxed);
  return make_tuple(p, {make_integer(p, total), make_integer(p, total - before)});
}

static Term erlang_statistics(Process& p, Term item) noexcept {
  static std::atomic<int64_t> last_wall{0}, last_runtime{0};
  if (item == am::wall_clock) return with_delta(p, (monotonic_ns() - kStarted) / 1'000'000, last_wall);
  if (item == am::runtime) {
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    const int64_t ms = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
    return with_delta(p, ms, last_runtime);
  }
  return raise_badarg(p);
}

#define LEAF_ALLOC(name, arity, fn) HJ_NATIVE_ROW("erlang", name, arity, Leaf, true, fn)

static const NativeEntry kEntries[] = {
    LEAF_ALLOC("monotonic_time", 0, erlang_monotonic_time_0),
    LEAF_ALLOC("monotonic_time", 1, erlang_monotonic_time_1),
    LEAF_ALLOC("system_time", 0, erlang_system_time_0),
    LEAF_ALLOC("system_time", 1, erlang_system_time_1),
    LEAF_ALLOC("time_offset", 0, erlang_time_offset_0),
    LEAF_ALLOC("time_offset", 1, erlang_time_offset_1),
    LEAF_ALLOC("convert_time_unit", 3, erlang_convert_time_unit),
    LEAF_ALLOC("timestamp", 0, erlang_timestamp),
    LEAF_ALLOC("now", 0, erlang_now),
    LEAF_ALLOC("unique_integer", 0, erlang_unique_integer_0),
    LEAF_ALLOC("unique_integer", 1, erlang_unique_integer_1),
    LEAF_ALLOC("date", 0, erlang_date),
    LEAF_ALLOC("time", 0, erlang_time),
    LEAF_ALLOC("localtime", 0, erlang_localtime),
    LEAF_ALLOC("universaltime", 0, erlang_universaltime),
    LEAF_ALLOC("statistics", 1, erlang_statistics),
};

NativeTable erlang_time_natives() { return kEntries; }

}  // namespace hj::stdlib
