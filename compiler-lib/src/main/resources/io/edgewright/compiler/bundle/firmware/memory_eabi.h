/* Under the names by which clang calls them for bare ARM: "Run-time ABI for the Arm Architecture"
 * (IHI 0043). The number says how pointers and sizes are aligned. */
#include "runner/memory.h"

#define MEMORY_FUNCTIONS(alignment)                                                           \
  EW_RUN_TIME void __aeabi_memcpy##alignment(void *to, const void *from, size_t bytes);       \
  EW_RUN_TIME void __aeabi_memcpy##alignment(void *to, const void *from, size_t bytes) {      \
    memcpy(to, from, bytes);                                                                  \
  }                                                                                           \
  EW_RUN_TIME void __aeabi_memmove##alignment(void *to, const void *from, size_t bytes);      \
  EW_RUN_TIME void __aeabi_memmove##alignment(void *to, const void *from, size_t bytes) {     \
    memmove(to, from, bytes);                                                                 \
  }                                                                                           \
  EW_RUN_TIME void __aeabi_memset##alignment(void *to, size_t bytes, int value);              \
  EW_RUN_TIME void __aeabi_memset##alignment(void *to, size_t bytes, int value) {             \
    memset(to, value, bytes);                                                                 \
  }                                                                                           \
  EW_RUN_TIME void __aeabi_memclr##alignment(void *to, size_t bytes);                         \
  EW_RUN_TIME void __aeabi_memclr##alignment(void *to, size_t bytes) { memset(to, 0, bytes); }

MEMORY_FUNCTIONS()
MEMORY_FUNCTIONS(4)
MEMORY_FUNCTIONS(8)
