/* Runs a program that was emitted as C: a frame on standard input, the outputs on standard output. */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *at_64(uint64_t bytes) {
  return aligned_alloc(64, (bytes / 64 + 1) * 64);
}

static void *read_weights(uint64_t bytes) {
  void *weights = at_64(bytes);
  FILE *file = fopen("weights.bin", "rb");
  if (!file || fread(weights, 1, bytes, file) != bytes || fgetc(file) != EOF) exit(10);
  fclose(file);
  return weights;
}

/* A picture comes behind its header. */
static void read_input(const ew_port *port, ew_tensor *tensor) {
  uint64_t bytes = port->bytes;
  memcpy(tensor->shape, port->shape, sizeof port->shape);
  if (port->kind == EW_IMAGE) {
    uint32_t header[4];
    if (fread(header, sizeof header, 1, stdin) != 1) exit(11);
    tensor->shape[0] = header[2];
    tensor->shape[1] = header[1];
    bytes = (uint64_t)header[1] * header[2] * header[3];
  }
  tensor->data = at_64(bytes);
  if (fread(tensor->data, 1, bytes, stdin) != bytes) exit(12);
}

int main(void) {
  const ew_description *model = ew_describe();
  ew_tensor inputs[16], outputs[16];
  for (uint32_t i = 0; i < model->input_count; ++i) {
    read_input(&model->inputs[i], &inputs[i]);
  }
  for (uint32_t i = 0; i < model->output_count; ++i) {
    outputs[i].data = at_64(model->outputs[i].bytes);
  }
  void *weights = read_weights(model->weights_bytes);
  if (ew_run(weights, at_64(model->arena_bytes), inputs, outputs, NULL) != EW_OK) return 13;
  for (uint32_t i = 0; i < model->output_count; ++i) {
    fwrite(outputs[i].data, 1, model->outputs[i].bytes, stdout);
  }
  return 0;
}
