/* The program `model`: frames on standard input, results on standard output. No libc and no dynamic
 * loader: it starts on every Linux of its architecture.
 *
 *   options -> files mapped, memory reserved, threads started -> rights given away -> frames */
#include "model.h"
#include "program.h"

#include "files.h"
#include "filter.h"
#include "frames.h"
#include "results.h"
#include "selftest.h"

#define MOST_THREADS 64
#define STACK_BYTES (1ul << 20)
#define SELF_TEST_MICROS 300000 /* repeats to measure, within this time */
#define SELF_TEST_RUNS 20

static const char usage[] =
    "usage: model [--threads N] [--format json|binary] [--count N] < frames > results\n"
    "       model --self-test [--threads N]\n"
    "       model --describe\n"
    "Frames and results are described in bundle.json.\n";

typedef struct {
  uint64_t threads, count;
  int json, self_test, describe;
} options;

/* What the self-test runs where a program has it: the same as ew_run, but for the score from which a
 * detection counts. A made-up frame has no detections worth the name. */
__attribute__((weak)) int ew_run_golden(const void *weights, void *arena, const ew_tensor *inputs,
                                        ew_tensor *outputs, const ew_parallel *parallel);

typedef struct {
  const ew_description *program;
  const void *weights;
  void *arena;
  ew_tensor inputs[PROGRAM_INPUTS + 1], outputs[PROGRAM_OUTPUTS + 1];
  const ew_parallel *parallel;
  int (*run)(const void *weights, void *arena, const ew_tensor *inputs, ew_tensor *outputs,
             const ew_parallel *parallel);
} machine;

__asm__(START);
__attribute__((noreturn, used)) void start(char **stack);

static void bad_usage(const char *argument, const char *rule) {
  complain("`");
  put(&standard_error, argument);
  put(&standard_error, rule);
  put(&standard_error, usage);
  flush(&standard_error);
  leave(2);
}

static uint64_t natural_argument(const char *option, const char *text, uint64_t most) {
  uint64_t value = 0;
  int good = text != 0 && *text != 0;
  for (const char *digit = text; good && *digit != 0; digit++) {
    good = *digit >= '0' && *digit <= '9' && value <= most;
    value = value * 10 + (uint64_t)(*digit - '0');
  }
  if (!good || value < 1 || value > most) {
    bad_usage(option, most == MOST_THREADS ? "` takes a number from 1 to 64\n"
                                           : "` takes a number from 1\n");
  }
  return value;
}

static options read_options(char **arguments) {
  options chosen = {1, ~0ull, !PROGRAM_ALL_TENSORS, 0, 0};
  for (; *arguments != 0; arguments++) {
    const char *option = *arguments;
    if (same_text(option, "--self-test")) {
      chosen.self_test = 1;
    } else if (same_text(option, "--describe")) {
      chosen.describe = 1;
    } else if (same_text(option, "--threads")) {
      chosen.threads = natural_argument(option, *++arguments, MOST_THREADS);
    } else if (same_text(option, "--count")) {
      chosen.count = natural_argument(option, *++arguments, 1ull << 60);
    } else if (same_text(option, "--format")) {
      const char *format = *++arguments;
      chosen.json = format != 0 && same_text(format, "json");
      if (!chosen.json && (format == 0 || !same_text(format, "binary"))) {
        bad_usage(option, "` takes json or binary\n");
      }
    } else {
      bad_usage(option, "` is not an option\n");
    }
  }
  return chosen;
}

static uint64_t now_micros(void) {
  long time[2]; /* seconds, nanoseconds */
  system_call(SYSTEM_CLOCK_GETTIME, 1 /* CLOCK_MONOTONIC */, (long)time, 0, 0, 0, 0);
  return (uint64_t)time[0] * 1000000 + (uint64_t)time[1] / 1000;
}

static void work(void *parallel) {
  ew_pool_work(parallel);
  for (;;) system_call(SYSTEM_EXIT, 0, 0, 0, 0, 0, 0);
}

static const ew_parallel *start_threads(uint64_t threads) {
  if (threads < 2) return 0;
  ew_parallel *parallel = ew_pool_make(reserve(ew_pool_bytes()));
  for (uint64_t i = 1; i < threads; i++) {
    uint8_t *stack = reserve_stack(STACK_BYTES);
    if (spawn_thread(stack + STACK_BYTES, work, parallel) < 0) fail(1, "cannot start a thread");
  }
  return parallel;
}

/* Where only the call knows the shape, most of it is not used. */
static void *reserve_port(const ew_port *port) {
  return reserve_large(port->bytes, !is_dynamic(port));
}

/* Only the shapes of tensors change how much there is to compute; every picture becomes one. */
static void *reserve_arena(const ew_description *program) {
  int full = 1;
  for (uint32_t i = 0; i < program->input_count; i++) {
    full &= program->inputs[i].kind == EW_IMAGE || !is_dynamic(&program->inputs[i]);
  }
  return reserve_large(program->arena_bytes, full);
}

static void prepare(machine *m, const options *chosen) {
  m->program = ew_describe();
  mapped_file weights = map_weights(m->program);
  if (weights.size != m->program->weights_bytes) {
    fail(1, "weights.bin has another size than the program was compiled with");
  }
  m->weights = weights.bytes;
  m->arena = reserve_arena(m->program);
  for (uint32_t i = 0; i < PROGRAM_INPUTS; i++) {
    m->inputs[i].data = reserve_port(&m->program->inputs[i]);
  }
  for (uint32_t i = 0; i < PROGRAM_OUTPUTS; i++) {
    m->outputs[i].data = reserve_port(&m->program->outputs[i]);
  }
  m->parallel = start_threads(chosen->threads);
  m->run = chosen->self_test && ew_run_golden ? ew_run_golden : ew_run;
}

/* One inference; answers whether the program takes inputs of these shapes. */
static int infer(machine *m, uint64_t *micros) {
  uint64_t started = now_micros();
  int result = m->run(m->weights, m->arena, m->inputs, m->outputs, m->parallel);
  *micros = now_micros() - started;
  if (result == EW_ERROR_WEIGHTS) {
    fail(1, "weights.bin is not the one that the program was compiled with");
  }
  if (result == EW_ERROR_SHAPE) note(&m->program->inputs[0], "its shape is not taken");
  if (result != EW_OK && result != EW_ERROR_SHAPE) fail(1, "the program failed");
  return result == EW_OK;
}

static int self_test(machine *m, mapped_file input, mapped_file expected) {
  static source golden;
  golden.memory = input.bytes;
  golden.left = input.size;
  uint64_t began = now_micros(), best, micros;
  if (read_frame(&golden, m->program, m->inputs) != FRAME_GOOD || !infer(m, &best)) {
    fail(1, "golden/input.bin does not belong to this program");
  }
  comparison result = compare(m->program, m->outputs, expected);
  for (int run = 1; run < SELF_TEST_RUNS && now_micros() - began < SELF_TEST_MICROS; run++) {
    infer(m, &micros);
    if (micros < best) best = micros;
  }
  put_verdict(&standard_output, &result, best);
  return result.output == 0 ? 0 : 1;
}

static void put_results(const machine *m, const options *chosen, uint64_t frame, uint64_t micros) {
  if (chosen->json) {
    put_json(&standard_output, m->program, m->outputs, frame, micros);
  } else {
    put_raw(&standard_output, m->program, m->outputs);
  }
}

/* Says what is wrong with a frame: to people, and among the results where those are text. */
static void refuse_frame(const options *chosen, uint64_t frame) {
  complain("frame ");
  put_natural(&standard_error, frame);
  put(&standard_error, ", ");
  put_bytes(&standard_error, problem.bytes, problem.used);
  put(&standard_error, "\n");
  flush(&standard_error);
  if (chosen->json) put_problem(&standard_output, frame);
}

/* Until the frames end; answers 2 when one of them did not fit. */
static int serve(machine *m, const options *chosen) {
  static source input;
  uint64_t count = PROGRAM_INPUTS == 0 && chosen->count == ~0ull ? 1 : chosen->count;
  int status = 0;
  for (; input.frame < count; input.frame++) {
    frame_state state = read_frame(&input, m->program, m->inputs);
    if (state == FRAME_NONE) break;
    uint64_t micros;
    if (state == FRAME_GOOD && infer(m, &micros)) {
      put_results(m, chosen, input.frame, micros);
    } else {
      refuse_frame(chosen, input.frame);
      status = 2;
    }
    flush(&standard_output);
    if (state == FRAME_LAST) break;
  }
  return status;
}

void start(char **stack) {
  static machine m;
  options chosen = read_options(stack + (stack[0] != 0 ? 2 : 1)); /* argc, argv[0], ... */
  if (chosen.describe) {
    put(&standard_output, program_description);
    flush(&standard_output);
    leave(0);
  }
  widen_pipe(0);
  widen_pipe(1);
  require_features(program_features);
  prepare(&m, &chosen);
  mapped_file input = {0, 0}, expected = {0, 0};
  if (chosen.self_test) {
    input = map_beside("golden/input.bin", 1);
    expected = map_beside("golden/output.bin", 1);
  }
  give_away_rights();
  int status = chosen.self_test ? self_test(&m, input, expected) : serve(&m, &chosen);
  flush(&standard_output);
  leave(status);
  __builtin_unreachable();
}
