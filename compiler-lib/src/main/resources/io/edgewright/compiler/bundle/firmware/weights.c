/* weights.bin as constants of the firmware. The assembler looks for the file in the folder that the
 * compiler is called in, and in those of -I. */
#include "model.h"

__asm__(".section .rodata.ew_weights, \"a\"\n"
        ".balign 64\n"
        "ew_weights_file: .incbin \"weights.bin\"\n"
        ".text");
extern const unsigned char ew_weights_file[] __attribute__((visibility("hidden")));

const void *ew_weights(void) { return ew_weights_file; }
