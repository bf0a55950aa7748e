/* Reads frames: every input in the order of the program's inputs.
 *   picture: "EWIM", width, height, channels (32 bits each, little-endian), then the pixels
 *   tensor:  its bytes; before them its shape (64 bits an extent) where only the call knows it
 * A frame that does not fit is read to its end and named; the next one counts again. */
#ifndef EW_FRAMES_H
#define EW_FRAMES_H

#include "model.h"
#include "text.h"

#define LARGEST_SIDE 4096
#define PICTURE_MAGIC 0x4d495745u     /* EWIM */
#define HEADER_BYTES 16               /* of a picture */
#define MOST_SKIPPED (1ull << 32)     /* bytes; who announces more has lost his place */
#define INPUT_ENDS "the input ends in the middle"

typedef enum {
  FRAME_NONE, /* the source ends where the first byte should be */
  FRAME_GOOD,
  FRAME_BAD, /* `problem` says why; another frame may follow */
  FRAME_LAST /* the same, but where the next frame begins cannot be told */
} frame_state;

/* Standard input, or bytes in memory when `memory` is set. */
typedef struct {
  const uint8_t *memory;
  size_t left;
  uint64_t frame;
  int lost;                   /* the next frame begins somewhere ahead, at PICTURE_MAGIC */
  uint32_t held_from, held_to; /* bytes of `held` that were read ahead while looking for it */
  uint8_t held[1 << 12];
} source; /* all zero: standard input, from its beginning */

static char problem_bytes[1 << 10];
static stream problem = {NO_FILE, problem_bytes, sizeof problem_bytes, 0};

/* Some bytes, as many as come at once; 0 at the end. */
static size_t read_some(source *from, void *to, size_t most) {
  if (from->memory != 0) {
    size_t have = most < from->left ? most : from->left;
    __builtin_memcpy(to, from->memory, have);
    from->memory += have;
    from->left -= have;
    return have;
  }
  long count;
  do {
    count = system_call(SYSTEM_READ, 0, (long)to, (long)most, 0, 0, 0);
  } while (count == -4 /* EINTR */);
  if (count < 0) fail(2, "cannot read standard input");
  return (size_t)count;
}

/* Reads until `wanted` bytes are there or the source ends; answers how many there are. */
static size_t read_bytes(source *from, void *to, size_t wanted) {
  size_t have = 0;
  while (have < wanted && from->held_from < from->held_to) {
    ((uint8_t *)to)[have++] = from->held[from->held_from++];
  }
  while (have < wanted) {
    size_t count = read_some(from, (uint8_t *)to + have, wanted - have);
    if (count == 0) break;
    have += count;
  }
  return have;
}

/* Notes what is wrong with a frame, unless something already is. */
static void note(const ew_port *port, const char *what) {
  if (problem.used != 0) return;
  put(&problem, "input `");
  put(&problem, port->name);
  put(&problem, "`: ");
  put(&problem, what);
}

static void note_extent(const ew_port *port, const char *what, int64_t seen, int64_t least,
                        int64_t most) {
  if (problem.used != 0) return;
  note(port, what);
  put(&problem, " is ");
  put_integer(&problem, seen);
  put(&problem, ", expected ");
  put_integer(&problem, least);
  if (most > least) put(&problem, " to ");
  if (most > least) put_integer(&problem, most);
}

/* All bytes of something, the first of a frame if it `may_end` there. */
static frame_state read_all(source *from, const ew_port *port, void *to, size_t bytes,
                            int may_end) {
  size_t have = read_bytes(from, to, bytes);
  if (have == bytes) return FRAME_GOOD;
  if (have == 0 && may_end) return FRAME_NONE;
  note(port, INPUT_ENDS);
  return FRAME_LAST;
}

/* Reads what a frame says that it has, to no use. */
static frame_state skip(source *from, const ew_port *port, uint64_t bytes) {
  static uint8_t unused[1 << 16];
  while (bytes > 0) {
    size_t some = bytes < sizeof unused ? (size_t)bytes : sizeof unused;
    if (read_bytes(from, unused, some) < some) {
      note(port, INPUT_ENDS);
      return FRAME_LAST;
    }
    bytes -= some;
  }
  return FRAME_BAD;
}

/* Takes bytes back, to be read again. */
static void hold(source *from, const uint8_t *bytes, uint32_t count) {
  uint32_t behind = from->held_to - from->held_from;
  if (from->held_from < count) {
    __builtin_memmove(from->held + count, from->held + from->held_from, behind);
    from->held_from = count;
    from->held_to = count + behind;
  }
  from->held_from -= count;
  __builtin_memcpy(from->held + from->held_from, bytes, count);
}

/* Looks for the next picture, behind the first byte of what was taken for one. */
static void find_picture(source *from) {
  uint32_t seen = 0;
  while (seen != PICTURE_MAGIC) {
    if (from->held_from == from->held_to) {
      from->held_from = 0;
      from->held_to = (uint32_t)read_some(from, from->held, sizeof from->held - HEADER_BYTES);
      if (from->held_to == 0) return;
    }
    seen = seen >> 8 | (uint32_t)from->held[from->held_from++] << 24;
  }
  from->lost = 0;
}

static frame_state read_picture(source *from, const ew_port *port, ew_tensor *tensor, int may_end,
                                int alone) {
  uint32_t header[4] = {PICTURE_MAGIC, 0, 0, 0};
  size_t found = 0; /* bytes of the header that are there already */
  if (from->lost) {
    find_picture(from);
    if (from->lost) return FRAME_NONE;
    found = sizeof *header;
  }
  frame_state state = read_all(from, port, (uint8_t *)header + found, sizeof header - found,
                               may_end && found == 0);
  if (state != FRAME_GOOD) return state;
  if (header[0] != PICTURE_MAGIC) {
    note(port, "a picture starts with EWIM, width, height and channels");
    hold(from, (const uint8_t *)header + 1, HEADER_BYTES - 1);
    from->lost = alone;
    return alone ? FRAME_BAD : FRAME_LAST;
  }
  uint32_t width = header[1], height = header[2], channels = header[3];
  uint64_t bytes = (uint64_t)width * height;
  if (width == 0 || width > LARGEST_SIDE) note_extent(port, "width", width, 1, LARGEST_SIDE);
  if (height == 0 || height > LARGEST_SIDE) note_extent(port, "height", height, 1, LARGEST_SIDE);
  if (channels != port->shape[2]) {
    note_extent(port, "channels", channels, port->shape[2], port->shape[2]);
  }
  if (__builtin_mul_overflow(bytes, (uint64_t)channels, &bytes) || bytes > MOST_SKIPPED) {
    from->lost = alone;
    return alone ? FRAME_BAD : FRAME_LAST;
  }
  if (problem.used != 0) return skip(from, port, bytes);
  tensor->shape[0] = height;
  tensor->shape[1] = width;
  tensor->shape[2] = channels;
  return read_all(from, port, tensor->data, (size_t)bytes, 0);
}

static int element_bytes(int32_t type) {
  static const uint8_t bytes[] = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8};
  return bytes[type];
}

static int is_dynamic(const ew_port *port) {
  int dynamic = 0;
  for (int axis = 0; axis < port->rank; axis++) dynamic |= port->shape[axis] < 0;
  return dynamic;
}

static frame_state read_tensor(source *from, const ew_port *port, ew_tensor *tensor, int may_end) {
  if (!is_dynamic(port)) {
    for (int axis = 0; axis < port->rank; axis++) tensor->shape[axis] = port->shape[axis];
    return read_all(from, port, tensor->data, (size_t)port->bytes, may_end);
  }
  frame_state state = read_all(from, port, tensor->shape, (size_t)port->rank * 8, may_end);
  if (state != FRAME_GOOD) return state;
  uint64_t bytes = (uint64_t)element_bytes(port->type);
  for (int axis = 0; axis < port->rank; axis++) {
    int64_t extent = tensor->shape[axis], fixed = port->shape[axis];
    if (extent < 0 || __builtin_mul_overflow(bytes, (uint64_t)extent, &bytes) ||
        bytes > MOST_SKIPPED) {
      note(port, "its shape is not one");
      return FRAME_LAST;
    }
    if (fixed >= 0 && extent != fixed) note_extent(port, "extent", extent, fixed, fixed);
  }
  if (bytes > port->bytes) note(port, "its shape is too large");
  if (problem.used != 0) return skip(from, port, bytes);
  return read_all(from, port, tensor->data, (size_t)bytes, 0);
}

/* All inputs, also after one that does not fit: the next frame begins behind them. */
static frame_state read_frame(source *from, const ew_description *program, ew_tensor *inputs) {
  frame_state frame = FRAME_GOOD;
  problem.used = 0;
  for (uint32_t i = 0; i < program->input_count; i++) {
    const ew_port *port = &program->inputs[i];
    frame_state state = port->kind == EW_IMAGE
                            ? read_picture(from, port, &inputs[i], i == 0, program->input_count == 1)
                            : read_tensor(from, port, &inputs[i], i == 0);
    if (state == FRAME_NONE || state == FRAME_LAST) return state;
    if (state == FRAME_BAD) frame = FRAME_BAD;
  }
  return frame;
}

#endif
