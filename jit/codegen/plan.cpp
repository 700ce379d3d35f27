#include "jit/codegen/plan.h"

#include "base/check.h"
#include "jit/codegen/frames.h"
#include "jit/codegen/heap_needs.h"
#include "jit/codegen/liveness.h"
#include "jit/codegen/segments.h"

namespace hj::codegen {

using core::FunctionId;
using core::FunctionKind;

// -- natives

const rt::NativeEntry* NativeLookup::leaf(const core::CallTarget& target, size_t arity) {
  if (target.kind != core::CallKind::Remote || arity > kMaxInlineNativeArity) return nullptr;
  const std::string& module = module_.literals[target.module.index].text;
  const std::string& name = module_.literals[target.name.index].text;
  std::string key = module;
  key.push_back('\0');
  key += name;
  key.push_back(static_cast<char>(arity));
  auto [place, is_new] = known_.try_emplace(std::move(key), nullptr);
  if (is_new) {
    const rt::NativeEntry* native = finder_(module, name, static_cast<uint32_t>(arity));
    place->second = native != nullptr && native->kind == rt::NativeKind::Leaf ? native : nullptr;
  }
  return place->second;
}

const rt::NativeEntry* NativeLookup::erlang(std::string_view name, uint32_t arity) {
  std::string key = "erlang";
  key.push_back('\0');
  key += name;
  key.push_back(static_cast<char>(arity));
  auto [place, is_new] = known_.try_emplace(std::move(key), nullptr);
  if (is_new) {
    const rt::NativeEntry* native = finder_("erlang", name, arity);
    place->second = native != nullptr && native->kind == rt::NativeKind::Leaf ? native : nullptr;
  }
  return place->second;
}

const rt::NativeEntry* NativeLookup::bif(core::Bif bif) {
  const core::BifInfo& info = core::bif_info(bif);
  return erlang(info.name, info.arity);
}

// -- the plan

namespace {

class Planner {
 public:
  Planner(const core::Module& module, NativeLookup& natives) : module_(module), natives_(natives) {}

  ModulePlan run() {
    find_funs();
  copy_sites();
    plan_.functions.resize(module_.functions.size());
    for (size_t i = 0; i < module_.functions.size(); ++i) plan_function(FunctionId{i});
    return std::move(plan_);
  }

 private:
  void copy_sites();
  void plan_function(FunctionId id);
  void add_wrapper(const core::Function& function, FunctionPlan& plan);
  void describe(FunctionId id, const FunctionPlan& plan, EntryPlan& entry);
  uint32_t site_of(FunctionId id, const FunctionPlan& plan, const EntryPlan& entry) const;

  void find_funs();

  const core::Module& module_;
  NativeLookup& natives_;
  ModulePlan plan_;
  // Lambdas, and what `fun f/1` names: functions a closure can lead to. By function.
  std::vector<bool> is_made_a_fun_;
};

void Planner::find_funs() {
  is_made_a_fun_.resize(module_.functions.size());
  for (size_t i = 0; i < module_.functions.size(); ++i) {
    const core::Function& function = module_.functions[i];
    if (function.kind == FunctionKind::Lambda) is_made_a_fun_[i] = true;
    for (const core::Block& block : function.blocks) {
      for (const core::Instr& instr : block.instrs) {
        if (instr.kind == core::InstrKind::MakeFun) is_made_a_fun_[instr.function.index] = true;
      }
    }
  }
}

void Planner::copy_sites() {
  for (const core::Site& site : module_.sites) {
    plan_.sites.push_back({site.file, site.line, site.function.index, site.inlined_at.index});
  }
  for (size_t i = 0; i < module_.functions.size(); ++i) {
    const core::Function& function = module_.functions[i];
    if (function.site.valid()) {
      plan_.function_sites.push_back(function.site.index);
      continue;
    }
    const uint32_t shown_as = function.trace_as.valid() ? function.trace_as.index : static_cast<uint32_t>(i);
    plan_.function_sites.push_back(static_cast<uint32_t>(plan_.sites.size()));
    plan_.sites.push_back({0, 0, shown_as, core::SiteId::kNone});
  }
}

void Planner::add_wrapper(const core::Function& function, FunctionPlan& plan) {
  EntryPlan wrapper;
  wrapper.is_wrapper = true;
  plan.wrapper = EntryId{plan.first_entry.index + static_cast<uint32_t>(plan.entries.size())};
  plan.entries.push_back(std::move(wrapper));
  plan.lambda = static_cast<uint32_t>(plan_.lambdas.size());
  plan_.lambdas.push_back({.index = function.lambda_index,
                           .arity = function.arity - function.free_count,
                           .free_count = function.free_count,
                           .name = function.name,
                           .entry = plan.wrapper});
}

uint32_t Planner::site_of(FunctionId id, const FunctionPlan& plan, const EntryPlan& entry) const {
  core::SiteId site;
  if (entry.root.valid() && !entry.jumped_to) {
    const Node& node = plan.nodes[entry.root.index];
    const core::Block& block = module_.functions[id.index].block(node.block);
    if (node.start == NodeStart::CallReturn) site = block.instrs[node.first - 1].site;
    if (node.start == NodeStart::TryReturn) site = block.term.site;
  }
  return plan_.site_index(module_, id, site);
}

void Planner::describe(FunctionId id, const FunctionPlan& plan, EntryPlan& entry) {
  const core::Function& function = module_.functions[id.index];
  switch (entry.kind) {
    case rt::EntryKind::Function:
      entry.live_args = entry.is_wrapper ? function.arity - function.free_count + 1 : entry_arity(function);
      break;
    case rt::EntryKind::Continuation: entry.live_args = entry.jumped_to ? 0 : 1; break;
    case rt::EntryKind::Handler: entry.live_args = 3; break;
    case rt::EntryKind::Block: entry.live_args = static_cast<uint32_t>(entry.args.size()); break;
  }
  entry.site = site_of(id, plan, entry);

  LoweredDescriptor lowered;
  rt::Descriptor& descriptor = lowered.descriptor;
  descriptor.kind = entry.kind;
  HJ_CHECK(entry.live_args <= rt::kMaxArity + 1, "{} live arguments at an entry", entry.live_args);
  descriptor.live_args = static_cast<decltype(descriptor.live_args)>(entry.live_args);
  descriptor.is_handler_frame = entry.handler.valid();
  descriptor.function = function.trace_as.valid() ? function.trace_as.index : id.index;
  if (entry.frame.valid()) {
    descriptor.frame_words = plan.frames[entry.frame.index].words;
    descriptor.slot_map = plan.frames[entry.frame.index].slot_map;
  }
  lowered.handler = entry.handler;
  plan_.descriptors.push_back(lowered);
}

void Planner::plan_function(FunctionId id) {
  const core::Function& function = module_.functions[id.index];
  FunctionPlan& plan = plan_.functions[id.index];
  cut_into_segments(function, natives_, EntryId{plan_.entry_count}, plan);
  lay_out_frames(function, live_at_entries(function, plan), plan, plan_.slot_maps);
  for (EntryPlan& entry : plan.entries) {
    const bool is_loop = entry.root.valid() &&
        function.block(plan.nodes[entry.root.index].block).term.kind == core::TermKind::RecvNext;
    const bool is_called = entry.kind == rt::EntryKind::Function && function.kind != FunctionKind::TryBody;
    const bool is_receive = is_loop && plan.nodes[entry.root.index].start == NodeStart::Block;
    if (is_called || is_receive) entry.reductions = ReductionRule::Counted;
  }
  if (is_made_a_fun_[id.index]) add_wrapper(function, plan);
  compute_needs(module_, function, plan);
  for (EntryPlan& entry : plan.entries) describe(id, plan, entry);
  plan_.entry_count += static_cast<uint32_t>(plan.entries.size());
}

}  // namespace

uint32_t ModulePlan::site_index(const core::Module& module, FunctionId function, core::SiteId site) const {
  return site.valid() ? site.index : function_sites[function.index];
}

ModulePlan plan_module(const core::Module& module, NativeLookup& natives) { return Planner(module, natives).run(); }

}  // namespace hj::codegen
