/* Files beside the executable, and memory. All of it happens before the rights are given away. */
#ifndef EW_FILES_H
#define EW_FILES_H

#include "text.h"

#define PROTECTION_READ 1
#define PROTECTION_WRITE 2
#define MAP_PRIVATE_ONLY 0x02
#define MAP_ANONYMOUS_MEMORY 0x20
#define MAP_LAZILY 0x4000  /* MAP_NORESERVE */
#define MAP_AT_ONCE 0x8000 /* MAP_POPULATE */
#define HUGE_PAGE (2ul << 20)
#define LARGEST_PAGE (1ul << 16)
#define PIPE_BYTES (1l << 20) /* the most that Linux gives everybody */

typedef struct {
  const uint8_t *bytes;
  size_t size;
} mapped_file;

/* Zeros, at a multiple of 64; pages are taken when they are first written. */
static void *reserve(size_t bytes) {
  if (bytes == 0) bytes = 1;
  long at = system_call(SYSTEM_MMAP, 0, (long)bytes, PROTECTION_READ | PROTECTION_WRITE,
                        MAP_PRIVATE_ONLY | MAP_ANONYMOUS_MEMORY | MAP_LAZILY, -1, 0);
  if (at < 0 && at > -4096) fail(1, "out of memory");
  return (void *)at;
}

/* The same for what is written all over: in huge pages where the kernel has them, and all of it now
 * where it will be `full`, since every page that is taken later costs a trap. These are wishes: an
 * older kernel that refuses one takes nothing away. */
static void *reserve_large(size_t bytes, int full) {
  if (bytes == 0) bytes = 1;
  int huge = bytes >= 2 * HUGE_PAGE;
  size_t at = (size_t)reserve(huge ? bytes + HUGE_PAGE : bytes);
  if (huge) {
    at = (at + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
    system_call(SYSTEM_MADVISE, (long)at, (long)bytes, 14 /* MADV_HUGEPAGE */, 0, 0, 0);
  }
  if (full) {
    system_call(SYSTEM_MADVISE, (long)at, (long)bytes, 23 /* MADV_POPULATE_WRITE */, 0, 0, 0);
  }
  return (void *)at;
}

/* Makes room in a pipe for much of a frame, so that it takes few switches between its ends. Nothing
 * changes where the file is no pipe. */
static void widen_pipe(long file) {
  system_call(SYSTEM_FCNTL, file, 1031 /* F_SETPIPE_SZ */, PIPE_BYTES, 0, 0, 0);
}

/* Memory for a stack, below which lies some that nobody may touch. */
static uint8_t *reserve_stack(size_t bytes) {
  size_t guard = LARGEST_PAGE;
  uint8_t *at = reserve(bytes + guard);
  system_call(SYSTEM_MMAP, (long)at, (long)guard, 0,
              MAP_PRIVATE_ONLY | MAP_ANONYMOUS_MEMORY | 0x10 /* MAP_FIXED */, -1, 0);
  return at + guard;
}

/* Writes the path of `name` in the folder of this executable. */
static void path_beside(const char *name, char *path, size_t size) {
  long length = system_call(SYSTEM_READLINKAT, -100 /* AT_FDCWD */, (long)"/proc/self/exe",
                            (long)path, (long)size, 0, 0);
  while (length > 0 && path[length - 1] != '/') length--;
  size_t name_length = length_of(name);
  if (length <= 0 || (size_t)length + name_length + 1 > size) {
    fail(1, "cannot find its own folder through /proc/self/exe");
  }
  for (size_t i = 0; i <= name_length; i++) path[(size_t)length + i] = name[i];
}

/* Maps a file beside the executable, read-only. Pages come with it, or when they are needed. */
static mapped_file map_beside(const char *name, int at_once) {
  static char path[4096];
  path_beside(name, path, sizeof path);
  long file = system_call(SYSTEM_OPENAT, -100, (long)path, 02000000 /* O_CLOEXEC */, 0, 0, 0);
  long size = file < 0 ? file : system_call(SYSTEM_LSEEK, file, 0, 2 /* SEEK_END */, 0, 0, 0);
  long at = size < 0 ? size : 0;
  if (size > 0) {
    at = system_call(SYSTEM_MMAP, 0, size, PROTECTION_READ,
                     MAP_PRIVATE_ONLY | (at_once ? MAP_AT_ONCE : 0), file, 0);
  }
  if (at < 0 && at > -4096) {
    complain("cannot read ");
    put(&standard_error, path);
    put(&standard_error, " (error ");
    put_integer(&standard_error, -at);
    put(&standard_error, ")\n");
    flush(&standard_error);
    leave(1);
  }
  system_call(SYSTEM_CLOSE, file, 0, 0, 0, 0, 0);
  return (mapped_file){(const uint8_t *)at, (size_t)size};
}

/* Has these bytes of a mapped file come now. A wish: an older kernel lets them come one by one. */
static void populate(mapped_file file, size_t first, size_t end) {
  size_t begin = ((size_t)file.bytes + first) & ~(LARGEST_PAGE - 1);
  if (begin < (size_t)file.bytes) begin = (size_t)file.bytes;
  if (end > first) {
    system_call(SYSTEM_MADVISE, (long)begin, (long)((size_t)file.bytes + end - begin),
                22 /* MADV_POPULATE_READ */, 0, 0, 0);
  }
}

/* Maps weights.bin: all of it at once, but for tables, of which a frame needs some rows. */
static mapped_file map_weights(const ew_description *program) {
  mapped_file weights = map_beside("weights.bin", program->table_count == 0);
  size_t first = 0;
  for (uint64_t i = 0; i < program->table_count; i++) {
    populate(weights, first, program->tables[i].first);
    first = program->tables[i].first + program->tables[i].bytes;
  }
  if (program->table_count > 0) populate(weights, first, weights.size);
  return weights;
}

/* Whether one of the words of a line is `word`. */
static int line_has_word(const char *line, const char *end, const char *word, size_t length) {
  for (const char *at = line; at + length <= end; at++) {
    size_t same = 0;
    while (same < length && at[same] == word[same]) same++;
    int starts = at == line || at[-1] == ' ' || at[-1] == '\t' || at[-1] == ':' || at[-1] == '_';
    int ends = at + length == end || at[length] == ' ' || at[length] == '\n' || at[length] == '_';
    if (same == length && starts && ends) return 1;
  }
  return 0;
}

/* Whether the letter is in the word of the line that begins with FEATURE_LETTERS. */
static int line_has_letter(const char *line, const char *end, char letter) {
  size_t same = 0, length = length_of(FEATURE_LETTERS);
  for (; line < end && same < length; line++) same = *line == FEATURE_LETTERS[same] ? same + 1 : 0;
  for (; line < end && *line != '_' && *line != ' '; line++) {
    if (length > 0 && *line == letter) return 1;
  }
  return 0;
}

/* Ends with a message when /proc/cpuinfo lists features, and a needed one (in `needed`, between
 * spaces) is not among them. Better than an illegal instruction later. */
static void require_features(const char *needed) {
  static char text[1 << 14];
  long file = system_call(SYSTEM_OPENAT, -100, (long)"/proc/cpuinfo", 02000000, 0, 0, 0);
  size_t used = 0;
  long count = file < 0 ? 0 : 1;
  while (count > 0 && used < sizeof text) {
    count = system_call(SYSTEM_READ, file, (long)(text + used), (long)(sizeof text - used), 0, 0, 0);
    if (count > 0) used += (size_t)count;
  }
  if (file >= 0) system_call(SYSTEM_CLOSE, file, 0, 0, 0, 0, 0);
  const char *line = text, *end = text + used;
  size_t key = length_of(FEATURES_KEY);
  while (line < end && !line_has_word(line, line + key < end ? line + key : end, FEATURES_KEY, key)) {
    while (line < end && *line++ != '\n') {
    }
  }
  const char *line_end = line;
  while (line_end < end && *line_end != '\n') line_end++;
  size_t all = length_of(FEATURES_ALL);
  if (all > 0 && line_has_word(line, line_end, FEATURES_ALL, all)) return;
  for (const char *word = needed; line < end && *word != 0;) {
    size_t length = 0;
    while (word[length] != 0 && word[length] != ' ') length++;
    if (!line_has_word(line, line_end, word, length) &&
        !(length == 1 && line_has_letter(line, line_end, *word))) {
      complain("this processor lacks `");
      put_bytes(&standard_error, word, length);
      put(&standard_error, "`, which the program was compiled for\n");
      flush(&standard_error);
      leave(1);
    }
    word += length + (word[length] == ' ');
  }
}

#endif
