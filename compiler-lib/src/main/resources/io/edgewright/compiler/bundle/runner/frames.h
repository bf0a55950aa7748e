/* Reads frames: every input in the order of the program's inputs.
 *   picture: "EWIM", width, height, channels (32 bits each, little-endian), then the pixels
 *   tensor:  its bytes; before them its shape (64 bits an extent) where only the call knows it */
#ifndef EW_FRAMES_H
#define EW_FRAMES_H

#include "model.h"
#include "text.h"

#define LARGEST_SIDE 4096

/* Standard input, or bytes in memory when `memory` is set. */
typedef struct {
  const uint8_t *memory;
  size_t left;
  uint64_t frame;
} source;

/* Reads until `wanted` bytes are there or the source ends; answers how many there are. */
static size_t read_bytes(source *from, void *to, size_t wanted) {
  size_t have = 0;
  if (from->memory != 0) {
    have = wanted < from->left ? wanted : from->left;
    for (size_t i = 0; i < have; i++) ((uint8_t *)to)[i] = from->memory[i];
    from->memory += have;
    from->left -= have;
    return have;
  }
  while (have < wanted) {
    long count =
        system_call(SYSTEM_READ, 0, (long)to + (long)have, (long)(wanted - have), 0, 0, 0);
    if (count == -4 /* EINTR */) continue;
    if (count < 0) fail(2, "cannot read standard input");
    if (count == 0) break;
    have += (size_t)count;
  }
  return have;
}

static void bad_frame(const source *from, const ew_port *port, const char *what) {
  complain("frame ");
  put_natural(&standard_error, from->frame);
  put(&standard_error, ", input `");
  put(&standard_error, port->name);
  put(&standard_error, "`: ");
  put(&standard_error, what);
  put(&standard_error, "\n");
  flush(&standard_output);
  flush(&standard_error);
  leave(2);
}

static void bad_extent(const source *from, const ew_port *port, const char *what, int64_t seen,
                       int64_t allowed) {
  complain(what);
  put(&standard_error, " is ");
  put_integer(&standard_error, seen);
  put(&standard_error, ", expected ");
  if (allowed < 0) put(&standard_error, "1 to ");
  put_integer(&standard_error, allowed < 0 ? -allowed : allowed);
  put(&standard_error, "\n");
  bad_frame(from, port, "does not fit");
}

/* 0 when the source ends where the first byte should be. */
static int read_all(source *from, const ew_port *port, void *to, size_t bytes, int may_end) {
  size_t have = read_bytes(from, to, bytes);
  if (have == 0 && bytes > 0 && may_end) return 0;
  if (have < bytes) bad_frame(from, port, "the input ends in the middle");
  return 1;
}

static int read_picture(source *from, const ew_port *port, ew_tensor *tensor, int may_end) {
  uint32_t header[4];
  if (!read_all(from, port, header, sizeof header, may_end)) return 0;
  if (header[0] != 0x4d495745 /* EWIM */) {
    bad_frame(from, port, "a picture starts with EWIM, width, height and channels");
  }
  uint32_t width = header[1], height = header[2], channels = header[3];
  if (width == 0 || width > LARGEST_SIDE) bad_extent(from, port, "width", width, -LARGEST_SIDE);
  if (height == 0 || height > LARGEST_SIDE) bad_extent(from, port, "height", height, -LARGEST_SIDE);
  if (channels != port->shape[2]) bad_extent(from, port, "channels", channels, port->shape[2]);
  tensor->shape[0] = height;
  tensor->shape[1] = width;
  tensor->shape[2] = channels;
  return read_all(from, port, tensor->data, (size_t)width * height * channels, 0);
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

static int read_tensor(source *from, const ew_port *port, ew_tensor *tensor, int may_end) {
  uint64_t bytes = (uint64_t)element_bytes(port->type);
  if (!is_dynamic(port)) {
    for (int axis = 0; axis < port->rank; axis++) tensor->shape[axis] = port->shape[axis];
    return read_all(from, port, tensor->data, (size_t)port->bytes, may_end);
  }
  if (!read_all(from, port, tensor->shape, (size_t)port->rank * 8, may_end)) return 0;
  for (int axis = 0; axis < port->rank; axis++) {
    int64_t extent = tensor->shape[axis], fixed = port->shape[axis];
    if (fixed >= 0 && extent != fixed) bad_extent(from, port, "extent", extent, fixed);
    if (extent < 0 || __builtin_mul_overflow(bytes, (uint64_t)extent, &bytes)) {
      bad_frame(from, port, "its shape is not one");
    }
  }
  if (bytes > port->bytes) bad_frame(from, port, "its shape is too large");
  return read_all(from, port, tensor->data, (size_t)bytes, 0);
}

/* 0 at the end of the source. */
static int read_frame(source *from, const ew_description *program, ew_tensor *inputs) {
  for (uint32_t i = 0; i < program->input_count; i++) {
    const ew_port *port = &program->inputs[i];
    int there = port->kind == EW_IMAGE ? read_picture(from, port, &inputs[i], i == 0)
                                       : read_tensor(from, port, &inputs[i], i == 0);
    if (!there) return 0;
  }
  return 1;
}

#endif
