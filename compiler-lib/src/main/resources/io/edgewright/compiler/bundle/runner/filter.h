/* Gives away every right that running a network does not need. From then on any system call but
 * reading standard input, writing standard output and error, waiting for a thread, the time and the
 * end kills the process with SIGSYS, whatever the network or its input may contain. */
#ifndef EW_FILTER_H
#define EW_FILTER_H

#include "text.h"

/* struct sock_filter and struct sock_fprog of linux/filter.h */
typedef struct {
  uint16_t code;
  uint8_t if_true, if_false;
  uint32_t value;
} filter_step;

typedef struct {
  uint16_t count;
  const filter_step *steps;
} filter_program;

#define LOAD(offset) {0x20, 0, 0, (offset)} /* of struct seccomp_data: 0 number, 4 architecture */
#define FIRST_ARGUMENT 16
#define SKIP_IF(number, steps, otherwise) {0x15, (steps), (otherwise), (number)}
#define KILL {0x06, 0, 0, 0x80000000u}
#define ALLOW {0x06, 0, 0, 0x7fff0000u}

static const filter_step filter_steps[] = {
    LOAD(4),
    SKIP_IF(FILTER_ARCHITECTURE, 1, 0),
    KILL,
    LOAD(0),
    SKIP_IF(SYSTEM_FUTEX, 11, 0),
    SKIP_IF(SYSTEM_CLOCK_GETTIME, 10, 0),
    SKIP_IF(SYSTEM_EXIT, 9, 0),
    SKIP_IF(SYSTEM_EXIT_GROUP, 8, 0),
    SKIP_IF(SYSTEM_READ, 2, 0),
    SKIP_IF(SYSTEM_WRITE, 3, 0),
    KILL,
    LOAD(FIRST_ARGUMENT), /* read */
    SKIP_IF(0, 3, 4),
    LOAD(FIRST_ARGUMENT), /* write */
    SKIP_IF(1, 1, 0),
    SKIP_IF(2, 0, 1),
    ALLOW,
    KILL,
};

/* For all threads that there are. A kernel without seccomp (or an emulator) is said, not refused:
 * the program is then as safe as any other one, and on such a device it always was. */
static void give_away_rights(void) {
  static const filter_program program = {sizeof filter_steps / sizeof *filter_steps, filter_steps};
  system_call(SYSTEM_PRCTL, 38 /* PR_SET_NO_NEW_PRIVS */, 1, 0, 0, 0, 0);
  long result = system_call(SYSTEM_SECCOMP, 1 /* SET_MODE_FILTER */, 1 /* TSYNC */, (long)&program,
                            0, 0, 0);
  if (result == ERROR_NOT_IMPLEMENTED || result == ERROR_INVALID) {
    complain("this kernel has no seccomp filters; running without\n");
    flush(&standard_error);
  } else if (result != 0) {
    fail(1, "the seccomp filter is refused");
  }
}

#endif
