/* A program that does nothing but run one model with ONNX Runtime, in the way our runner does: a frame
 * comes on standard input, its result goes to standard output, until the input ends.
 *
 *   peer LIBRARY MODEL THREADS [dim NAME EXTENT]... [in NAME TYPE BYTES RANK EXTENT...]...
 *        [out NAME]...
 *
 * The C interface is a table of functions that only ever grows at its end, so places in it are stable
 * and no header is needed. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  API_VERSION = 16,
  GET_ERROR_MESSAGE = 2,
  CREATE_ENV = 3,
  CREATE_SESSION = 7,
  RUN = 9,
  CREATE_SESSION_OPTIONS = 10,
  SET_GRAPH_OPTIMIZATION_LEVEL = 23,
  SET_INTRA_OP_THREADS = 24,
  SET_INTER_OP_THREADS = 25,
  CREATE_TENSOR_WITH_DATA = 49,
  GET_TENSOR_MUTABLE_DATA = 51,
  GET_TENSOR_ELEMENT_TYPE = 60,
  GET_TENSOR_ELEMENT_COUNT = 64,
  GET_TENSOR_TYPE_AND_SHAPE = 65,
  CREATE_CPU_MEMORY_INFO = 69,
  ADD_FREE_DIMENSION_BY_NAME = 124,
  LOG_ERRORS = 3,
  ALL_OPTIMISATIONS = 99,
  DEVICE_ALLOCATOR = 0,
  DEFAULT_MEMORY = 0,
  MOST_TENSORS = 64,
  MOST_AXES = 8
};

typedef struct {
  const void *const *(*get_api)(uint32_t version);
  const char *(*version)(void);
} api_base;

typedef struct {
  const char *names[MOST_TENSORS];
  void *values[MOST_TENSORS], *data[MOST_TENSORS];
  size_t bytes[MOST_TENSORS], count;
} tensors;

static const void *const *api;

static void check(void *status, const char *step) {
  if (status == 0) return;
  const char *(*message)(void *) = (const char *(*)(void *))api[GET_ERROR_MESSAGE];
  fprintf(stderr, "%s: %s\n", step, message(status));
  exit(1);
}

static void *new_options(int threads) {
  void *options = 0;
  check(((void *(*)(void **))api[CREATE_SESSION_OPTIONS])(&options), "options");
  check(((void *(*)(void *, int))api[SET_GRAPH_OPTIMIZATION_LEVEL])(options, ALL_OPTIMISATIONS),
        "optimisation level");
  check(((void *(*)(void *, int))api[SET_INTRA_OP_THREADS])(options, threads), "threads");
  check(((void *(*)(void *, int))api[SET_INTER_OP_THREADS])(options, 1), "threads between nodes");
  return options;
}

static char **read_input(char **word, tensors *inputs, void *memory) {
  size_t i = inputs->count++;
  inputs->names[i] = *word++;
  int type = atoi(*word++);
  inputs->bytes[i] = strtoull(*word++, 0, 10);
  inputs->data[i] = malloc(inputs->bytes[i] + 1);
  size_t rank = strtoull(*word++, 0, 10);
  int64_t shape[MOST_AXES];
  for (size_t axis = 0; axis < rank; axis++) shape[axis] = strtoll(*word++, 0, 10);
  check(((void *(*)(void *, void *, size_t, const int64_t *, size_t, int,
                    void **))api[CREATE_TENSOR_WITH_DATA])(
            memory, inputs->data[i], inputs->bytes[i], shape, rank, type, &inputs->values[i]),
        "input");
  return word;
}

static int read_frame(const tensors *inputs) {
  for (size_t i = 0; i < inputs->count; i++) {
    size_t have = 0;
    while (have < inputs->bytes[i]) {
      ssize_t count = read(0, (char *)inputs->data[i] + have, inputs->bytes[i] - have);
      if (count <= 0) return 0;
      have += (size_t)count;
    }
  }
  return 1;
}

/* By the number of the element type in ONNX, from undefined to bfloat16. */
static const size_t element_bytes[] = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 8, 16, 2};

static size_t byte_count(void *value) {
  void *type = 0;
  int element = 0;
  size_t elements = 0;
  check(((void *(*)(void *, void **))api[GET_TENSOR_TYPE_AND_SHAPE])(value, &type), "type");
  check(((void *(*)(void *, int *))api[GET_TENSOR_ELEMENT_TYPE])(type, &element), "element type");
  check(((void *(*)(void *, size_t *))api[GET_TENSOR_ELEMENT_COUNT])(type, &elements), "elements");
  return elements * element_bytes[element];
}

static void write_result(const tensors *outputs) {
  for (size_t i = 0; i < outputs->count; i++) {
    void *data = 0;
    check(((void *(*)(void *, void **))api[GET_TENSOR_MUTABLE_DATA])(outputs->values[i], &data),
          "output");
    fwrite(data, 1, byte_count(outputs->values[i]), stdout);
  }
  fflush(stdout);
}

int main(int count, char **words) {
  if (count < 4) return 2;
  void *library = dlopen(words[1], RTLD_NOW);
  if (library == 0) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  api = ((const api_base *(*)(void))dlsym(library, "OrtGetApiBase"))()->get_api(API_VERSION);
  void *environment = 0, *session = 0, *memory = 0, *options = new_options(atoi(words[3]));
  check(((void *(*)(int, const char *, void **))api[CREATE_ENV])(LOG_ERRORS, "peer", &environment),
        "environment");
  check(((void *(*)(int, int, void **))api[CREATE_CPU_MEMORY_INFO])(DEVICE_ALLOCATOR, DEFAULT_MEMORY,
                                                                    &memory),
        "memory");
  static tensors inputs, outputs;
  for (char **word = words + 4; *word != 0;) {
    char *kind = *word++;
    if (strcmp(kind, "in") == 0) {
      word = read_input(word, &inputs, memory);
    } else if (strcmp(kind, "out") == 0) {
      outputs.names[outputs.count++] = *word++;
    } else {
      check(((void *(*)(void *, const char *, int64_t))api[ADD_FREE_DIMENSION_BY_NAME])(
                options, word[0], strtoll(word[1], 0, 10)),
            "dimension");
      word += 2;
    }
  }
  check(((void *(*)(void *, const char *, void *, void **))api[CREATE_SESSION])(
            environment, words[2], options, &session),
        "session");
  while (read_frame(&inputs)) {
    check(((void *(*)(void *, void *, const char **, void **, size_t, const char **, size_t,
                      void **))api[RUN])(session, 0, inputs.names, inputs.values, inputs.count,
                                         outputs.names, outputs.count, outputs.values),
          "run");
    write_result(&outputs);
  }
  return 0;
}
