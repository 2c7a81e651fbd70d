#pragma once

#include <stdint.h>

/// What is done to a table of DPDK's rte_hash, for keys that are made from numbers.
enum weir_rte_operation { WEIR_RTE_LOOKUP = 0, WEIR_RTE_UPDATE = 1, WEIR_RTE_DELETE = 2 };

/// Whether DPDK's libraries are here, and could be started. They are looked for when the program runs.
int weir_rte_available(void);

/// A table for keys of 16 bytes, with values of 32 bytes beside it; NULL where it can't be made.
void *weir_rte_create(uint32_t entries);
void weir_rte_free(void *table);

/// Does one thing with the keys of `count` numbers from `first` on; returns how often it succeeded.
uint64_t weir_rte_run(void *table, int operation, uint64_t first, uint64_t count, uint64_t multiplier);
