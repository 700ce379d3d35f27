// Timer wheels, without schedulers: time is what the test says.
#include "runtime/sched/timers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <thread>
#include <vector>

namespace hj::rt {
namespace {

constexpr int64_t kMs = 1'000'000;

std::vector<int> fired;

struct TestTimer : Timer {
  int number = 0;
};

void note(Timer& timer) { fired.push_back(static_cast<TestTimer&>(timer).number); }

std::unique_ptr<TestTimer> make_timer(int number) {
  auto timer = std::make_unique<TestTimer>();
  timer->fire = note;
  timer->number = number;
  return timer;
}

TEST(TimerWheel, TW1_NothingFiresBeforeItsTime) {
  fired.clear();
  TimerWheel wheel(0);
  int64_t now = monotonic_ns();
  auto timer = make_timer(1);
  wheel.start(*timer, now + 10 * kMs);
  wheel.advance(now + 10 * kMs - 1);
  EXPECT_TRUE(fired.empty());
  wheel.advance(now + 11 * kMs);
  EXPECT_EQ(fired, std::vector<int>{1});
  EXPECT_TRUE(wheel.is_empty());
}

TEST(TimerWheel, TW1_EqualDeadlinesFireInTheOrderStarted) {
  fired.clear();
  TimerWheel wheel(0);
  int64_t now = monotonic_ns();
  // Started at different distances, so that they come down from different levels.
  auto far = make_timer(1);
  wheel.start(*far, now + 5000 * kMs);
  wheel.advance(now + 4990 * kMs);
  auto near = make_timer(2);
  wheel.start(*near, now + 5000 * kMs);
  wheel.advance(now + 5001 * kMs);
  EXPECT_EQ(fired, (std::vector<int>{1, 2}));
}

TEST(TimerWheel, TW3_AStoppedTimerDoesNotFire) {
  fired.clear();
  TimerWheel wheel(0);
  int64_t now = monotonic_ns();
  auto timer = make_timer(1);
  wheel.start(*timer, now + 70 * kMs);
  EXPECT_TRUE(wheel.stop(*timer));
  EXPECT_FALSE(wheel.stop(*timer));
  wheel.advance(now + 1000 * kMs);
  EXPECT_TRUE(fired.empty());
  EXPECT_EQ(wheel.next_due_ns(), INT64_MAX);
}

TEST(TimerWheel, RandomTimersFireInTheOrderOfTheirDeadlines) {
  fired.clear();
  TimerWheel wheel(0);
  std::mt19937_64 random(42);
  int64_t now = monotonic_ns();
  std::vector<std::unique_ptr<TestTimer>> timers;
  std::vector<int64_t> deadlines;
  for (int i = 0; i < 3000; i++) {
    // From milliseconds to weeks.
    int64_t delay = static_cast<int64_t>(random() % (int64_t{1} << (random() % 31)));
    timers.push_back(make_timer(i));
    deadlines.push_back(now + delay * kMs);
    wheel.start(*timers.back(), deadlines.back());
  }
  int64_t last = now;
  while (!wheel.is_empty()) {
    int64_t due = wheel.next_due_ns();
    ASSERT_GE(due, last);
    size_t before = fired.size();
    wheel.advance(due);
    for (size_t i = before; i < fired.size(); i++) {
      ASSERT_LE(deadlines[static_cast<size_t>(fired[i])], due);
      ASSERT_GT(deadlines[static_cast<size_t>(fired[i])], due - 2 * kMs);
    }
    last = due;
  }
  EXPECT_EQ(fired.size(), timers.size());
}

TEST(TimerWheel, TW3_StoppingFromAnotherThreadIsFinal) {
  TimerWheel wheel(0);
  for (int round = 0; round < 300; round++) {
    fired.clear();
    auto timer = make_timer(round);
    int64_t now = monotonic_ns();
    wheel.start(*timer, now + kMs);
    bool was_armed = false;
    std::thread stopper([&] { was_armed = wheel.stop(*timer); });
    wheel.advance(now + 3 * kMs);
    stopper.join();
    EXPECT_EQ(fired.size(), was_armed ? 0u : 1u);
  }
}

}  // namespace
}  // namespace hj::rt
