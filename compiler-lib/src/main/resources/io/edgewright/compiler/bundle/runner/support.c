/* What goes into the runner and into libmodel.so alike. */
#include "memory.h"
#include "pool.h"
#ifdef __arm__
#include "arithmetic_arm.h"
#endif
