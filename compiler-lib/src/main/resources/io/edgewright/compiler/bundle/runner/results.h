/* Writes results: the bytes of every output, or one line of JSON a frame.
 * program.h (made for each bundle) has the names and labels, escaped for JSON. */
#ifndef EW_RESULTS_H
#define EW_RESULTS_H

#include "frames.h"
#include "program.h"

static float half_to_float(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000) << 16, bits;
  uint32_t exponent = half >> 10 & 31, mantissa = half & 1023;
  if (exponent == 0) {
    float small = (float)mantissa * 0x1p-24f;
    return sign ? -small : small;
  }
  bits = sign | (exponent == 31 ? 0x7f800000u : (exponent + 112) << 23) | mantissa << 13;
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

static double element(const ew_port *port, const void *data, int64_t index) {
  switch (port->type) {
    case 1: return ((const float *)data)[index];
    case 2: return ((const uint8_t *)data)[index];
    case 3: return ((const int8_t *)data)[index];
    case 4: return ((const uint16_t *)data)[index];
    case 5: return ((const int16_t *)data)[index];
    case 6: return ((const int32_t *)data)[index];
    case 7: return (double)((const int64_t *)data)[index];
    case 9: return ((const uint8_t *)data)[index] != 0;
    case 10: return half_to_float(((const uint16_t *)data)[index]);
    case 11: return ((const double *)data)[index];
    case 12: return ((const uint32_t *)data)[index];
    default: return (double)((const uint64_t *)data)[index];
  }
}

static int64_t element_count(const ew_port *port, const ew_tensor *tensor) {
  int64_t count = 1;
  for (int axis = 0; axis < port->rank; axis++) count *= tensor->shape[axis];
  return count;
}

static void put_element(stream *out, const ew_port *port, const void *data, int64_t index) {
  switch (port->type) {
    case 1:
    case 10: put_float(out, (float)element(port, data, index)); break;
    case 11: put_double(out, element(port, data, index)); break;
    case 7: put_integer(out, ((const int64_t *)data)[index]); break;
    case 9: put(out, ((const uint8_t *)data)[index] ? "true" : "false"); break;
    case 13: put_natural(out, ((const uint64_t *)data)[index]); break;
    default: put_integer(out, (int64_t)element(port, data, index)); break;
  }
}

/* "class":3,"label":"cat" */
static void put_class(stream *out, const program_output *output, float class_index) {
  int64_t index = (int64_t)class_index;
  put(out, "\"class\":");
  put_integer(out, index);
  if (index >= 0 && index < output->label_count) {
    put(out, ",\"label\":");
    put(out, output->labels[index]);
  }
}

static void put_classes(stream *out, const program_output *output, const ew_tensor *tensor) {
  const float *row = tensor->data;
  for (int64_t i = 0; i < tensor->shape[0]; i++, row += 2) {
    put(out, i == 0 ? "{" : ",{");
    put_class(out, output, row[0]);
    put(out, ",\"probability\":");
    put_float(out, row[1]);
    put(out, "}");
  }
}

static void put_detections(stream *out, const program_output *output, const ew_tensor *tensor) {
  const float *row = tensor->data;
  for (int64_t i = 0; i < tensor->shape[0]; i++, row += 6) {
    put(out, i == 0 ? "{" : ",{");
    put_class(out, output, row[5]);
    put(out, ",\"score\":");
    put_float(out, row[4]);
    put(out, ",\"box\":[");
    for (int side = 0; side < 4; side++) {
      if (side > 0) put(out, ",");
      put_float(out, row[side]);
    }
    put(out, "]}");
  }
}

static void put_tensor(stream *out, const ew_port *port, const ew_tensor *tensor) {
  put(out, "{\"shape\":[");
  for (int axis = 0; axis < port->rank; axis++) {
    if (axis > 0) put(out, ",");
    put_integer(out, tensor->shape[axis]);
  }
  put(out, "],\"data\":[");
  int64_t count = element_count(port, tensor);
  for (int64_t i = 0; i < count; i++) {
    if (i > 0) put(out, ",");
    put_element(out, port, tensor->data, i);
  }
  put(out, "]}");
}

static void put_json(stream *out, const ew_description *program, const ew_tensor *outputs,
                     uint64_t frame, uint64_t micros) {
  put(out, "{\"frame\":");
  put_natural(out, frame);
  put(out, ",\"latencyMicros\":");
  put_natural(out, micros);
  put(out, ",\"outputs\":{");
  for (uint32_t i = 0; i < program->output_count; i++) {
    const ew_port *port = &program->outputs[i];
    if (i > 0) put(out, ",");
    put(out, program_outputs[i].name);
    put(out, port->kind == EW_TENSOR ? ":" : ":[");
    if (port->kind == EW_TENSOR) put_tensor(out, port, &outputs[i]);
    if (port->kind == EW_CLASSES) put_classes(out, &program_outputs[i], &outputs[i]);
    if (port->kind == EW_DETECTIONS) put_detections(out, &program_outputs[i], &outputs[i]);
    if (port->kind != EW_TENSOR) put(out, "]");
  }
  put(out, "}}\n");
}

/* A text as JSON: it is UTF-8 already. */
static void put_quoted(stream *out, const char *text, size_t length) {
  static const char hexadecimal[] = "0123456789abcdef";
  put(out, "\"");
  for (size_t i = 0; i < length; i++) {
    uint8_t letter = (uint8_t)text[i];
    char escaped[] = {'\\', 'u', '0', '0', hexadecimal[letter >> 4], hexadecimal[letter & 15]};
    int plain = letter >= ' ' && letter != '"' && letter != '\\';
    put_bytes(out, plain ? text + i : escaped, plain ? 1 : sizeof escaped);
  }
  put(out, "\"");
}

/* What a frame gets that has no results. */
static void put_problem(stream *out, uint64_t frame) {
  put(out, "{\"frame\":");
  put_natural(out, frame);
  put(out, ",\"error\":");
  put_quoted(out, problem.bytes, problem.used);
  put(out, "}\n");
}

/* As frames are read: where only the call knows the shape, it comes first. */
static void put_raw(stream *out, const ew_description *program, const ew_tensor *outputs) {
  for (uint32_t i = 0; i < program->output_count; i++) {
    const ew_port *port = &program->outputs[i];
    if (is_dynamic(port)) put_bytes(out, outputs[i].shape, (size_t)port->rank * 8);
    put_bytes(out, outputs[i].data,
              (size_t)(element_count(port, &outputs[i]) * element_bytes(port->type)));
  }
}

#endif
