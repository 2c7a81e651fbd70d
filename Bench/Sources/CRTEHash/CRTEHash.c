#define _GNU_SOURCE
#include "CRTEHash.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// The part of DPDK's interface that is needed, as its documentation has it: nothing of it is needed to build.
struct parameters {
    const char *name;
    uint32_t entries;
    uint32_t reserved;
    uint32_t key_len;
    void *hash_func;
    uint32_t hash_func_init_val;
    int socket_id;
    uint8_t extra_flag;
};

struct table {
    void *hash;
    uint8_t (*values)[32];
};

static int (*eal_init)(int, char **);
static void *(*hash_create)(const struct parameters *);
static void (*hash_free)(void *);
static int32_t (*hash_lookup)(const void *, const void *);
static int32_t (*hash_add)(const void *, const void *);
static int32_t (*hash_delete)(const void *, const void *);
static int32_t (*max_key_id)(const void *);

static void *find(const char *stem) {
    static const char *const versions[] = {"", ".23", ".24", ".25", ".26"};
    for (size_t index = 0; index < sizeof versions / sizeof *versions; index++) {
        char name[64];
        strcpy(name, stem);
        strcat(name, versions[index]);
        void *library = dlopen(name, RTLD_NOW | RTLD_GLOBAL);
        if (library) return library;
    }
    return NULL;
}

int weir_rte_available(void) {
    static int state = -1;
    if (state >= 0) return state;
    state = 0;
    void *eal = find("librte_eal.so");
    void *hash = find("librte_hash.so");
    if (!eal || !hash) return 0;
    eal_init = (int (*)(int, char **))dlsym(eal, "rte_eal_init");
    hash_create = (void *(*)(const struct parameters *))dlsym(hash, "rte_hash_create");
    hash_free = (void (*)(void *))dlsym(hash, "rte_hash_free");
    hash_lookup = (int32_t (*)(const void *, const void *))dlsym(hash, "rte_hash_lookup");
    hash_add = (int32_t (*)(const void *, const void *))dlsym(hash, "rte_hash_add_key");
    hash_delete = (int32_t (*)(const void *, const void *))dlsym(hash, "rte_hash_del_key");
    max_key_id = (int32_t (*)(const void *))dlsym(hash, "rte_hash_max_key_id");
    if (!eal_init || !hash_create || !hash_free || !hash_lookup || !hash_add || !hash_delete || !max_key_id) return 0;
    char *arguments[] = {"weir-bench", "--no-huge", "-m", "3072", "--no-pci", "--no-shconf", "--no-telemetry",
                         "--log-level=3", NULL};
    state = eal_init(8, arguments) >= 0;
    return state;
}

void *weir_rte_create(uint32_t entries) {
    static unsigned number;
    char name[16] = "weir";
    name[4] = (char)('a' + number++ % 26);
    struct parameters parameters = {.name = name, .entries = entries < 8 ? 8 : entries, .key_len = 16};
    struct table *table = calloc(1, sizeof *table);
    if (!table) return NULL;
    table->hash = hash_create(&parameters);
    table->values = table->hash ? calloc((size_t)max_key_id(table->hash) + 1, 32) : NULL;
    if (table->values) return table;
    free(table);
    return NULL;
}

void weir_rte_free(void *address) {
    struct table *table = address;
    hash_free(table->hash);
    free(table->values);
    free(table);
}

uint64_t weir_rte_run(void *address, int operation, uint64_t first, uint64_t count, uint64_t multiplier) {
    struct table *table = address;
    uint64_t done = 0;
    uint64_t value[4] = {1, 2, 3, 4};
    for (uint64_t number = first; number < first + count; number++) {
        uint64_t key[2] = {number * multiplier, number};
        int32_t place;
        switch (operation) {
        case WEIR_RTE_LOOKUP:
            place = hash_lookup(table->hash, key);
            done += place >= 0 && *(volatile uint8_t *)table->values[place] == 1;
            break;
        case WEIR_RTE_UPDATE:
            place = hash_add(table->hash, key);
            if (place >= 0) memcpy(table->values[place], value, sizeof value);
            done += place >= 0;
            break;
        default: done += hash_delete(table->hash, key) >= 0;
        }
    }
    return done;
}
