/* Linux without libc: the calls that the runner makes. What differs between architectures is in
 * system_<architecture>.h, which defines
 *   SYSTEM_*            numbers of the system calls
 *   FILTER_ARCHITECTURE what the kernel calls this architecture (AUDIT_ARCH_* of linux/audit.h)
 *   FEATURES_KEY        the line of /proc/cpuinfo that lists what the processor can do
 *   FEATURES_ALL        a feature that stands for all that there are, if there is one
 *   FEATURE_LETTERS     what the features of one letter come after, if there are such
 *   system_call         one system call; a negative number is an error
 *   short_pause         tells the processor that this thread is waiting for another one
 *   spawn_thread        clone: a thread with the given stack that calls entry(argument)
 *   START               assembly that calls start(stack pointer) at the entry of the program */
#ifndef EW_SYSTEM_H
#define EW_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

/* CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM */
#define THREAD_FLAGS 0x50f00

#if defined(__x86_64__)
#include "system_x86_64.h"
#elif defined(__aarch64__)
#include "system_aarch64.h"
#elif defined(__arm__)
#include "system_arm.h"
#elif defined(__riscv) && __riscv_xlen == 64
#include "system_riscv64.h"
#else
#error "no system calls for this architecture"
#endif

#ifndef FEATURES_ALL
#define FEATURES_ALL ""
#endif
#ifndef FEATURE_LETTERS
#define FEATURE_LETTERS ""
#endif

#define ERROR_INVALID (-22)
#define ERROR_NOT_IMPLEMENTED (-38)

static inline void futex_wait(uint32_t *word, uint32_t while_equal) {
  system_call(SYSTEM_FUTEX, (long)word, 128 /* WAIT, PRIVATE */, while_equal, 0, 0, 0);
}

static inline void futex_wake(uint32_t *word, int threads) {
  system_call(SYSTEM_FUTEX, (long)word, 129 /* WAKE, PRIVATE */, threads, 0, 0, 0);
}

#endif
