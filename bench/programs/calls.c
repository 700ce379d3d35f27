// What one call costs in C, and fib(38): the same loops as calls.erl. Built with gcc -O2.
#include <stdio.h>
#include <string.h>
#include <time.h>

static const long kN = 50000000;

__attribute__((noinline, noipa)) static long f(long x) { return x == 0 ? 1 : x; }
static long (*volatile f_pointer)(long) = f;

// Recursion inlined into itself measures no calls.
__attribute__((optimize("no-inline", "no-optimize-sibling-calls"), noinline)) static long fib(long n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static void empty(void) {
  for (long i = kN; i > 0; i--) __asm__ volatile("" ::"r"(i));
}
static void direct(void) {
  for (long i = kN; i > 0; i--) {
    long r = f(i);
    __asm__ volatile("" ::"r"(r));
  }
}
static void pointer(void) {
  for (long i = kN; i > 0; i--) {
    long r = f_pointer(i);
    __asm__ volatile("" ::"r"(r));
  }
}
static void fib38(void) {
  volatile long n = 38, r = fib(n);
  (void)r;
}

static double best(void (*loop)(void)) {
  double best = 1e18;
  for (int i = 0; i < 5; i++) {
    double t = now_ns();
    loop();
    t = now_ns() - t;
    if (t < best) best = t;
  }
  return best;
}

int main(int argc, char** argv) {
  if (argc > 1 && strcmp(argv[1], "fib") == 0) {
    printf("fib_local %.4f\n", best(fib38) / 1e9);
    return 0;
  }
  double e = best(empty), d = best(direct) - e, p = best(pointer) - e;
  printf("direct %.3f\npointer %.3f\n", d > 0 ? d / kN : 0, p > 0 ? p / kN : 0);
}
