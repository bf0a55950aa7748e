/* See system.h. */
#include "system_generic.h"

#define FILTER_ARCHITECTURE 0xC00000F3u
/* rv64imafdcv_zicsr_...: extensions of one letter together, the others between underscores. */
#define FEATURES_KEY "isa"
#define FEATURE_LETTERS "rv64"

static inline long system_call(long number, long a, long b, long c, long d, long e, long f) {
  register long a7 __asm__("a7") = number;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register long a3 __asm__("a3") = d;
  register long a4 __asm__("a4") = e;
  register long a5 __asm__("a5") = f;
  __asm__ volatile("ecall"
                   : "+r"(a0)
                   : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                   : "memory");
  return a0;
}

/* `pause`, which older processors take for a fence that orders nothing. */
static inline void short_pause(void) { __asm__ volatile(".word 0x0100000f" ::: "memory"); }

/* The child finds its function and argument on its stack, which ends at a multiple of 64. */
static inline long spawn_thread(void *stack_end, void (*entry)(void *), void *argument) {
  void **stack = (void **)stack_end;
  *--stack = argument;
  *--stack = (void *)entry;
  register long a7 __asm__("a7") = SYSTEM_CLONE;
  register long a0 __asm__("a0") = THREAD_FLAGS;
  register void *a1 __asm__("a1") = stack;
  register long a2 __asm__("a2") = 0;
  register long a3 __asm__("a3") = 0;
  register long a4 __asm__("a4") = 0;
  __asm__ volatile(
      "ecall\n\t"
      "bnez a0, 1f\n\t"
      "mv s0, zero\n\t"
      "ld a1, 0(sp)\n\t"
      "ld a0, 8(sp)\n\t"
      "addi sp, sp, 16\n\t"
      "jalr a1\n\t"
      "ebreak\n"
      "1:"
      : "+r"(a0)
      : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4)
      : "memory");
  return a0;
}

#define START             \
  ".globl _start\n"       \
  "_start:\n"             \
  "  mv s0, zero\n"       \
  "  mv ra, zero\n"       \
  "  mv a0, sp\n"         \
  "  andi sp, sp, -64\n"  \
  "  call start\n"        \
  "  ebreak\n"
