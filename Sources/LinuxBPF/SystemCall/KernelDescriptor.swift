internal import Glibc

/// A descriptor of an object in the kernel, closed when it goes; the object goes with its last reference.
public struct KernelDescriptor: ~Copyable, Sendable {
    /// The descriptor's number in this process.
    public let number: Int32

    /// Takes a descriptor over.
    init(_ number: Int32) { self.number = number }

    deinit { _ = Glibc.close(number) }
}
