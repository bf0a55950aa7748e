/* A user's firmware: recognises the word that is linked in, then looks how much stack ew_run took, and
 * writes both down: word, stack, ew_description's arena. */
#include "model.h"
#include "firmware/semihosting.h"

#define PAINT 0x5eed5eed
#define PAINTED_WORDS 4096

int main(void);
int spoken_word(float features[49 * 10]);

__asm__(".section .rodata.frame, \"a\"\n"
        ".balign 64\n"
        "frame: .incbin \"frame.bin\"\n"
        ".text");
extern const float frame[49 * 10];

static uint8_t second_arena[ARENA_BYTES] __attribute__((aligned(64)));
static float features[49 * 10], scores[12];

__attribute__((noinline)) static uint32_t stack_of_run(void) {
  ew_tensor inputs[] = {{features, {1, 49, 10, 1}}}, outputs[] = {{scores, {0}}};
  volatile uint32_t *top;
  __asm__ volatile("mov %0, sp" : "=r"(top));
  for (int i = 1; i <= PAINTED_WORDS; i++) top[-i] = PAINT;
  ew_run(ew_weights(), second_arena, inputs, outputs, 0);
  int deepest = PAINTED_WORDS;
  while (deepest > 0 && top[-deepest] == PAINT) deepest--;
  return 4 * (uint32_t)deepest;
}

int main(void) {
  for (int i = 0; i < 49 * 10; i++) features[i] = frame[i];
  uint32_t answer[3];
  answer[0] = (uint32_t)spoken_word(features);
  answer[1] = stack_of_run();
  answer[2] = (uint32_t)ew_describe()->arena_bytes;
  board_write(board_create("answer.bin", 10), answer, sizeof answer);
  return 0;
}
