/* A program of somebody who uses libmodel.so: ten threads, each with an arena and outputs of its own,
 * run the frame on standard input several times at once. The results, which must be the same bits,
 * go to standard output. For networks whose inputs and outputs are tensors of fixed shape. */
#define _POSIX_C_SOURCE 200112L
#include "model.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 10
#define RUNS 5
#define MOST_PORTS 8

typedef struct {
  const void *weights;
  const ew_tensor *inputs;
  ew_tensor outputs[MOST_PORTS];
  void *arena;
  int failures;
} caller;

static void *memory(uint64_t bytes) {
  void *at = NULL;
  if (posix_memalign(&at, 64, (size_t)bytes + 64) != 0) exit(3);
  memset(at, 0xff, (size_t)bytes);
  return at;
}

static void *run(void *argument) {
  caller *c = (caller *)argument;
  int i;
  for (i = 0; i < RUNS; i++) {
    if (ew_run(c->weights, c->arena, c->inputs, c->outputs, NULL) != EW_OK) c->failures++;
  }
  return NULL;
}

static void *weights_file(uint64_t bytes) {
  void *weights = memory(bytes);
  FILE *file = fopen("weights.bin", "rb");
  if (file == NULL || fread(weights, 1, (size_t)bytes, file) != bytes) exit(3);
  fclose(file);
  return weights;
}

int main(void) {
  const ew_description *d = ew_describe();
  const void *weights = weights_file(d->weights_bytes);
  ew_tensor inputs[MOST_PORTS];
  static caller callers[THREADS];
  pthread_t threads[THREADS];
  uint32_t port;
  int i, different = 0;
  if (d->abi != EW_ABI || d->input_count > MOST_PORTS || d->output_count > MOST_PORTS) return 3;
  for (port = 0; port < d->input_count; port++) {
    inputs[port].data = memory(d->inputs[port].bytes);
    memcpy(inputs[port].shape, d->inputs[port].shape, sizeof inputs[port].shape);
    if (fread(inputs[port].data, 1, (size_t)d->inputs[port].bytes, stdin) !=
        d->inputs[port].bytes) {
      return 3;
    }
  }
  for (i = 0; i < THREADS; i++) {
    callers[i].weights = weights;
    callers[i].inputs = inputs;
    callers[i].arena = memory(d->arena_bytes);
    for (port = 0; port < d->output_count; port++) {
      callers[i].outputs[port].data = memory(d->outputs[port].bytes);
    }
    if (pthread_create(&threads[i], NULL, run, &callers[i]) != 0) return 3;
  }
  for (i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  for (port = 0; port < d->output_count; port++) {
    size_t bytes = (size_t)d->outputs[port].bytes;
    const void *first = callers[0].outputs[port].data;
    for (i = 0; i < THREADS; i++) {
      different += callers[i].failures + (memcmp(first, callers[i].outputs[port].data, bytes) != 0);
    }
    fwrite(first, 1, bytes, stdout);
  }
  return different == 0 ? 0 : 1;
}
