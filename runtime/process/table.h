// From pid to process.
//
// Pids are handed out in order: number n stands in slot n modulo the table's size, or is skipped while that slot is taken. So a
// pid comes again only when the numbers do, after 2^43 of them. <0.N.S> shows its low 15 bits as N, the rest as S, as OTP 25
// does.
//
// Invariants:
//   PT1  A slot is null, or holds one process whose pid belongs to that slot; set by compare-exchange, cleared by the
//        process's own end.
//   PT2  find_process returns only a process whose pid is the whole number asked for: old pids find nothing.
//
// Threads: any thread, lock-free. What find_process returned lives until the thread's next quiet point or the end of its
// ProgressGuard (P5).
#pragma once
#include <cstdint>
#include <functional>

#include "runtime/abi/term.h"

namespace hj::rt {

struct Process;

inline constexpr uint32_t kDefaultProcessLimit = 262144;
inline constexpr int kPidNumberBits = 15;
inline constexpr int kPidSerialBits = 28;

constexpr uint32_t pid_number(Term pid) { return static_cast<uint32_t>(pid.payload() & ((1u << kPidNumberBits) - 1)); }
constexpr uint32_t pid_serial(Term pid) { return static_cast<uint32_t>(pid.payload() >> kPidNumberBits); }
constexpr Term make_pid(uint64_t number, uint64_t serial) { return Term::pid(serial << kPidNumberBits | number); }

// Once, before the first process. The limit is rounded up to a power of two.
void init_process_table(uint32_t limit);
// Gives the process its pid. False: the table is full (system_limit).
bool insert_process(Process& process);
void remove_process(Process& process);
// Null when no such process is alive. See P5 for how long the answer is good.
Process* find_process(Term pid);
// Ended ones on their way out excluded.
uint32_t process_count();
uint32_t process_limit();
// Every process in the table, in the order of the slots; under a ProgressGuard of its own.
void for_each_process(const std::function<void(Process&)>& visit);

}  // namespace hj::rt
