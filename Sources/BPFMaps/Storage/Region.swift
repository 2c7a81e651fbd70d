import Glibc

/// Zeroed memory from the system, taken lazily: a page costs nothing until it is touched.
///
/// Invariant: `base` is aligned to a page, `count` bytes from it are mapped readable and writable, and nobody else
/// unmaps them.
///
/// `@unchecked Sendable` because the address and the length never change; what lies in the memory is guarded by the
/// map that owns it.
@safe final class Region: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let count: Int

    /// Maps `count` bytes, or nil where the system has no room for them.
    ///
    /// - Parameter hugePages: whether to ask for large pages: fewer misses in a table that fills up, more memory in
    ///   one that stays nearly empty.
    init?(count: Int, hugePages: Bool) {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let base = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0),
            unsafe base != MAP_FAILED
        else { return nil }
        if hugePages { unsafe madvise(base, count, MADV_HUGEPAGE) }
        unsafe self.base = base
        self.count = count
        unsafe MapRegions.add(base, count)
    }

    deinit {
        unsafe MapRegions.remove(base)
        unsafe munmap(base, count)
    }
}
