import CWeir
import Glibc

/// The memory of a ring: a page that steers it, then the ring's bytes twice in a row, the same memory both times.
///
/// So no record is ever cut in two: what runs over the end of the first image goes on in the second.
///
/// Invariant: `base` is aligned to a page; the page there and `2 * count` bytes behind it are mapped readable and
/// writable, and nobody else unmaps them.
///
/// `@unchecked Sendable` because the address and the length never change; the ring's own rules guard its contents.
@safe final class RingRegion: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    private let reserved: Int

    /// The size of the page that steers the ring, in bytes.
    static var page: Int { 4096 }

    /// Maps a ring of `count` bytes, a multiple of a page, or nil where the system has no room for it.
    init?(count: Int) {
        let reserved = Self.page + 2 * count
        let file = weir_memory_file(Int64(Self.page + count))
        guard file >= 0 else { return nil }
        defer { close(file) }
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let base = unsafe mmap(nil, reserved, PROT_NONE, flags, -1, 0), unsafe base != MAP_FAILED else {
            return nil
        }
        unsafe self.base = base
        self.reserved = reserved
        let first = unsafe Self.map(file, from: 0, Self.page + count, at: base)
        let second = unsafe Self.map(file, from: Self.page, count, at: base + Self.page + count)
        // From here on `deinit` unmaps what there is.
        guard first, second else { return nil }
    }

    private static func map(_ file: Int32, from offset: Int, _ count: Int, at address: UnsafeMutableRawPointer) -> Bool
    {
        let flags = MAP_SHARED | MAP_FIXED | MAP_NORESERVE
        return unsafe mmap(address, count, PROT_READ | PROT_WRITE, flags, file, off_t(offset)) == address
    }

    deinit { unsafe munmap(base, reserved) }
}
