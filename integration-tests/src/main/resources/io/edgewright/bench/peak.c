/* How many fused multiply-adds one thread can do: prints operations a second, two for each. Sums in
 * registers, enough of them to hide the latency; the best of many short runs. */
#include <stdio.h>
#include <time.h>

#if defined(__AVX512F__)
#define VECTOR_BYTES 64
#elif defined(__AVX2__)
#define VECTOR_BYTES 32
#else
#define VECTOR_BYTES 16
#endif
#define SUMS 12
#define STEPS 200000
#define RUNS 300

typedef float vector __attribute__((vector_size(VECTOR_BYTES)));

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static float multiply_add(float factor) {
  vector by = {0}, sums[SUMS];
  by += factor;
  for (int i = 0; i < SUMS; i++) sums[i] = by * (float)i;
  for (int step = 0; step < STEPS; step++) {
#pragma GCC unroll 12
    for (int i = 0; i < SUMS; i++) sums[i] = sums[i] * by + by;
  }
  vector all = sums[0];
  for (int i = 1; i < SUMS; i++) all += sums[i];
  return all[0];
}

int main(int count, char **words) {
  (void)words;
  volatile float keep;
  double best = 1e9;
  for (int run = 0; run < RUNS; run++) {
    double start = seconds();
    keep = multiply_add(0.5f / (float)count);
    double took = seconds() - start;
    if (took < best) best = took;
  }
  (void)keep;
  printf("%.0f\n", 2.0 * SUMS * STEPS * (VECTOR_BYTES / 4) / best);
  return 0;
}
