/* See system.h. */
#include "system_generic.h"

#define FILTER_ARCHITECTURE 0xC00000B7u
#define FEATURES_KEY "Features"

static inline long system_call(long number, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc #0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
}

/* `yield` is a no-op on these cores; `isb` takes about as long as a pause on x86. */
static inline void short_pause(void) { __asm__ volatile("isb" ::: "memory"); }

/* The child finds its function and argument on its stack, which ends at a multiple of 64. */
static inline long spawn_thread(void *stack_end, void (*entry)(void *), void *argument) {
  void **stack = (void **)stack_end;
  *--stack = argument;
  *--stack = (void *)entry;
  register long x8 __asm__("x8") = SYSTEM_CLONE;
  register long x0 __asm__("x0") = THREAD_FLAGS;
  register void *x1 __asm__("x1") = stack;
  register long x2 __asm__("x2") = 0;
  register long x3 __asm__("x3") = 0;
  register long x4 __asm__("x4") = 0;
  __asm__ volatile(
      "svc #0\n\t"
      "cbnz x0, 1f\n\t"
      "mov x29, #0\n\t"
      "ldp x1, x0, [sp], #16\n\t"
      "blr x1\n\t"
      "brk #0\n"
      "1:"
      : "+r"(x0)
      : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
      : "memory");
  return x0;
}

#define START             \
  ".globl _start\n"       \
  "_start:\n"             \
  "  mov x29, #0\n"       \
  "  mov x30, #0\n"       \
  "  mov x0, sp\n"        \
  "  and sp, x0, #-64\n"  \
  "  bl start\n"          \
  "  brk #0\n"
