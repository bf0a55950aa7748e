/* Runs kernels on what comes in on stdin and writes what they made to stdout. A request is int64
 * kernel, at_end, count of numbers, the numbers, then the kernel's arrays; an answer is int64 bytes,
 * then that many. Every array ends (or begins, as `at_end` says) at a page that cannot be touched, so
 * that a step outside ends the program. */
#include <stdint.h>

#include "placement.h"
#include "image.h"
#include "boxes.h"
#include "detections.h"
#include "topk.h"

EW_TOPK(topk_int64, int64_t)

#if defined(__x86_64__)
enum { READ = 0, WRITE = 1, MAP = 9, PROTECT = 10, UNMAP = 11, EXIT = 60 };
static int64_t call(int64_t n, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  int64_t result;
  register int64_t r10 __asm__("r10") = d;
  register int64_t r8 __asm__("r8") = e;
  register int64_t r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
#else
enum { READ = 63, WRITE = 64, EXIT = 93, UNMAP = 215, MAP = 222, PROTECT = 226 };
static int64_t call(int64_t n, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  register int64_t x8 __asm__("x8") = n;
  register int64_t x0 __asm__("x0") = a;
  register int64_t x1 __asm__("x1") = b;
  register int64_t x2 __asm__("x2") = c;
  register int64_t x3 __asm__("x3") = d;
  register int64_t x4 __asm__("x4") = e;
  register int64_t x5 __asm__("x5") = f;
  __asm__ volatile("svc 0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
}
#endif

#define GUARD 65536

static int64_t numbers[32];
static int at_end;
static struct {
  int64_t start, bytes;
} maps[16];
static int map_count;

static _Noreturn void leave(int code) {
  for (;;) {
    call(EXIT, code, 0, 0, 0, 0, 0);
  }
}

static void transfer(int direction, void *memory, int64_t bytes) {
  for (uint8_t *at = memory; bytes > 0;) {
    int64_t done = call(direction, direction == READ ? 0 : 1, (int64_t)at, bytes, 0, 0, 0);
    if (done <= 0) {
      leave(direction == READ && done == 0 ? 0 : 2);
    }
    at += done;
    bytes -= done;
  }
}

static void *guarded(int64_t bytes) {
  int64_t inside = (bytes / GUARD + 1) * GUARD;
  int64_t start = call(MAP, 0, inside + 2 * GUARD, 0, 0x22, -1, 0);
  if (start < 0 || call(PROTECT, start + GUARD, inside, 3, 0, 0, 0) != 0) {
    leave(3);
  }
  maps[map_count].start = start;
  maps[map_count++].bytes = inside + 2 * GUARD;
  uint8_t *memory = (uint8_t *)start + GUARD + (at_end ? inside - bytes : 0);
  for (int64_t i = 0; i < bytes; i++) {
    memory[i] = 0x7b; /* so that what is not written can be told */
  }
  return memory;
}

static void answer(int64_t bytes) {
  transfer(WRITE, &bytes, 8);
}

static void *received(int64_t bytes) {
  void *memory = guarded(bytes);
  transfer(READ, memory, bytes);
  return memory;
}

static void run_image(const int64_t *n) {
  int64_t depth = n[8] == EW_GRAY ? 1 : 3;
  int64_t channels = n[5] == EW_GRAY ? 1 : 3;
  float *padding = received(4 * channels), *mean = received(4 * channels);
  float *scale = received(4 * channels);
  uint8_t *source = received(n[6] * n[7] * depth);
  float *out = guarded(4 * n[12]);
  ew_image_to_tensor(out, n[0], n[1], n[2], n[3], n[4], (int32_t)n[5], source, n[6], n[7],
                     (int32_t)n[8], (int32_t)n[9], padding, mean, scale,
                     guarded(EW_IMAGE_SCRATCH(n[3], depth)), n[10], n[11]);
  answer(4 * n[12]);
  transfer(WRITE, out, 4 * n[12]);
}

static void run_detections(const int64_t *n) {
  float *limits = received(8);
  float *boxes = received(16 * n[0]);
  float *scores = received(4 * n[0] * n[1]);
  float *rows = guarded(24 * n[4]);
  int64_t found = ew_select_detections(rows, boxes, scores, n[0], n[1], n[2], limits[0], limits[1],
                                       (int32_t)n[3], n[4], (int32_t)n[5], n[6], n[7], n[8], n[9],
                                       guarded(EW_DETECTIONS_SCRATCH(n[0], n[1], n[2], n[4])));
  answer(8 + 24 * n[4]);
  transfer(WRITE, &found, 8);
  transfer(WRITE, rows, 24 * n[4]);
}

static void run_topk(const int64_t *n, int whole) {
  int64_t bytes = whole ? 8 : 4;
  void *input = received(bytes * n[0] * n[2]);
  void *values = guarded(bytes * n[1] * n[2]);
  int64_t *indices = guarded(8 * n[1] * n[2]);
  for (int64_t line = 0; line < n[2]; line++) {
    if (whole) {
      topk_int64((int64_t *)values + line, indices + line, (int64_t *)input + line, n[0], n[1], n[2],
                 (int32_t)n[3]);
    } else {
      ew_topk_float((float *)values + line, indices + line, (float *)input + line, n[0], n[1], n[2],
                    (int32_t)n[3]);
    }
  }
  answer((bytes + 8) * n[1] * n[2]);
  transfer(WRITE, values, bytes * n[1] * n[2]);
  transfer(WRITE, indices, 8 * n[1] * n[2]);
}

static void serve(void) {
  int64_t head[3];
  transfer(READ, head, sizeof head);
  at_end = (int)head[1];
  transfer(READ, numbers, 8 * head[2]);
  switch (head[0]) {
    case 0: run_image(numbers); break;
    case 1: run_detections(numbers); break;
    case 2: run_topk(numbers, 0); break;
    case 3: run_topk(numbers, 1); break;
    default: leave(4);
  }
  for (; map_count > 0; map_count--) {
    call(UNMAP, maps[map_count - 1].start, maps[map_count - 1].bytes, 0, 0, 0, 0);
  }
}

#if defined(__x86_64__)
__attribute__((force_align_arg_pointer)) /* the kernel enters without a return address */
#endif
void _start(void) {
  for (;;) {
    serve();
  }
}
