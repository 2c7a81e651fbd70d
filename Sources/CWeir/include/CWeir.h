#pragma once

#include <errno.h>
#include <linux/capability.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Brings a cache line near, to be read soon. Swift has no instruction for it.
static inline void weir_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// Brings a cache line near, to be written soon.
static inline void weir_prefetch_to_write(const void *address) { __builtin_prefetch(address, 1, 3); }

/// One bit for each of the 16 bytes of `low` and `high`, set where the byte equals `byte`. Swift's vectors have no
/// such reduction that compiles to one instruction.
static inline uint32_t weir_matching_bytes(uint64_t low, uint64_t high, uint8_t byte) {
#if defined(__SSE2__)
    __m128i bytes = _mm_set_epi64x((long long)high, (long long)low);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte)));
#else
    uint32_t mask = 0;
    for (int index = 0; index < 8; index++) {
        mask |= (uint32_t)((uint8_t)(low >> (8 * index)) == byte) << index;
        mask |= (uint32_t)((uint8_t)(high >> (8 * index)) == byte) << (8 + index);
    }
    return mask;
#endif
}

/// Calls bpf(2) and returns its result, or the negated error number. Swift can't call the variadic syscall(2).
static inline long weir_bpf(int command, void *attributes, unsigned int size) {
    long result = syscall(SYS_bpf, command, attributes, size);
    return result < 0 ? -errno : result;
}

/// Declared here because the C library's headers show them only to programs that ask for its extensions.
int memfd_create(const char *name, unsigned int flags);
int ftruncate64(int file, int64_t length);
int close(int file);

/// The descriptor of `count` bytes of memory that can be mapped more than once, or -1.
static inline int weir_memory_file(int64_t count) {
    int file = memfd_create("weir", 1 /* MFD_CLOEXEC */);
    if (file >= 0 && ftruncate64(file, count) != 0) {
        close(file);
        return -1;
    }
    return file;
}

/// The capabilities in effect on this thread, one bit each; 0 where they can't be told. The C library declares no
/// functions for them.
static inline uint64_t weir_effective_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) < 0) return 0;
    return (uint64_t)data[1].effective << 32 | data[0].effective;
}

/// Puts capabilities that are permitted into effect on this thread, and no others. Returns whether that went well.
static inline int weir_set_effective_capabilities(uint64_t capabilities) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) < 0) return 0;
    data[0].effective = (uint32_t)capabilities;
    data[1].effective = (uint32_t)(capabilities >> 32);
    return syscall(SYS_capset, &header, data) == 0;
}
