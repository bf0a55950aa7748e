/* See system.h. 32-bit ARM with the embedded ABI, from ARMv6K on: numbers from Linux
 * arch/arm/tools/syscall.tbl. SYSTEM_MMAP is mmap2, which counts its offset in pages: all are 0. */
#define SYSTEM_EXIT 1
#define SYSTEM_READ 3
#define SYSTEM_WRITE 4
#define SYSTEM_CLOSE 6
#define SYSTEM_LSEEK 19
#define SYSTEM_CLONE 120
#define SYSTEM_PRCTL 172
#define SYSTEM_MMAP 192
#define SYSTEM_MADVISE 220
#define SYSTEM_FCNTL 221
#define SYSTEM_FUTEX 240
#define SYSTEM_EXIT_GROUP 248
#define SYSTEM_CLOCK_GETTIME 263
#define SYSTEM_OPENAT 322
#define SYSTEM_READLINKAT 332
#define SYSTEM_SECCOMP 383

#define FILTER_ARCHITECTURE 0x40000028u
#define FEATURES_KEY "Features"
/* A 64-bit kernel names features as for its own programs; its cores can do all of ARMv7. */
#define FEATURES_ALL "asimd"

static inline long system_call(long number, long a, long b, long c, long d, long e, long f) {
  register long r7 __asm__("r7") = number;
  register long r0 __asm__("r0") = a;
  register long r1 __asm__("r1") = b;
  register long r2 __asm__("r2") = c;
  register long r3 __asm__("r3") = d;
  register long r4 __asm__("r4") = e;
  register long r5 __asm__("r5") = f;
  __asm__ volatile("svc #0"
                   : "+r"(r0)
                   : "r"(r7), "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5)
                   : "memory");
  return r0;
}

/* As on AArch64; ARMv6 has only one core to wait for. */
static inline void short_pause(void) {
#if __ARM_ARCH >= 7
  __asm__ volatile("isb" ::: "memory");
#else
  __asm__ volatile("nop" ::: "memory");
#endif
}

/* The child finds its function and argument on its stack, which ends at a multiple of 64. */
static inline long spawn_thread(void *stack_end, void (*entry)(void *), void *argument) {
  void **stack = (void **)stack_end;
  *--stack = argument;
  *--stack = (void *)entry;
  register long r7 __asm__("r7") = SYSTEM_CLONE;
  register long r0 __asm__("r0") = THREAD_FLAGS;
  register void *r1 __asm__("r1") = stack;
  register long r2 __asm__("r2") = 0;
  register long r3 __asm__("r3") = 0;
  register long r4 __asm__("r4") = 0;
  __asm__ volatile(
      "svc #0\n\t"
      "cmp r0, #0\n\t"
      "bne 1f\n\t"
      "mov r11, #0\n\t"
      "pop {r1}\n\t"
      "pop {r0}\n\t"
      "blx r1\n\t"
      ".inst 0xe7f000f0\n" /* udf #0 */
      "1:"
      : "+r"(r0)
      : "r"(r7), "r"(r1), "r"(r2), "r"(r3), "r"(r4)
      : "cc", "memory");
  return r0;
}

#define START              \
  ".globl _start\n"        \
  "_start:\n"              \
  "  mov r11, #0\n"        \
  "  mov lr, #0\n"         \
  "  mov r0, sp\n"         \
  "  bic sp, sp, #63\n"    \
  "  bl start\n"           \
  "  .inst 0xe7f000f0\n"
