/* Numbers of the system calls where Linux gives every newer architecture the same:
 * include/uapi/asm-generic/unistd.h. */
#define SYSTEM_FCNTL 25
#define SYSTEM_OPENAT 56
#define SYSTEM_CLOSE 57
#define SYSTEM_LSEEK 62
#define SYSTEM_READ 63
#define SYSTEM_WRITE 64
#define SYSTEM_READLINKAT 78
#define SYSTEM_EXIT 93
#define SYSTEM_EXIT_GROUP 94
#define SYSTEM_FUTEX 98
#define SYSTEM_CLOCK_GETTIME 113
#define SYSTEM_PRCTL 167
#define SYSTEM_CLONE 220
#define SYSTEM_MMAP 222
#define SYSTEM_MADVISE 233
#define SYSTEM_SECCOMP 277
