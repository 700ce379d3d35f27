#include "runtime/process/process_info.h"

#include <array>
#include <vector>

#include "runtime/code/export_table.h"
#include "runtime/code/version.h"
#include "runtime/heap/build.h"
#include "runtime/heap/copy.h"
#include "runtime/heap/heap.h"
#include "runtime/native/thunks.h"
#include "runtime/process/dictionary.h"
#include "runtime/process/exception.h"
#include "runtime/process/registry.h"
#include "runtime/process/relations.h"
#include "runtime/sched/scheduler.h"
#include "runtime/term/atoms.h"

namespace hj::rt {

namespace {

using Builder = Term (*)(Process&);
struct Item {
  Term name;
  Builder build;
};

}  // namespace

static Term status_of(Process& process) {
  switch (process.seen_as) {
    case ProcessState::Waiting: return am::waiting;
    case ProcessState::Runnable: return am::runnable;
    case ProcessState::Running:
    case ProcessState::Blocked:
    case ProcessState::Dead: break;
  }
  return am::running;
}

static Term word_count(Process& process, uint64_t words) { return make_unsigned(process, words); }

static uint64_t memory_bytes(Process& process) {
  return sizeof(Process) + heap_total_words(process) * sizeof(Term) + process.inbox.count * sizeof(Signal);
}

static Term messages_of(Process& process) {
  std::vector<Term> messages;
  // Copies: what stands in the queue is not the process's yet.
  for (Signal* each = process.inbox.first; each != nullptr; each = each->next) {
    messages.push_back(copy_to_heap(process, each->term));
  }
  return make_list(process, messages);
}

static Term links_of(Process& process) {
  std::vector<Term> pids;
  if (process.relations != nullptr) {
    for (const auto& [pid, link] : process.relations->links) {
      if (link.unlink_id == 0) pids.push_back(Term::from_bits(pid));
    }
  }
  return make_list(process, pids);
}

static Term monitors_of(Process& process) {
  std::vector<Term> monitors;
  if (process.relations != nullptr) {
    for (const auto& [reference, monitor] : process.relations->monitors) {
      Term object = monitor.name.is_value() ? make_tuple(process, {monitor.name, am::nonode}) : monitor.target;
      monitors.push_back(make_tuple(process, {am::process, object}));
    }
  }
  return make_list(process, monitors);
}

static Term monitored_by_of(Process& process) {
  std::vector<Term> pids;
  if (process.relations != nullptr) {
    for (const auto& [reference, watcher] : process.relations->monitored_by) pids.push_back(watcher);
  }
  return make_list(process, pids);
}

static Term dictionary_of(Process& process) {
  std::vector<Term> pairs;
  for_each_dictionary_entry(process, [&](Term key, Term value) { pairs.push_back(make_tuple(process, {key, value})); });
  return make_list(process, pairs);
}

static Term mfa(Process& process, Term module, Term function, uint64_t arity) {
  return make_tuple(process, {module, function, Term::from_small(static_cast<int64_t>(arity))});
}

// Where the process stands: its resume entry, or, in a native, the place that called it.
static Code innermost_place(Process& process) {
  const Thunk* thunk = thunk_of(process.resume);
  return thunk == nullptr ? process.resume : nullptr;
}

static Term current_function(Process& process) {
  Code place = innermost_place(process);
  if (place == nullptr) place = reinterpret_cast<Code>(process.sp->bits);
  const CodePrefix& prefix = prefix_of(place);
  const Version& version = *prefix.version;
  if (version.id != 0) {
    const FunctionInfo& function = version.functions[version.sites[prefix.site].function];
    return mfa(process, function.module, function.name, function.arity);
  }
  // It has not begun yet, or the native was its first call.
  const Thunk* thunk = thunk_of(process.resume);
  if (thunk == nullptr || thunk->cell == nullptr) return am::undefined;
  return mfa(process, thunk->cell->module, thunk->cell->function, thunk->cell->arity);
}

static Term stacktrace_of(Process& process) { return current_stacktrace(process, innermost_place(process)); }

static Term location_of(Process& process) {
  Term lines = stacktrace_of(process);
  return lines.is_cons() ? lines.head() : am::undefined;
}

static Term name_of(Process& process) {
  // Relaxed: the word alone is the answer.
  uint64_t name = process.registered_name.load(std::memory_order_relaxed);
  return name == kNonValue || name == kNameClosed ? Term::nil() : Term::from_bits(name);
}

static Term priority_of(Process& process) {
  static constexpr Term kNames[] = {am::max, am::high, am::normal, am::low};
  return kNames[static_cast<int>(process.priority)];
}

static Term pair(Process& process, Term key, Term value) { return make_tuple(process, {key, value}); }

static Term garbage_collection_of(Process& process) {
  const Heap& heap = process.heap;
  Term max_keys = make_tuple(process, {am::error_logger, am::kill, am::size});
  Term* max = heap_alloc(process, 5);
  max[0] = Term::header(Subtag::FlatMap, 4);
  max[1] = max_keys;
  max[2] = am::true_;
  max[3] = am::true_;
  max[4] = make_unsigned(process, heap.max_words);
  std::array<Term, 5> all = {pair(process, am::max_heap_size, Term::boxed(max)),
                             pair(process, am::min_bin_vheap_size, Term::from_small(46422)),
                             pair(process, am::min_heap_size, make_unsigned(process, heap.min_words)),
                             pair(process, am::fullsweep_after, make_unsigned(process, heap.fullsweep_after)),
                             pair(process, am::minor_gcs, Term::from_small(heap.minors_since_major))};
  return make_list(process, all);
}

// In the order of process_info/1, then what only process_info/2 tells.
static constexpr Item kItems[] = {
    {am::registered_name, name_of},
    {am::current_function, current_function},
    {am::initial_call,
     [](Process& p) { return mfa(p, p.initial_module, p.initial_function, p.initial_arity); }},
    {am::status, status_of},
    {am::message_queue_len, [](Process& p) { return make_unsigned(p, p.inbox.count); }},
    {am::links, links_of},
    {am::dictionary, dictionary_of},
    {am::trap_exit, [](Process& p) { return p.trap_exit ? am::true_ : am::false_; }},
    {am::error_handler, [](Process&) { return am::error_handler; }},
    {am::priority, priority_of},
    {am::group_leader, [](Process& p) { return p.group_leader; }},
    {am::total_heap_size, [](Process& p) { return word_count(p, heap_total_words(p)); }},
    {am::heap_size, [](Process& p) { return word_count(p, p.heap.block_words()); }},
    {am::stack_size, [](Process& p) { return word_count(p, static_cast<uint64_t>(p.heap.end - p.sp)); }},
    {am::reductions,
     [](Process& p) { return make_unsigned(p, p.reductions + static_cast<uint64_t>(kReductions - p.reds)); }},
    {am::garbage_collection, garbage_collection_of},
    {am::suspending, [](Process&) { return Term::nil(); }},
};
static constexpr size_t kInfoOneItems = std::size(kItems);

static constexpr Item kMoreItems[] = {
    {am::messages, messages_of},
    {am::memory, [](Process& p) { return make_unsigned(p, memory_bytes(p)); }},
    {am::monitors, monitors_of},
    {am::monitored_by, monitored_by_of},
    {am::current_location, location_of},
    {am::current_stacktrace, stacktrace_of},
    {am::parent, [](Process& p) { return p.parent.is_value() ? p.parent : am::undefined; }},
    {am::message_queue_data, [](Process&) { return am::on_heap; }},
};

static Builder builder_of(Term item) {
  for (const Item& each : kItems) {
    if (each.name == item) return each.build;
  }
  for (const Item& each : kMoreItems) {
    if (each.name == item) return each.build;
  }
  return nullptr;
}

bool is_info_item(Term item) { return builder_of(item) != nullptr; }

static Term all_info(Process& process) {
  std::vector<Term> pairs;
  for (size_t i = 0; i < kInfoOneItems; i++) {
    Term value = kItems[i].build(process);
    if (kItems[i].name == am::registered_name && value.is_nil()) continue;
    pairs.push_back(pair(process, kItems[i].name, value));
  }
  return make_list(process, pairs);
}

Term process_info(Process& process, Term items) {
  if (items.is_nil()) return all_info(process);
  if (items.is_atom()) {
    Term value = builder_of(items)(process);
    return items == am::registered_name && value.is_nil() ? value : pair(process, items, value);
  }
  std::vector<Term> pairs;
  for (Term rest = items; rest.is_cons(); rest = rest.tail()) {
    pairs.push_back(pair(process, rest.head(), builder_of(rest.head())(process)));
  }
  return make_list(process, pairs);
}

}  // namespace hj::rt
