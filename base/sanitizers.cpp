// What the sanitizers of the presets asan and tsan do when they find something: tell it and abort, as a failing HJ_CHECK
// does. Every exit status has a meaning, so a status could be taken for the program's own; and hotjit may leave by _Exit,
// which is no time for a race found earlier to change the status.
//
// Compiled into every program of a sanitized build (base/CMakeLists.txt). ASAN_OPTIONS and so on still win.

extern "C" {

const char* __asan_default_options() { return "abort_on_error=1"; }

const char* __ubsan_default_options() { return "abort_on_error=1:print_stacktrace=1"; }

const char* __tsan_default_options() { return "halt_on_error=1:abort_on_error=1:second_deadlock_stack=1"; }

}
