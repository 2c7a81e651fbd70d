public import BPFModel

/// A program in the kernel; it goes with its last reference.
public final class KernelProgram: Sendable {
    /// The descriptor of the program.
    public let descriptor: KernelDescriptor
    /// The verifier's log; empty at level 0.
    public let log: VerifierLog
    /// How long the call took that loaded the program, in nanoseconds: the proof and translation to native code.
    public let loadNanoseconds: UInt64

    private init(_ number: Int32, _ log: VerifierLog, _ nanoseconds: UInt64) {
        descriptor = KernelDescriptor(number)
        self.log = log
        loadNanoseconds = nanoseconds
    }

    /// How much the verifier tells, by Linux's number: 0 nothing, 1 and 2 the path, 4 statistics and the reason.
    public struct LogLevel: RawRepresentable, Hashable, Sendable {
        /// The level's bits.
        public var rawValue: UInt32

        /// Wraps a level.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// No log.
        public static let none = LogLevel(rawValue: 0)
        /// Every instruction of the path that leads to the refusal.
        public static let path = LogLevel(rawValue: 1)
        /// Every instruction with the state of the registers.
        public static let states = LogLevel(rawValue: 2)
        /// The reason of a refusal, and statistics.
        public static let statistics = LogLevel(rawValue: 4)

        /// Room for the log, in bytes.
        var capacity: Int {
            rawValue == 0 ? 0 : rawValue & 3 == 0 ? 1 << 16 : 1 << 26
        }
    }

    /// Loads a program.
    ///
    /// - Parameters:
    ///   - type: the kind of program, by Linux's number.
    ///   - expectedAttachType: what it will be attached to, for kinds where that matters.
    ///   - instructions: the slots, with descriptors of maps where the program loads their addresses.
    ///   - license: the licence; some helpers may only be called by GPL-compatible programs.
    ///   - name: at most 15 letters, digits, dots and underscores.
    ///   - flags: `BPF_F_*` of program load, such as `BPF_F_STRICT_ALIGNMENT` 1.
    ///   - functions: the types of the program's functions; needed where one is a callback.
    ///   - logLevel: how much the verifier tells.
    /// - Throws: ``KernelError`` with the verifier's log.
    public static func load(
        type: UInt32, expectedAttachType: UInt32 = 0, instructions: [RawInstruction], license: String = "GPL",
        name: String = "", flags: UInt32 = 0, functions: KernelFunctions? = nil, logLevel: LogLevel = .statistics
    ) throws(KernelError) -> KernelProgram {
        let code = instructions.flatMap(\.bytes)
        var arguments = Arguments()
        arguments[word: 0] = type
        arguments[word: 4] = UInt32(truncatingIfNeeded: instructions.count)
        arguments[word: 24] = logLevel.rawValue
        arguments[word: 28] = UInt32(logLevel.capacity)
        arguments[word: 44] = flags
        arguments.setName(name, at: 48)
        arguments[word: 68] = expectedAttachType
        if let functions {
            arguments[word: 72] = functions.types.number
            arguments[word: 76] = 8
            arguments[word: 88] = UInt32(functions.records.count / 8)
        }
        var result = Result<Int32, Errno>.failure(.invalid)
        var start: UInt64 = 0
        var end: UInt64 = 0
        let log = arguments.lendText(capacity: logLevel.capacity, at: 32) { arguments in
            result = Result { () throws(Errno) in
                try arguments.lend(reading: code, at: 8) { (arguments) throws(Errno) in
                    try arguments.lend(reading: Array(license.utf8) + [0], at: 16) { (arguments) throws(Errno) in
                        try arguments.lend(reading: functions?.records ?? [], at: 80) { (arguments) throws(Errno) in
                            start = Machine.nanoseconds
                            defer { end = Machine.nanoseconds }
                            return try loading(&arguments)
                        }
                    }
                }
            }
        }
        switch result {
        case .success(let number): return KernelProgram(number, VerifierLog(text: log), end - start)
        case .failure(let errno): throw KernelError("program load", errno, log: log)
        }
    }

    /// Tries again where a signal interrupted the proof.
    private static func loading(_ arguments: inout Arguments) throws(Errno) -> Int32 {
        var attempts = 5
        while true {
            do {
                return try arguments.call(.loadProgram)
            } catch {
                attempts -= 1
                // EAGAIN
                guard error.rawValue == 11, attempts > 0 else { throw error }
            }
        }
    }
}

/// The types of a program's functions, and where each of them starts.
public struct KernelFunctions: Sendable {
    let types: KernelTypes
    /// Linux's `struct bpf_func_info`, one behind the other.
    let records: [UInt8]

    /// Names the type of the function that starts at each slot, in the order of the slots.
    public init(_ types: KernelTypes, _ functions: [(slot: Int, type: UInt32)]) {
        self.types = types
        records = functions.flatMap { UInt32(truncatingIfNeeded: $0.slot).bytes + $0.type.bytes }
    }
}
