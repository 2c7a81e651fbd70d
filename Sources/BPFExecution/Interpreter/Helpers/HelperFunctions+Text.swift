import BPFModel

// The helpers that read text.
extension HelperFunctions {
    static let text: [HelperImplementation] = unsafe [
        HelperImplementation(.parseSigned) { text, size, flags, to, _, _ in
            parse(text, size, flags, to) { (number) throws(Errno) in try number.signed }
        },
        HelperImplementation(.parseUnsigned) { text, size, flags, to, _, _ in
            parse(text, size, flags, to) { (number) throws(Errno) in try number.unsigned }
        },
        HelperImplementation(.compareStrings) { text, size, constant, _, _, _ in
            UInt64(bitPattern: Int64(compare(text, size.word, constant)))
        },
    ]

    /// Reads a number and stores it; how many characters it took, or an errno, negated.
    private static func parse(
        _ text: UInt64, _ size: UInt64, _ flags: UInt64, _ to: UInt64,
        _ value: (NumberText) throws(Errno) -> UInt64
    ) -> UInt64 {
        // What a program reads after a failure is 0.
        unsafe pointer(to).storeBytes(of: 0, as: UInt64.self)
        let bytes = unsafe Span<UInt8>(
            _unsafeStart: UnsafePointer(pointer(text).assumingMemoryBound(to: UInt8.self)), count: Int(size.word))
        do throws(Errno) {
            let number = try NumberText(bytes, flags)
            unsafe pointer(to).storeBytes(of: try value(number), as: UInt64.self)
            return UInt64(number.length)
        } catch {
            return error.helperResult
        }
    }

    /// Compares up to `size` bytes, and no further than a string's end: -1, 0 or 1.
    private static func compare(_ text: UInt64, _ size: UInt32, _ constant: UInt64) -> Int {
        for offset in 0..<UInt64(size) {
            let left = unsafe pointer(text &+ offset).load(as: UInt8.self)
            let right = unsafe pointer(constant &+ offset).load(as: UInt8.self)
            if left != right { return left < right ? -1 : 1 }
            if left == 0 { return 0 }
        }
        return 0
    }
}
