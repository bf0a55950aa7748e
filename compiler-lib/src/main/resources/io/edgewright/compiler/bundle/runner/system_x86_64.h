/* See system.h. Numbers from Linux arch/x86/entry/syscalls/syscall_64.tbl. */
#define SYSTEM_READ 0
#define SYSTEM_WRITE 1
#define SYSTEM_CLOSE 3
#define SYSTEM_LSEEK 8
#define SYSTEM_MMAP 9
#define SYSTEM_MADVISE 28
#define SYSTEM_CLONE 56
#define SYSTEM_EXIT 60
#define SYSTEM_FCNTL 72
#define SYSTEM_PRCTL 157
#define SYSTEM_FUTEX 202
#define SYSTEM_CLOCK_GETTIME 228
#define SYSTEM_EXIT_GROUP 231
#define SYSTEM_OPENAT 257
#define SYSTEM_READLINKAT 267
#define SYSTEM_SECCOMP 317

#define FILTER_ARCHITECTURE 0xC000003Eu
#define FEATURES_KEY "flags"

static inline long system_call(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

static inline void short_pause(void) { __builtin_ia32_pause(); }

/* The child finds its function and argument on its stack, which ends at a multiple of 64. */
static inline long spawn_thread(void *stack_end, void (*entry)(void *), void *argument) {
  void **stack = (void **)stack_end;
  *--stack = argument;
  *--stack = (void *)entry;
  register long r10 __asm__("r10") = 0;
  register long r8 __asm__("r8") = 0;
  long result;
  __asm__ volatile(
      "syscall\n\t"
      "test %%rax, %%rax\n\t"
      "jnz 1f\n\t"
      "xor %%ebp, %%ebp\n\t"
      "pop %%rax\n\t"
      "pop %%rdi\n\t"
      "call *%%rax\n\t"
      "hlt\n"
      "1:"
      : "=a"(result)
      : "a"((long)SYSTEM_CLONE), "D"((long)THREAD_FLAGS), "S"(stack), "d"(0L), "r"(r10), "r"(r8)
      : "rcx", "r11", "memory");
  return result;
}

#define START               \
  ".globl _start\n"         \
  "_start:\n"               \
  "  xor %ebp, %ebp\n"      \
  "  mov %rsp, %rdi\n"      \
  "  and $-64, %rsp\n"      \
  "  call start\n"          \
  "  hlt\n"
