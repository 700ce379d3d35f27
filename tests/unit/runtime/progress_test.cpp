// Thread progress: nothing is freed while somebody may be reading it.
#include "runtime/sched/progress.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace hj::rt {
namespace {

TEST(Progress, TP2_ATargetIsReachedOnlyWhenOnlineThreadsHavePassed) {
  std::atomic<int> stage{0};
  std::thread reader([&] {
    progress_go_online();
    stage = 1;
    while (stage != 2) std::this_thread::yield();
    progress_quiet_point();
    stage = 3;
    while (stage != 4) std::this_thread::yield();
    progress_go_offline();
  });
  while (stage != 1) std::this_thread::yield();
  uint64_t target = take_progress_target();
  EXPECT_FALSE(progress_passed(target));
  stage = 2;
  while (stage != 3) std::this_thread::yield();
  EXPECT_TRUE(progress_passed(target));
  uint64_t second = take_progress_target();
  EXPECT_FALSE(progress_passed(second));
  stage = 4;
  reader.join();
  EXPECT_TRUE(progress_passed(second));
}

TEST(Progress, GuardsNestAndEndOffline) {
  {
    ProgressGuard outer;
    { ProgressGuard inner; }
    uint64_t target = take_progress_target();
    EXPECT_FALSE(progress_passed(target));
  }
  EXPECT_TRUE(progress_passed(take_progress_target()));
}

// Readers follow a pointer; a writer replaces what it leads to and frees the old one after progress. The sanitizers watch.
TEST(Progress, TP3_WhatReadersHoldIsNotFreed) {
  std::atomic<std::atomic<int>*> shared{new std::atomic<int>(1)};
  std::atomic<bool> stop{false};
  std::atomic<int> bad{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; i++) {
    readers.emplace_back([&, is_scheduler = i == 0] {
      if (is_scheduler) progress_go_online();
      while (!stop) {
        if (is_scheduler) progress_quiet_point();
        ProgressGuard guard;
        if (shared.load(std::memory_order_acquire)->load() != 1) bad++;
      }
      if (is_scheduler) progress_go_offline();
    });
  }
  for (int round = 0; round < 3000; round++) {
    std::atomic<int>* old = shared.exchange(new std::atomic<int>(1), std::memory_order_acq_rel);
    free_after_progress(old, [](void* object) {
      auto* number = static_cast<std::atomic<int>*>(object);
      number->store(0);
      delete number;
    });
  }
  stop = true;
  for (auto& reader : readers) reader.join();
  progress_drain();
  delete shared.load();
  EXPECT_EQ(bad, 0);
}

TEST(Progress, WaitingEndsWhenTheLastReaderHasGone) {
  std::atomic<bool> is_online{false};
  std::atomic<bool> has_left{false};
  std::thread reader([&] {
    ProgressGuard guard;
    is_online = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    has_left = true;
  });
  while (!is_online) std::this_thread::yield();
  wait_for_progress(take_progress_target());
  EXPECT_TRUE(has_left);
  reader.join();
}

}  // namespace
}  // namespace hj::rt
