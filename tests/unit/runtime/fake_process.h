// A process without generated code for the collector's tests: frames are pushed by hand, their return addresses lead to
// descriptors made on the spot.
//
// Threads: one.
#pragma once
#include <algorithm>
#include <deque>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

#include "runtime/code/version.h"
#include "runtime/heap/build.h"
#include "runtime/process/process.h"

namespace hj::rt::testing {

// Entries that nobody may jump to, with prefixes as generated code has them.
class FakeCode {
 public:
  FakeCode() {
    version_.id = 1;
    version_.module = Term::nil();
  }

  // A return address whose frame has these slots; true: the slot holds a term.
  Code continuation(const std::vector<bool>& slots) {
    Descriptor descriptor;
    descriptor.kind = EntryKind::Continuation;
    descriptor.live_args = 1;
    descriptor.frame_words = static_cast<uint32_t>(1 + slots.size());
    descriptor.slot_map = static_cast<uint32_t>(version_.slot_maps.size());
    version_.slot_maps.resize(version_.slot_maps.size() + (slots.size() + 63) / 64);
    for (size_t i = 0; i < slots.size(); i++) {
      if (slots[i]) version_.slot_maps[descriptor.slot_map + i / 64] |= uint64_t{1} << i % 64;
    }
    return add(descriptor);
  }

  Code entry(EntryKind kind, uint16_t live_args) {
    Descriptor descriptor;
    descriptor.kind = kind;
    descriptor.live_args = live_args;
    return add(descriptor);
  }

 private:
  struct alignas(16) Stub {
    CodePrefix prefix;
    char code[16];
  };

  Code add(const Descriptor& descriptor) {
    auto number = static_cast<uint32_t>(version_.descriptors.size());
    version_.descriptors.push_back(descriptor);
    stubs_.push_back({{&version_, number, 0}, {}});
    return stubs_.back().code;
  }

  Version version_;
  std::deque<Stub> stubs_;
};

class FakeProcess {
 public:
  explicit FakeProcess(size_t heap_words = kInitialBlockWords) : process_(make_bare_process(heap_words)) {
    process_->x = registers_;
    std::fill(std::begin(registers_), std::end(registers_), Term::nil());
    set_live(0);
  }
  ~FakeProcess() { free_bare_process(process_); }

  Process& operator*() { return *process_; }
  Process* operator->() { return process_; }

  // x0 .. x[count) are roots.
  void set_live(uint16_t count) { process_->resume = code_.entry(EntryKind::Function, count); }
  Term& x(size_t i) { return registers_[i]; }
  FakeCode& code() { return code_; }

  // Room must be there.
  void push(Code return_address, std::initializer_list<Term> slots) {
    process_->sp -= 1 + slots.size();
    process_->sp[0].bits = reinterpret_cast<uint64_t>(return_address);
    std::copy(slots.begin(), slots.end(), process_->sp + 1);
    process_->heap_limit = process_->sp;
  }
  void pop(size_t frame_words) {
    process_->sp += frame_words;
    process_->heap_limit = process_->sp;
  }

 private:
  Process* process_;
  FakeCode code_;
  Term registers_[kXRegisters];
};

}  // namespace hj::rt::testing
