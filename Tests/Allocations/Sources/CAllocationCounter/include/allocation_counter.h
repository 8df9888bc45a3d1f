#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

// Calls of malloc and its kin in this process so far, by whatever library.
uint64_t allocation_count(void);

#endif
