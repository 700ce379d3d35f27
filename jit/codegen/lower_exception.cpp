// Raising: the exception is put into the process, and hj_raise finds the handler.
#include <cstddef>

#include "jit/codegen/segment_emitter.h"

namespace hj::codegen {

using rt::ProcessContext;

void SegmentEmitter::set_raise_site(core::SiteId site) {
  set_field(offsetof(ProcessContext, raise_site),
            module_.word(module_.plan().site_index(module_.core(), function_id_, site)));
}

void SegmentEmitter::raise(core::SiteId site, const rt::NativeEntry* native, const Values& native_args) {
  set_raise_site(site);
  llvm::Constant* raiser = native != nullptr ? module_.native_entry(*native)
                                             : llvm::ConstantPointerNull::get(module_.pointer_type());
  set_field(offsetof(ProcessContext, raise_native), raiser);
  store_arguments(native_args, 0);
  raised_->add(nullptr);
}

// function_clause finds the function's arguments in p->x[0 .. need).
void SegmentEmitter::lower_raise_error(const core::Terminator& term) {
  Values args = values(term.args);
  Value* culprit = args.empty() ? module_.word(rt::kNil) : args[0];
  if (term.error == core::ErrorKind::FunctionClause) {
    set_field(offsetof(ProcessContext, need), module_.word(args.size()));
    store_arguments(args, 0);
  }
  llvm::FunctionCallee set_error = module_.helper("hj_rt_set_error", b_.getVoidTy(),
                                                  {module_.pointer_type(), module_.word_type(), module_.word_type()});
  call_helper(set_error, {process_, module_.word(static_cast<uint64_t>(term.error)), culprit}, Allocates::Yes);
  raise(term.site, nullptr, {});
}

void SegmentEmitter::lower_reraise(const core::Terminator& term) {
  set_field(offsetof(ProcessContext, exception_class), value(term.args[0]));
  set_field(offsetof(ProcessContext, exception_reason), value(term.args[1]));
  set_field(offsetof(ProcessContext, exception_trace), value(term.args[2]));
  raise(term.site, nullptr, {});
}

}  // namespace hj::codegen
