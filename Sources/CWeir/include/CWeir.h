#pragma once

/// Asks the processor to bring the cache line at `address` near. Swift has no spelling that survives optimisation.
static inline void weir_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}
