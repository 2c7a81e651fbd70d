internal import ArgumentParser
internal import Weir

/// An IPv4 mask on the command line: `255.255.255.0`, or `/24`.
struct NetmaskArgument: ExpressibleByArgument {
    /// The mask as a number.
    let mask: UInt32

    init?(argument: String) {
        if let length = argument.hasPrefix("/") ? UInt8(argument.dropFirst()) : nil {
            guard length <= 32 else { return nil }
            mask = length == 0 ? 0 : .max << (32 - UInt32(length))
        } else {
            let parts = argument.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
            guard parts.count == 4 else { return nil }
            mask = parts.reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}
