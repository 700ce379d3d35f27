// The IR passes of the optimizing tier: a list of our own, function by function.
//
// Why not LLVM's -O2 pipeline: generated functions are short straight segments whose calls are all tail calls or leaves. Nothing
// can be inlined, vectorized or promoted between functions, and interprocedural passes may change a prototype that a process
// can be resumed at. What pays is within a function: forwarding loads of the frame, joining checks, removing tests that an
// earlier test has decided.
//
// Threads: owner of the module.
#pragma once

namespace llvm {
class Module;
class TargetMachine;
}  // namespace llvm

namespace hj::jit {

void optimize(llvm::Module& module, llvm::TargetMachine& machine);

}  // namespace hj::jit
