import BPFModel

/// A helper as programs call it: with `r1` to `r5` and the machine's state; the result goes to `r0`.
///
/// The first five arguments are where the C calling convention has them, so that native code calls it unchanged.
typealias HelperFunction =
    @convention(c) @Sendable (UInt64, UInt64, UInt64, UInt64, UInt64, UnsafeMutableRawPointer) -> UInt64

/// The function of a helper.
@safe struct HelperEntry: Sendable {
    let function: HelperFunction

    /// The function's address, as operations hold it.
    var address: Int64 { unsafe Int64(unsafeBitCast(function, to: Int.self)) }
}

/// How the engines carry out a helper: one row for every row of ``HelperPrototype``.
@safe struct HelperImplementation: Sendable {
    /// What a call of it does.
    enum Action: Sendable {
        /// Calls a function and goes on behind the call.
        case function(HelperEntry)
        /// Decides where the program goes on, which every engine does in its own way.
        case control(Control)
    }

    /// Where a helper sends the program.
    enum Control: Sendable {
        /// Into another program, for good.
        case tailCall
        /// Into a function of the program, again and again.
        case loop
        /// Into a function of the program, for every entry of a map.
        case forEachElement
    }

    let id: Int32
    let action: Action

    init(_ helper: HelperPrototype, _ function: HelperFunction) {
        id = helper.id
        action = unsafe .function(HelperEntry(function: function))
    }

    init(_ helper: HelperPrototype, _ control: Control) {
        id = helper.id
        action = .control(control)
    }
}

/// The implementations of the helpers, in the groups of ``HelperPrototype/all``.
///
/// Both engines call these. They trust their arguments: the verifier, or the reference engine, has checked them.
enum HelperFunctions {
    /// The implementation of a helper, or nil where there is none.
    static func row(of id: Int32) -> HelperImplementation? { byID[id] }

    /// The function of a helper, or nil where it has none.
    static func entry(of helper: HelperPrototype) -> HelperEntry? {
        guard case .function(let entry)? = row(of: helper.id)?.action else { return nil }
        return entry
    }

    private static let byID = Dictionary(
        uniqueKeysWithValues: (maps + values + packets + records + control).map { ($0.id, $0) })

    @inline(__always)
    static func machine(_ state: UnsafeMutableRawPointer) -> UnsafeMutablePointer<MachineState> {
        unsafe state.assumingMemoryBound(to: MachineState.self)
    }

    @inline(__always)
    static func pointer(_ address: UInt64) -> UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(bitPattern: UInt(address)).unsafelyUnwrapped
    }
}
