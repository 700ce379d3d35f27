// Every table of natives, one function a file of this folder: the one list that register_library() walks.
//
// To add a file of natives: define its table function there, declare it here, and add it to the list in all_natives.cpp.
#pragma once
#include <span>

#include "runtime/native/native.h"

namespace hj::stdlib {

using NativeTable = std::span<const rt::NativeEntry>;

NativeTable code_natives();
NativeTable compile_natives();
NativeTable erlang_binaries();
NativeTable erlang_code_natives();
NativeTable erlang_conversions();
NativeTable erlang_exception_natives();
NativeTable erlang_guard_bifs();
NativeTable erlang_link_natives();
NativeTable erlang_message_natives();
NativeTable erlang_process_natives();
NativeTable erlang_registry_natives();
NativeTable erlang_spawn_natives();
NativeTable erlang_time_natives();
NativeTable erlang_timer_natives();
NativeTable erlang_tuples();
NativeTable io_natives();
NativeTable lists_natives();

void register_all_natives();

// Whether a module (an atom) has natives: it counts as loaded even when it has no code in Erlang.
bool is_native_module(rt::Term module);

}  // namespace hj::stdlib
