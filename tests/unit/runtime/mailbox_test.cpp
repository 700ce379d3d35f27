// The queue of signals to a process: order, the first-in rule, closing.
#include "runtime/process/mailbox.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "runtime/process/signal.h"

namespace hj::rt {
namespace {

Signal* numbered(int64_t sender, int64_t number) {
  return make_signal(SignalKind::Message, Term::from_small(sender), Term::from_small(number));
}

void free_all(Signal* signal) {
  while (signal != nullptr) {
    Signal* next = signal->next;
    free_signal(signal);
    signal = next;
  }
}

TEST(Mailbox, M3_OnlyThePushThatFindsItEmptyIsTheFirst) {
  MailboxSenderSide mailbox;
  EXPECT_EQ(mailbox.push(numbered(0, 1)), Pushed::FirstIn);
  EXPECT_EQ(mailbox.push(numbered(0, 2)), Pushed::Queued);
  free_all(mailbox.take());
  EXPECT_EQ(mailbox.push(numbered(0, 3)), Pushed::FirstIn);
  free_all(mailbox.take());
}

TEST(Mailbox, M2_MessagesAreTakenInTheOrderPushed) {
  MailboxSenderSide mailbox;
  for (int i = 0; i < 100; i++) mailbox.push(numbered(0, i));
  Signal* all = mailbox.take();
  int64_t expected = 0;
  for (Signal* each = all; each != nullptr; each = each->next) EXPECT_EQ(each->term.small(), expected++);
  EXPECT_EQ(expected, 100);
  free_all(all);
}

TEST(Mailbox, M4_AClosedMailboxRefusesAndTheSignalStaysTheSenders) {
  MailboxSenderSide mailbox;
  mailbox.push(numbered(0, 1));
  free_all(mailbox.close());
  Signal* late = numbered(0, 2);
  EXPECT_EQ(mailbox.push(late), Pushed::Closed);
  EXPECT_FALSE(mailbox.has_arrivals());
  free_signal(late);
}

TEST(Mailbox, M2_HoldsForEachOfManySendersAtOnce) {
  constexpr int kSenders = 4;
  constexpr int64_t kEach = 20000;
  MailboxSenderSide mailbox;
  std::vector<std::thread> senders;
  for (int s = 0; s < kSenders; s++) {
    senders.emplace_back([&mailbox, s] {
      for (int64_t i = 0; i < kEach; i++) mailbox.push(numbered(s, i));
    });
  }
  int64_t next[kSenders] = {};
  int64_t total = 0;
  while (total < kSenders * kEach) {
    Signal* taken = mailbox.take();
    for (Signal* each = taken; each != nullptr; each = each->next) {
      ASSERT_EQ(each->term.small(), next[each->from.small()]++);
      total++;
    }
    free_all(taken);
  }
  for (auto& sender : senders) sender.join();
}

TEST(Mailbox, M1_WhatIsPushedWhileItClosesIsEitherTakenOrRefused) {
  for (int round = 0; round < 200; round++) {
    MailboxSenderSide mailbox;
    std::atomic<int> refused{0};
    constexpr int kEach = 50;
    auto send = [&] {
      for (int i = 0; i < kEach; i++) {
        Signal* signal = numbered(0, i);
        if (mailbox.push(signal) != Pushed::Closed) continue;
        refused++;
        free_signal(signal);
      }
    };
    std::thread first(send);
    std::thread second(send);
    Signal* taken = mailbox.close();
    first.join();
    second.join();
    int count = 0;
    for (Signal* each = taken; each != nullptr; each = each->next) count++;
    EXPECT_EQ(count + refused, 2 * kEach);
    free_all(taken);
  }
}

TEST(Mailbox, UnlinkingKeepsTheScanAndTheEnd) {
  MailboxOwnerSide inbox;
  for (int i = 0; i < 3; i++) inbox.append(numbered(0, i));
  inbox.scan = &inbox.first->next->next;
  free_signal(inbox.unlink(&inbox.first->next));
  EXPECT_EQ((*inbox.scan)->term.small(), 2);
  free_signal(inbox.unlink(inbox.scan));
  EXPECT_EQ(*inbox.scan, nullptr);
  inbox.append(numbered(0, 3));
  EXPECT_EQ((*inbox.scan)->term.small(), 3);
  EXPECT_EQ(inbox.count, 2u);
  while (inbox.first != nullptr) free_signal(inbox.unlink(&inbox.first));
}

TEST(Signal, SG1_ATermOfTheSendersHeapIsCopied) {
  Term cell[2] = {Term::from_small(1), Term::nil()};
  Signal* signal = make_signal(SignalKind::Message, Term::non_value(), Term::cons(cell));
  cell[0] = Term::from_small(2);
  EXPECT_EQ(signal->term.head().small(), 1);
  free_signal(signal);
}

}  // namespace
}  // namespace hj::rt
