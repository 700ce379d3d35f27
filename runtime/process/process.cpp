#include "runtime/process/process.h"

#include "runtime/code/version.h"

namespace hj::rt {

std::span<Term> live_args(Process& process) {
  if (process.x == nullptr) {
    Term* saved = process.more_x != nullptr ? process.more_x : process.saved_x;
    return {saved, process.saved_count};
  }
  if (process.resume == nullptr) return {};
  const CodePrefix& prefix = prefix_of(process.resume);
  return {process.x, prefix.version->descriptors[prefix.descriptor].live_args};
}

Process* make_bare_process(size_t heap_words) {
  auto* process = new Process;
  // Its owner holds terms of it between calls.
  process->chaos_collect = 0;
  heap_init(*process, heap_words);
  open_heap(*process);
  return process;
}

void free_bare_process(Process* process) {
  heap_release(*process);
  delete[] process->more_x;
  delete process;
}

}  // namespace hj::rt
