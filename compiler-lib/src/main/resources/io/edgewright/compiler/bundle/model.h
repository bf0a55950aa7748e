/* A compiled network, from C and C++. Part of Edgewright; Apache License 2.0.
 *
 *   const ew_description *d = ew_describe();
 *   void *weights = ...;  weights.bin, d->weights_bytes of it, at a multiple of 64;
 *                         ew_weights() in libmodel.a, which has them as constants
 *   void *arena = ...;    d->arena_bytes of any contents, at a multiple of 64
 *   ew_tensor in[] = {{pixels, {480, 640, 3}}}, out[] = {{rows, {0}}};
 *   if (ew_run(weights, arena, in, out, 0) == 0) ... out[0].shape[0] rows of results
 *
 * Nothing is allocated and nothing global is written: calls may run at the same time as long as each
 * has an arena and outputs of its own. Needs no library, not even libc. */
#ifndef EW_MODEL_H
#define EW_MODEL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EW_ABI 1
#define EW_MAXIMUM_RANK 8

/* What ew_run answers. */
#define EW_OK 0
#define EW_ERROR_WEIGHTS 1 /* `weights` is not the weights.bin that this program was compiled with */
#define EW_ERROR_SHAPE 2   /* an input has extents that the program does not take */

/* Meaning of an input or output (ew_port.kind). */
#define EW_TENSOR 0
#define EW_IMAGE 1      /* [height, width, channels] of uint8, row by row, channels together */
#define EW_CLASSES 2    /* rows of: class index, probability; the likeliest first */
#define EW_DETECTIONS 3 /* rows of: x0, y0, x1, y1 (pixels), score, class index; best score first */

typedef struct {
  void *data; /* at a multiple of its element's size; elements in row-major order without gaps */
  int64_t shape[EW_MAXIMUM_RANK]; /* of inputs: set by the caller; of outputs: set by ew_run */
} ew_tensor;

typedef struct {
  const char *name;
  int32_t type; /* number of the element type in ONNX: 1 float, 2 uint8, 3 int8, 7 int64, ... */
  int32_t kind;
  int32_t rank;
  int64_t shape[EW_MAXIMUM_RANK]; /* -1 where only a call knows */
  uint64_t bytes;                 /* what ew_tensor.data must hold, at most */
} ew_port;

/* Somebody who runs task(argument, 0) to task(argument, count - 1), in any order, several at the same
 * time if he can, and returns when all of them have returned. Tasks do not start tasks. */
typedef struct ew_parallel {
  void (*run)(const struct ew_parallel *self, void (*task)(void *argument, int64_t index),
              void *argument, int64_t count);
} ew_parallel;

/* Bytes of the weights of which an ew_run reads some rows: whoever maps the file may leave them for
 * when they are needed. */
typedef struct {
  uint64_t first, bytes;
} ew_table;

typedef struct {
  uint32_t abi; /* EW_ABI */
  const char *name, *target;
  uint32_t input_count, output_count;
  const ew_port *inputs, *outputs;
  uint64_t arena_bytes, weights_bytes;
  uint64_t table_count;
  const ew_table *tables; /* in the order of their places */
} ew_description;

#define EW_EXPORT __attribute__((visibility("default")))

EW_EXPORT const ew_description *ew_describe(void);

/* One inference. A null `parallel` means: on this thread alone. */
EW_EXPORT int ew_run(const void *weights, void *arena, const ew_tensor *inputs, ew_tensor *outputs,
                     const ew_parallel *parallel);

/* The weights, where they are a part of the program: in libmodel.a for microcontrollers. */
EW_EXPORT const void *ew_weights(void);

/* Not in libmodel.a: a ready-made ew_parallel for callers who have threads but no pool. Threads that call ew_pool_work
 * take part until somebody calls ew_pool_stop; they sleep while there is nothing to do. One ew_run at
 * a time may use a pool. ew_pool_make fills ew_pool_bytes() of memory, at a multiple of 64. */
EW_EXPORT uint64_t ew_pool_bytes(void);
EW_EXPORT ew_parallel *ew_pool_make(void *memory);
EW_EXPORT void ew_pool_work(ew_parallel *pool);
EW_EXPORT void ew_pool_stop(ew_parallel *pool);

#ifdef __cplusplus
}
#endif

#endif
