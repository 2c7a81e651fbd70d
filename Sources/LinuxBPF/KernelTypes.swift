internal import BPFModel

/// Type information (BTF) in the kernel.
public final class KernelTypes: Sendable {
    /// The descriptor that maps and programs name the types with.
    public let descriptor: KernelDescriptor

    /// The types of a map's keys and values, by their numbers.
    public struct Entry: Sendable {
        let types: KernelTypes
        let key: UInt32
        let value: UInt32

        /// Names the types of a map's keys and values.
        public init(_ types: KernelTypes, key: UInt32, value: UInt32) {
            self.types = types
            self.key = key
            self.value = value
        }
    }

    /// Loads type information in BTF's binary form.
    ///
    /// - Throws: ``KernelError`` with the reason in its log.
    public init(_ bytes: [UInt8]) throws(KernelError) {
        var arguments = Arguments()
        arguments[word: 16] = UInt32(truncatingIfNeeded: bytes.count)
        let capacity = 1 << 16
        arguments[word: 20] = UInt32(capacity)
        arguments[word: 24] = 1
        var number: Int32?
        var errno = Errno.invalid
        let log = arguments.lendText(capacity: capacity, at: 8) { arguments in
            do throws(Errno) {
                number = try arguments.lend(reading: bytes, at: 0) { (arguments) throws(Errno) in
                    try arguments.call(.loadTypes)
                }
            } catch {
                errno = error
            }
        }
        guard let number else { throw KernelError("type load", errno, log: log) }
        descriptor = KernelDescriptor(number)
    }

    var number: UInt32 { UInt32(bitPattern: descriptor.number) }
}
