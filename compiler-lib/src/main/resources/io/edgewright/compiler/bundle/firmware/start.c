/* From reset to main on a Cortex-M with floating point, and what clang calls on its own. */
#include "firmware/memory_eabi.h"
#include "firmware/semihosting.h"

int main(void);
void board_reset(void);
extern char board_stack_top[];

/* Where the floating-point unit is switched on: bits 20 to 23 give full access to it (and to vectors). */
#define COPROCESSOR_ACCESS (*(volatile uint32_t *)0xE000ED88)

static void board_fault(void) { board_exit(3); }

void board_reset(void) {
  COPROCESSOR_ACCESS |= 0xF << 20;
  __asm__ volatile("dsb\n\tisb" ::: "memory");
  board_exit((uint32_t)main());
}

/* Stack, reset, and the exceptions that a broken program can raise. The emulator's memory is zero at the
 * start, and nothing here has other initial values. */
__attribute__((section(".vectors"), used)) static const void *const vectors[] = {
    board_stack_top,           (const void *)board_reset, (const void *)board_fault,
    (const void *)board_fault, (const void *)board_fault, (const void *)board_fault,
    (const void *)board_fault, (const void *)board_fault};
