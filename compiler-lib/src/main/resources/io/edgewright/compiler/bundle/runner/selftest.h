/* Runs the golden frame and compares the results with those expected, element by element:
 * |got - expected| <= absolute tolerance of the output + relative tolerance * |expected|. */
#ifndef EW_SELFTEST_H
#define EW_SELFTEST_H

#include "results.h"

typedef struct {
  double largest;               /* |got - expected| */
  const program_output *output; /* of the first element that is out of tolerance, or null */
  int64_t index;                /* -1: the number of elements differs */
  double got, expected;
  double largest_of[PROGRAM_OUTPUTS + 1], mean_of[PROGRAM_OUTPUTS + 1]; /* for each output */
} comparison;

static double absolute(double value) { return value < 0 ? -value : value; }

static void out_of_tolerance(comparison *result, const program_output *output, int64_t index,
                             double got, double expected) {
  if (result->output != 0) return;
  result->output = output;
  result->index = index;
  result->got = got;
  result->expected = expected;
}

static void compare_output(comparison *result, uint32_t number, const ew_port *port,
                           const ew_tensor *tensor, const void *expected, int64_t count) {
  const program_output *output = &program_outputs[number];
  double largest = 0, sum = 0;
  if (count != element_count(port, tensor)) {
    out_of_tolerance(result, output, -1, (double)element_count(port, tensor), (double)count);
    return;
  }
  for (int64_t i = 0; i < count; i++) {
    double got = element(port, tensor->data, i), want = element(port, expected, i);
    double error = absolute(got - want);
    /* Written so that "not a number" is no match, except with itself; infinities equal themselves. */
    int same = got == want || (got != got && want != want);
    int close = same || error <= output->absolute_tolerance + PROGRAM_RELATIVE_TOLERANCE * absolute(want);
    if (!same && !(error <= largest)) largest = error;
    if (!same) sum += error;
    if (!close) out_of_tolerance(result, output, i, got, want);
  }
  result->largest_of[number] = largest;
  result->mean_of[number] = count > 0 ? sum / (double)count : 0;
  if (!(largest <= result->largest)) result->largest = largest;
}

/* `expected` holds what put_raw would have written. */
static comparison compare(const ew_description *program, const ew_tensor *outputs,
                          mapped_file expected) {
  comparison result = {.index = 0};
  size_t at = 0;
  for (uint32_t i = 0; i < program->output_count; i++) {
    const ew_port *port = &program->outputs[i];
    ew_tensor tensor = {0, {0}};
    int dynamic = is_dynamic(port);
    for (int axis = 0; axis < port->rank; axis++) {
      tensor.shape[axis] = port->shape[axis];
      if (dynamic && at + 8 <= expected.size) {
        __builtin_memcpy(&tensor.shape[axis], expected.bytes + at, 8);
        at += 8;
      }
    }
    int64_t count = element_count(port, &tensor);
    int64_t bytes = count * element_bytes(port->type);
    if (bytes < 0 || (uint64_t)bytes > port->bytes || (size_t)bytes > expected.size - at) {
      fail(1, "golden/output.bin does not belong to this program");
    }
    compare_output(&result, i, port, &outputs[i], expected.bytes + at, count);
    at += (size_t)bytes;
  }
  if (at != expected.size) fail(1, "golden/output.bin does not belong to this program");
  return result;
}

static void put_verdict(stream *out, const comparison *result, uint64_t micros) {
  put(out, result->output == 0 ? "{\"ok\":true" : "{\"ok\":false");
  put(out, ",\"maximumError\":");
  put_double(out, result->largest);
  put(out, ",\"latencyMicros\":");
  put_natural(out, micros);
  put(out, ",\"outputs\":[");
  for (int i = 0; i < PROGRAM_OUTPUTS; i++) {
    put(out, i == 0 ? "{\"maximumError\":" : ",{\"maximumError\":");
    put_double(out, result->largest_of[i]);
    put(out, ",\"meanError\":");
    put_double(out, result->mean_of[i]);
    put(out, "}");
  }
  put(out, "]");
  if (result->output != 0) {
    put(out, ",\"output\":");
    put(out, result->output->name);
    put(out, ",\"index\":");
    if (result->index < 0) put(out, "null"); /* the numbers of elements differ */
    if (result->index >= 0) put_integer(out, result->index);
    put(out, ",\"got\":");
    put_double(out, result->got);
    put(out, ",\"expected\":");
    put_double(out, result->expected);
  }
  put(out, "}\n");
}

#endif
