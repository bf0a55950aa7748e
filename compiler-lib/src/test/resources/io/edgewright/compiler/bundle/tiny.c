/* The frame of the hand-written networks of the tests. Before it come
 *   NAME, INPUTS, OUTPUTS (initialisers of ew_port), WEIGHT_COUNT, ARENA_BYTES
 * and after it `compute`. */
static int compute(const float *weights, void *arena, const ew_tensor *in, ew_tensor *out,
                   const ew_parallel *parallel);

static const ew_port inputs[] = {INPUTS}, outputs[] = {OUTPUTS};
static const ew_description description = {
    .abi = EW_ABI,
    .name = NAME,
    .target = "test",
    .input_count = sizeof inputs / sizeof *inputs,
    .output_count = sizeof outputs / sizeof *outputs,
    .inputs = inputs,
    .outputs = outputs,
    .arena_bytes = ARENA_BYTES,
    .weights_bytes = 64 + 4 * WEIGHT_COUNT,
};

const ew_description *ew_describe(void) { return &description; }

int ew_run(const void *weights, void *arena, const ew_tensor *in, ew_tensor *out,
           const ew_parallel *parallel) {
  static const char magic[] = "EWWEIGHT";
  for (int i = 0; i < 8; i++) {
    if (((const char *)weights)[i] != magic[i]) return EW_ERROR_WEIGHTS;
  }
  return compute((const float *)weights + 16, arena, in, out, parallel);
}
