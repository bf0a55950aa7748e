/* The four functions that clang may call on its own in freestanding code. Hidden: a program that
 * loads libmodel.so keeps its own. */
#include <stddef.h>

#ifndef EW_RUN_TIME
#define EW_RUN_TIME
#endif

EW_RUN_TIME void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
EW_RUN_TIME void *memmove(void *to, const void *from, size_t bytes);
EW_RUN_TIME void *memset(void *to, int value, size_t bytes);
EW_RUN_TIME int memcmp(const void *first, const void *second, size_t bytes);

EW_RUN_TIME void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
  unsigned char *target = to;
  const unsigned char *source = from;
  for (size_t i = 0; i < bytes; i++) target[i] = source[i];
  return to;
}

EW_RUN_TIME void *memmove(void *to, const void *from, size_t bytes) {
  unsigned char *target = to;
  const unsigned char *source = from;
  if (target <= source) {
    for (size_t i = 0; i < bytes; i++) target[i] = source[i];
  } else {
    for (size_t i = bytes; i > 0; i--) target[i - 1] = source[i - 1];
  }
  return to;
}

EW_RUN_TIME void *memset(void *to, int value, size_t bytes) {
  unsigned char *target = to;
  for (size_t i = 0; i < bytes; i++) target[i] = (unsigned char)value;
  return to;
}

EW_RUN_TIME int memcmp(const void *first, const void *second, size_t bytes) {
  const unsigned char *a = first, *b = second;
  for (size_t i = 0; i < bytes; i++) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}
