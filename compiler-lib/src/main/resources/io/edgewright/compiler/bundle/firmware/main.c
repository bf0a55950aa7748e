/* One frame through the model on an emulated board: reads the frame that is linked in, writes
 * results.bin, both as bundle.json describes frames and results. Ends with 0, or with what ew_run
 * answered plus 16. GOLDEN: with the self-test's threshold, where there is one. */
#include "model.h"
#include "firmware/semihosting.h"

#define PICTURE_HEADER_BYTES 16

int main(void);
__attribute__((weak)) int ew_run_golden(const void *weights, void *arena, const ew_tensor *inputs,
                                        ew_tensor *outputs, const ew_parallel *parallel);
extern char board_memory[];

__asm__(".section .rodata.frame, \"a\"\n"
        ".balign 64\n"
        "board_frame: .incbin \"frame.bin\"\n"
        ".text");
extern const unsigned char board_frame[];

static uint32_t aligned(uint32_t bytes) { return (bytes + 63) & ~(uint32_t)63; }

static int is_dynamic(const ew_port *port) {
  for (int axis = 0; axis < port->rank; axis++) {
    if (port->shape[axis] < 0) return 1;
  }
  return 0;
}

static void copy(void *to, const void *from, uint32_t bytes) {
  for (uint32_t i = 0; i < bytes; i++) ((char *)to)[i] = ((const char *)from)[i];
}

static uint32_t element_bytes(const ew_port *port) {
  static const unsigned char bytes[] = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8};
  return bytes[port->type];
}

static uint32_t tensor_bytes(const ew_port *port, const ew_tensor *tensor) {
  uint32_t bytes = element_bytes(port);
  for (int axis = 0; axis < port->rank; axis++) bytes *= (uint32_t)tensor->shape[axis];
  return bytes;
}

/* Takes an input from the frame to memory where it is aligned; answers what comes after it. */
static const unsigned char *take(const ew_port *port, ew_tensor *tensor, const unsigned char *frame) {
  for (int axis = 0; axis < port->rank; axis++) tensor->shape[axis] = port->shape[axis];
  if (port->kind == EW_IMAGE) {
    uint32_t width, height;
    copy(&width, frame + 4, 4);
    copy(&height, frame + 8, 4);
    tensor->shape[0] = height;
    tensor->shape[1] = width;
    frame += PICTURE_HEADER_BYTES;
  } else if (is_dynamic(port)) {
    copy(tensor->shape, frame, 8 * (uint32_t)port->rank);
    frame += 8 * port->rank;
  }
  uint32_t bytes = tensor_bytes(port, tensor);
  copy(tensor->data, frame, bytes);
  return frame + bytes;
}

int main(void) {
  const ew_description *model = ew_describe();
  char *memory = board_memory;
  void *arena = memory;
  memory += aligned((uint32_t)model->arena_bytes);
  ew_tensor *inputs = (ew_tensor *)memory, *outputs = inputs + model->input_count;
  memory += aligned((model->input_count + model->output_count) * sizeof(ew_tensor));
  const unsigned char *frame = board_frame;
  for (uint32_t i = 0; i < model->input_count; i++) {
    inputs[i].data = memory;
    frame = take(&model->inputs[i], &inputs[i], frame);
    memory += aligned(tensor_bytes(&model->inputs[i], &inputs[i]));
  }
  for (uint32_t i = 0; i < model->output_count; i++) {
    outputs[i].data = memory;
    memory += aligned((uint32_t)model->outputs[i].bytes);
  }
  int status = GOLDEN && ew_run_golden ? ew_run_golden(ew_weights(), arena, inputs, outputs, 0)
                                       : ew_run(ew_weights(), arena, inputs, outputs, 0);
  if (status != 0) return 16 + status;
  uint32_t file = board_create("results.bin", 11);
  for (uint32_t i = 0; i < model->output_count; i++) {
    const ew_port *port = &model->outputs[i];
    if (is_dynamic(port)) board_write(file, outputs[i].shape, 8 * (uint32_t)port->rank);
    board_write(file, outputs[i].data, tensor_bytes(port, &outputs[i]));
  }
  return 0;
}
