/* What a program asks of the emulator it runs in: "Semihosting for AArch32 and AArch64", release 2.0. */
#ifndef EW_SEMIHOSTING_H
#define EW_SEMIHOSTING_H

#include <stdint.h>

#define SEMIHOSTING_OPEN 0x01
#define SEMIHOSTING_WRITE 0x05
#define SEMIHOSTING_EXIT_EXTENDED 0x20
#define APPLICATION_EXIT 0x20026
#define WRITE_BINARY 5

static inline uint32_t semihosting(uint32_t operation, const void *parameters) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = parameters;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

static inline void board_exit(uint32_t status) {
  const uint32_t reason[] = {APPLICATION_EXIT, status};
  semihosting(SEMIHOSTING_EXIT_EXTENDED, reason);
  for (;;) {
  }
}

/* A file beside the emulator, to be written. */
static inline uint32_t board_create(const char *name, uint32_t letters) {
  const struct { const char *name; uint32_t mode, letters; } file = {name, WRITE_BINARY, letters};
  uint32_t handle = semihosting(SEMIHOSTING_OPEN, &file);
  if (handle == UINT32_MAX) board_exit(4);
  return handle;
}

static inline void board_write(uint32_t handle, const void *bytes, uint32_t count) {
  const struct { uint32_t handle; const void *bytes; uint32_t count; } block = {handle, bytes, count};
  if (count > 0 && semihosting(SEMIHOSTING_WRITE, &block) != 0) board_exit(4);
}

#endif
