/* Text and bytes out: one buffer before each of the two files, numbers in decimal. */
#ifndef EW_TEXT_H
#define EW_TEXT_H

#include "decimal.h"
#include "system.h"

#define NO_FILE (-1) /* keeps as much as its buffer holds */

typedef struct {
  int file;
  char *bytes;
  size_t size, used;
} stream;

static char output_bytes[1 << 16], error_bytes[1 << 10];
static stream standard_output = {1, output_bytes, sizeof output_bytes, 0};
static stream standard_error = {2, error_bytes, sizeof error_bytes, 0};

static void leave(int status) {
  for (;;) system_call(SYSTEM_EXIT_GROUP, status, 0, 0, 0, 0, 0);
}

static void write_all(int file, const char *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    long written =
        system_call(SYSTEM_WRITE, file, (long)(bytes + done), (long)(count - done), 0, 0, 0);
    if (written < 0 && written != -4 /* EINTR */) leave(1);
    if (written > 0) done += (size_t)written;
  }
}

static void flush(stream *out) {
  write_all(out->file, out->bytes, out->used);
  out->used = 0;
}

/* What is larger than the buffer goes past it. */
static void put_bytes(stream *out, const void *bytes, size_t count) {
  const char *from = bytes;
  if (count >= out->size && out->file != NO_FILE) {
    flush(out);
    write_all(out->file, from, count);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    if (out->used == out->size && out->file == NO_FILE) return;
    if (out->used == out->size) flush(out);
    out->bytes[out->used++] = from[i];
  }
}

static size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length] != 0) length++;
  return length;
}

static int same_text(const char *a, const char *b) {
  while (*a != 0 && *a == *b) a++, b++;
  return *a == *b;
}

static void put(stream *out, const char *text) { put_bytes(out, text, length_of(text)); }

static void put_natural(stream *out, uint64_t value) {
  char digits[20];
  int at = sizeof digits;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  put_bytes(out, digits + at, sizeof digits - (size_t)at);
}

static void put_integer(stream *out, int64_t value) {
  if (value < 0) put(out, "-");
  put_natural(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* 0.DIGITS * 10^point, as JavaScript and Python print it: plain within sensible bounds. */
static void put_digits(stream *out, const char *digits, int count, int point) {
  if (point > 16 || point < -4) {
    put_bytes(out, digits, 1);
    if (count > 1) put(out, ".");
    put_bytes(out, digits + 1, (size_t)count - 1);
    put(out, "e");
    put_integer(out, point - 1);
  } else if (point <= 0) {
    put(out, "0.");
    for (int i = point; i < 0; i++) put(out, "0");
    put_bytes(out, digits, (size_t)count);
  } else {
    for (int i = 0; i < point || i < count; i++) {
      if (i == point) put(out, ".");
      put_bytes(out, i < count ? digits + i : "0", 1);
    }
  }
}

/* A binary number in parts. JSON has neither infinity nor "not a number": they become null. */
static void put_binary(stream *out, uint64_t bits, int mantissa_bits, int exponent_bits) {
  uint64_t mantissa = bits & ((1ull << mantissa_bits) - 1);
  int exponent = (int)(bits >> mantissa_bits) & ((1 << exponent_bits) - 1);
  int bias = (1 << (exponent_bits - 1)) - 1 + mantissa_bits;
  if (exponent == (1 << exponent_bits) - 1) {
    put(out, "null");
    return;
  }
  if (bits >> (mantissa_bits + exponent_bits) & 1) put(out, "-");
  if (exponent == 0 && mantissa == 0) {
    put(out, "0");
    return;
  }
  char digits[20];
  int point, normal = exponent != 0;
  int count = shortest_digits(mantissa | (uint64_t)normal << mantissa_bits,
                              (normal ? exponent : 1) - bias, mantissa == 0 && exponent > 1,
                              digits, &point);
  put_digits(out, digits, count, point);
}

static void put_float(stream *out, float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  put_binary(out, bits, 23, 8);
}

static void put_double(stream *out, double value) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  put_binary(out, bits, 52, 11);
}

static void complain(const char *what) {
  put(&standard_error, "model: ");
  put(&standard_error, what);
}

/* The end after a message that is one piece of text. */
static void fail(int status, const char *message) {
  complain(message);
  put(&standard_error, "\n");
  flush(&standard_output);
  flush(&standard_error);
  leave(status);
}

#endif
