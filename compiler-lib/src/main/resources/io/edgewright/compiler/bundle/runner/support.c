/* What goes into the runner and into libmodel.so alike. */
#include "memory.h"
#include "pool.h"
