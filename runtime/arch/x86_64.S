// Into and out of generated code on x86-64 (entry.h says what and why).
//
// Registers in generated code: r12 process, r13 hp, r14 sp, r15 reds, rdi rsi rdx rcx r8 r9 = x0..x5; the rest is scratch.
// rsp at an entry is what a call leaves: 8 below a multiple of 16, with hj_enter's return address on top.

#define HP 8
#define SP 16
#define REDS 24
#define X 40
#define RESUME 48

  .intel_syntax noprefix
  .text

  .macro load_registers
  mov r13, [r12 + HP]
  mov r14, [r12 + SP]
  mov r15, [r12 + REDS]
  mov r10, [r12 + X]
  mov rdi, [r10]
  mov rsi, [r10 + 8]
  mov rdx, [r10 + 16]
  mov rcx, [r10 + 24]
  mov r8, [r10 + 32]
  mov r9, [r10 + 40]
  .endm

  .macro store_registers
  mov [r12 + HP], r13
  mov [r12 + SP], r14
  mov [r12 + REDS], r15
  mov r10, [r12 + X]
  mov [r10], rdi
  mov [r10 + 8], rsi
  mov [r10 + 16], rdx
  mov [r10 + 24], rcx
  mov [r10 + 32], r8
  mov [r10 + 40], r9
  .endm

  // Calls Transfer hj_rt_<name>(Process*): 0 goes on at the resume entry, 1 returns to who called hj_enter.
  .macro transfer_to name
  store_registers
  transfer_stored \name
  .endm

  .macro transfer_stored name
  mov rdi, r12
  sub rsp, 8
  call hj_rt_\name
  add rsp, 8
  test eax, eax
  jne 1f
  load_registers
  jmp [r12 + RESUME]
1:
  ret
  .endm

  // An entry of the runtime's own version.
  .macro prefix descriptor
  .quad hj_runtime_version
  .long \descriptor
  .long 0
  .endm

  .globl hj_enter
  .type hj_enter, @function
  .p2align 4
hj_enter:
  push rbp
  push rbx
  push r12
  push r13
  push r14
  push r15
  sub rsp, 8
  mov r12, rdi
  load_registers
  call [r12 + RESUME]
  add rsp, 8
  pop r15
  pop r14
  pop r13
  pop r12
  pop rbx
  pop rbp
  ret
  .size hj_enter, . - hj_enter

  .macro transfer name
  .globl hj_\name
  .type hj_\name, @function
  .p2align 4
hj_\name:
  transfer_to \name
  .size hj_\name, . - hj_\name
  .endm

  // hj_raise leaves x as it is: generated code has put the raising native's arguments there.
  .globl hj_raise
  .type hj_raise, @function
  .p2align 4
hj_raise:
  mov [r12 + HP], r13
  mov [r12 + SP], r14
  mov [r12 + REDS], r15
  transfer_stored raise
  .size hj_raise, . - hj_raise

#define HJ_TRANSFER(name) .ifnc name, raise; transfer name; .endif
#define HJ_HELPER(name, result, arguments, effects)
#include "runtime/abi/runtime_calls.def"

  // Calls of C functions from the middle of generated code: the function's address in r10, arguments as in C, none on the
  // stack. Generated code keeps no alignment of rsp (so that its entries need no prologue); this does it.
  .macro call_aligned
  mov rax, rsp
  and rsp, -16
  push rax
  sub rsp, 8
  call r10
  add rsp, 8
  pop rsp
  .endm

  .globl hj_call_c
  .type hj_call_c, @function
  .p2align 4
hj_call_c:
  call_aligned
  ret
  .size hj_call_c, . - hj_call_c

  // The same under LLVM's preserve_most: for slow paths, whose fast path must not pay for registers that a call destroys.
  .globl hj_call_c_saving
  .type hj_call_c_saving, @function
  .p2align 4
hj_call_c_saving:
  push rdi
  push rsi
  push rdx
  push rcx
  push r8
  push r9
  push r10
  call_aligned
  pop r10
  pop r9
  pop r8
  pop rcx
  pop rdx
  pop rsi
  pop rdi
  ret
  .size hj_call_c_saving, . - hj_call_c_saving

  .globl hj_process_done
  .type hj_process_done, @function
  .p2align 4
  prefix 257
hj_process_done:
  transfer_to process_done

  // One entry for each number of slots, kNativeContinueStride apart; they differ in their prefix only.
  .globl hj_native_continue
  .type hj_native_continue, @function
  .p2align 5
  .skip 16
  .set descriptor, 258
  .rept 9
  prefix descriptor
  .if descriptor == 258
hj_native_continue:
  .endif
  jmp native_continue_common
  .p2align 4
  .set descriptor, descriptor + 1
  .endr

  .p2align 4
native_continue_common:
  transfer_to native_continue

  // A thunk hands over its own address: the number in its prefix says whose it is.
  .p2align 4
thunk_common:
  mov [r12 + RESUME], rax
  transfer_to call_thunk

  // The template of a page of thunks: copied to the code space, its prefixes filled in there (thunks.cpp). Nothing in it
  // depends on its address. A header of 16 bytes, then kThunksPerPage times a prefix and 16 bytes of code.
  .section .rodata
  .globl hj_thunk_page
  .type hj_thunk_page, @object
  .p2align 4
hj_thunk_page:
.Lpage:
  .quad thunk_common
  .quad 0
  .rept 127
  .quad 0
  .quad 0
  lea rax, [rip - 7]
  jmp [rip + .Lpage]
  .p2align 4, 0x90
  .endr
  .skip 4096 - (. - hj_thunk_page)
  .size hj_thunk_page, 4096

  .section .note.GNU-stack, "", @progbits
