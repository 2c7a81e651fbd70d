import BPFModel
import Synchronization

/// Values with a `struct bpf_spin_lock` in them: programs and users who ask for it change them one at a time.
///
/// The lock's four bytes are never copied: they stay in place, and read as zeros.
enum ValueLock {
    /// The flag of updates and lookups that take the lock: Linux's `BPF_F_LOCK`.
    static var flag: UInt64 { 4 }

    /// Writes a new entry's value; nobody sees it yet.
    @inline(__always)
    static func initialise(
        _ target: UnsafeMutableRawPointer, from value: UnsafeRawPointer, size: Int, lock: Int32
    ) {
        unsafe Words.copy(value, toEntry: target, count: size)
        if lock >= 0 { unsafe (target + Int(lock)).storeBytes(of: 0, as: UInt32.self) }
    }

    /// Writes a value in place, under its lock where it has one.
    @inline(__always)
    static func write(_ value: UnsafeRawPointer, to target: UnsafeMutableRawPointer, size: Int, lock: Int32) {
        guard lock >= 0 else { return unsafe Words.copy(value, toEntry: target, count: size) }
        unsafe writeLocked(value, to: target, size: size, lock: Int(lock))
    }

    /// Writes a value in place without its lock, which is left alone.
    @inline(__always)
    static func copy(_ value: UnsafeRawPointer, to target: UnsafeMutableRawPointer, size: Int, lock: Int32) {
        guard lock >= 0 else { return unsafe Words.copy(value, toEntry: target, count: size) }
        unsafe copyAround(value, to: target, size: size, lock: Int(lock))
    }

    /// Copies a value out, under its lock.
    static func read(_ value: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer, size: Int, lock: Int) {
        unsafe WordLock.lock(value + lock)
        unsafe Words.copy(entry: value, to: target, count: size)
        unsafe WordLock.unlock(value + lock)
        unsafe hide(target, lock: Int32(truncatingIfNeeded: lock))
    }

    /// Zeroes the lock in a copied value.
    @inline(__always)
    static func hide(_ copy: UnsafeMutableRawPointer, lock: Int32) {
        guard lock >= 0 else { return }
        unsafe (copy + Int(lock)).storeBytes(of: 0, as: UInt32.self)
    }

    private static func writeLocked(
        _ value: UnsafeRawPointer, to target: UnsafeMutableRawPointer, size: Int, lock: Int
    ) {
        unsafe WordLock.lock(target + lock)
        unsafe copyAround(value, to: target, size: size, lock: lock)
        unsafe WordLock.unlock(target + lock)
    }

    @inline(never)
    private static func copyAround(
        _ value: UnsafeRawPointer, to target: UnsafeMutableRawPointer, size: Int, lock: Int
    ) {
        var offset = 0
        while offset < size {
            if offset < lock || offset >= lock &+ 4 {
                let byte = unsafe value.load(fromByteOffset: offset, as: UInt8.self)
                unsafe (target + offset).assumingMemoryBound(to: Atomic<UInt8>.self).pointee.store(
                    byte, ordering: .relaxed)
            }
            offset &+= 1
        }
    }
}

/// The flags of an update, checked.
struct UpdateFlags {
    let mode: UpdateMode
    /// Whether an existing value is changed in place, under its lock.
    let inPlace: Bool

    /// The flags, or nil where Linux refuses them.
    @inline(__always)
    init?(_ flags: UInt64, _ spinLock: Int32) {
        guard let mode = UpdateMode(rawValue: flags & ~ValueLock.flag) else { return nil }
        inPlace = flags & ValueLock.flag != 0
        if inPlace && spinLock < 0 { return nil }
        self.mode = mode
    }
}

extension UpdateMode {
    /// Why an update is refused, given whether the key exists; nil where it isn't.
    @inline(__always)
    func refusal(exists: Bool) -> Errno? {
        switch self {
        case .any: nil
        case .noExist: exists ? .exists : nil
        case .exist: exists ? nil : .noEntry
        }
    }
}
