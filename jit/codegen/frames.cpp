#include "jit/codegen/frames.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace hj::codegen {

using core::ValueId;

namespace {

// The slots a frame uses, as bits.
class SlotSet {
 public:
  void add(uint32_t slot) {
    if (slot / 64 >= words_.size()) words_.resize(slot / 64 + 1);
    words_[slot / 64] |= uint64_t{1} << slot % 64;
  }
  void add_all(const SlotSet& other) {
    if (other.words_.size() > words_.size()) words_.resize(other.words_.size());
    for (size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
  }
  uint32_t first_free() const {
    for (size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] != UINT64_MAX) return static_cast<uint32_t>(i * 64 + std::countr_one(words_[i]));
    }
    return static_cast<uint32_t>(words_.size() * 64);
  }

 private:
  std::vector<uint64_t> words_;
};

using ValueSets = std::vector<std::vector<ValueId>>;

}  // namespace

static std::vector<ValueId> united(const std::vector<ValueId>& a, const std::vector<ValueId>& b) {
  std::vector<ValueId> result;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

static FrameId add_frame(FunctionPlan& plan, std::vector<ValueId> values) {
  plan.frames.push_back({.values = std::move(values)});
  return FrameId{plan.frames.size() - 1};
}

static void add_call_frames(const ValueSets& live, FunctionPlan& plan) {
  auto live_at = [&](NodeId node) -> const std::vector<ValueId>& {
    return live[plan.nodes[node.index].entry.index - plan.first_entry.index];
  };
  for (Node& node : plan.nodes) {
    if (!node.returns_to.valid()) continue;
    EntryPlan& continuation = plan.entry(plan.nodes[node.returns_to.index].entry);
    if (node.handler.valid()) {
      node.frame = add_frame(plan, united(live_at(node.returns_to), live_at(node.handler)));
      continuation.handler = plan.nodes[node.handler.index].entry;
      plan.entry(continuation.handler).frame = node.frame;
    } else {
      node.frame = add_frame(plan, live_at(node.returns_to));
    }
    continuation.frame = node.frame;
  }
}

// The values at a shared block or receive loop: in registers when they are few, else in a frame.
static void place_block_values(const core::Function& function, const ValueSets& live, FunctionPlan& plan) {
  for (size_t i = 0; i < plan.entries.size(); ++i) {
    EntryPlan& entry = plan.entries[i];
    const std::vector<ValueId>& params = function.block(plan.nodes[entry.root.index].block).params;
    if (entry.kind == rt::EntryKind::Function) {
      entry.args = params;
      continue;
    }
    if (entry.kind != rt::EntryKind::Block) continue;
    if (params.size() + live[i].size() <= kMaxBlockArgs) {
      entry.args = params;
      entry.args.insert(entry.args.end(), live[i].begin(), live[i].end());
      continue;
    }
    std::vector<ValueId> sorted = params;
    std::sort(sorted.begin(), sorted.end());
    entry.kind = rt::EntryKind::Continuation;
    entry.jumped_to = true;
    entry.frame = add_frame(plan, united(sorted, live[i]));
  }
}

static void assign_slots(size_t value_count, FunctionPlan& plan) {
  plan.slots.assign(value_count, kNoSlot);
  std::vector<std::vector<uint32_t>> frames_of(value_count);
  for (uint32_t f = 0; f < plan.frames.size(); ++f) {
    for (ValueId value : plan.frames[f].values) frames_of[value.index].push_back(f);
  }
  std::vector<uint32_t> order(plan.frames.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return plan.frames[a].values.size() < plan.frames[b].values.size();
  });
  std::vector<SlotSet> used(plan.frames.size());
  for (uint32_t f : order) {
    for (ValueId value : plan.frames[f].values) {
      uint32_t& slot = plan.slots[value.index];
      if (slot != kNoSlot) continue;
      SlotSet taken;
      for (uint32_t other : frames_of[value.index]) taken.add_all(used[other]);
      slot = taken.first_free();
      for (uint32_t other : frames_of[value.index]) used[other].add(slot);
    }
  }
}

static void make_slot_maps(FunctionPlan& plan, std::vector<uint64_t>& slot_maps) {
  for (FramePlan& frame : plan.frames) {
    frame.words = 1;
    for (ValueId value : frame.values) frame.words = std::max(frame.words, plan.slots[value.index] + 2);
    frame.slot_map = static_cast<uint32_t>(slot_maps.size());
    slot_maps.resize(slot_maps.size() + (frame.words + 62) / 64);
    for (ValueId value : frame.values) {
      const uint32_t y = frame.words - 2 - plan.slots[value.index];
      slot_maps[frame.slot_map + y / 64] |= uint64_t{1} << y % 64;
    }
  }
}

void lay_out_frames(const core::Function& function, const ValueSets& live, FunctionPlan& plan,
                    std::vector<uint64_t>& slot_maps) {
  add_call_frames(live, plan);
  place_block_values(function, live, plan);
  assign_slots(function.value_types.size(), plan);
  make_slot_maps(plan, slot_maps);
}

}  // namespace hj::codegen
