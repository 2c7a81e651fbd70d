public import BPFModel

/// What a program did that no verified program can do: returned by the reference engine instead of a result.
public struct Fault: Error, Hashable, Sendable {
    /// The instruction, counted from 0.
    public let instruction: Int
    /// What it did.
    public let reason: Reason

    /// What a program can do wrong.
    public enum Reason: Error, Hashable, Sendable {
        /// A register was read before anything was written to it.
        case uninitialisedRegister(Register)
        /// Stack bytes were read before anything was written to them; the offset is from the frame pointer.
        case uninitialisedStack(offset: Int, size: Int)
        /// The frame pointer was written.
        case readOnlyRegister
        /// An access reaches outside every memory the program has.
        case outOfBounds(Access, near: Area?)
        /// Memory that programs may only read was written.
        case readOnlyMemory(Access, Area)
        /// The context has no field there, or none that may be accessed so.
        case contextAccess(write: Bool, offset: Int, size: Int, structure: String)
        /// An atomic access at an address that isn't a multiple of its size.
        case misaligned(Access)
        /// A jump or call leads to no instruction.
        case invalidTarget(offset: Int32)
        /// Control went past the last instruction.
        case fellOffEnd
        /// The program ran for more instructions than it may.
        case budgetExhausted(limit: Int)
        /// Calls nest deeper than they may.
        case callTooDeep(limit: Int)
        /// A call of something that doesn't exist.
        case unknownCall(CallTarget)
        /// A helper that programs of this type may not call.
        case helperNotAllowed(name: String, ProgramType)
        /// A helper was called with an argument that isn't what it must be; arguments are counted from 1.
        case invalidArgument(name: String, number: Int, HelperPrototype.Argument)
        /// A helper was called with a map of a kind it doesn't take.
        case wrongMap(name: String, MapType)
        /// A 64-bit immediate names something that doesn't exist.
        case unknownImmediate(WideImmediate)
        /// A packet load without the context in `r6`.
        case packetLoadWithoutContext
        /// The program ended with a record that it reserved and neither submitted nor discarded.
        case unreleasedRecord
        /// A lock was taken while one is held.
        case lockHeld
        /// A lock was given back that isn't the one that is held.
        case lockNotHeld
        /// The program ended with a lock that it holds.
        case unreleasedLock
    }

    /// An access of memory.
    public struct Access: Hashable, Sendable {
        /// Whether memory would have been written.
        public let write: Bool
        /// The first address.
        public let address: UInt64
        /// How many bytes.
        public let size: Int
    }

    /// A memory programs have.
    public struct Area: Hashable, Sendable {
        /// Which memory it is.
        public enum Kind: Hashable, Sendable {
            case context, packet, stack, memory
            /// A record reserved in a ring buffer.
            case record
            /// The key of the entry that a function is called for.
            case key
            /// A value of the map with this number.
            case map(Int32)
        }

        /// Which memory it is.
        public let kind: Kind
        /// The first address.
        public let base: UInt64
        /// How many bytes.
        public let size: Int
    }
}

extension Fault: CustomStringConvertible {
    /// One line: the instruction and what it did.
    public var description: String { "instruction \(instruction): \(reason)" }
}

extension Fault.Reason: CustomStringConvertible {
    /// What the program did, in words.
    public var description: String {
        switch self {
        case .uninitialisedRegister(let register):
            "\(register) is read before it is written"
        case .uninitialisedStack(let offset, let size):
            "\(size) bytes at stack\(Self.signed(offset)) are read before they are written"
        case .readOnlyRegister:
            "r10 is written, but the frame pointer is read-only"
        case .outOfBounds(let access, let area?):
            "\(access.place(in: area)) exceeds its \(area.size) bytes"
        case .outOfBounds(let access, nil):
            "\(access) is outside every memory the program has"
        case .readOnlyMemory(let access, let area):
            "\(access.place(in: area)), which is read-only"
        case .contextAccess(let write, let offset, let size, let structure):
            "\(write ? "write" : "read") of \(size) bytes at offset \(offset) of \(structure), where no such field is"
        case .misaligned(let access):
            "atomic access of \(access.size) bytes at \(Fault.hex(access.address)), which is not a multiple of \(access.size)"
        case .invalidTarget(let offset):
            "offset \(offset) leads to no instruction"
        case .fellOffEnd:
            "control goes past the last instruction"
        case .budgetExhausted(let limit):
            "the program ran for more than \(limit) instructions"
        case .callTooDeep(let limit):
            "calls nest deeper than \(limit) frames"
        case .unknownCall(let target):
            "\(target) does not exist"
        case .helperNotAllowed(let name, let type):
            "\(name) may not be called by programs of type \(type.name)"
        case .invalidArgument(let name, let number, let argument):
            "argument \(number) of \(name) must be \(argument.text)"
        case .wrongMap(let name, let type):
            "\(name) does not take maps of type \(type.name)"
        case .unknownImmediate(let immediate):
            "64-bit immediate \(immediate) names nothing"
        case .packetLoadWithoutContext:
            "packet load needs the context in r6"
        case .unreleasedRecord:
            "the program ends with a record that it neither submitted nor discarded"
        case .lockHeld:
            "a lock is taken while another one is held"
        case .lockNotHeld:
            "a lock is given back that is not held"
        case .unreleasedLock:
            "the program ends with a lock that it holds"
        }
    }

    private static func signed(_ offset: Int) -> String { offset < 0 ? "\(offset)" : "+\(offset)" }
}

extension Fault.Access: CustomStringConvertible {
    private var verb: String { write ? "write" : "read" }

    /// What the access is, with its plain address.
    public var description: String { "\(verb) of \(size) bytes at \(Fault.hex(address))" }

    func place(in area: Fault.Area) -> String {
        let offset = Int64(bitPattern: address &- area.base)
        return "\(verb) of \(size) bytes at \(area.kind)\(offset < 0 ? "" : "+")\(offset)"
    }
}

extension Fault.Area.Kind: CustomStringConvertible {
    /// The memory's name.
    public var description: String {
        switch self {
        case .context: "context"
        case .packet: "packet"
        case .stack: "stack"
        case .memory: "memory"
        case .record: "record"
        case .key: "key"
        case .map(let number): "map \(number) value"
        }
    }
}

extension Fault {
    static func hex(_ address: UInt64) -> String { "0x" + String(address, radix: 16) }
}

extension HelperPrototype.Argument {
    /// What the argument must be, in words.
    fileprivate var text: String {
        switch self {
        case .anything: "an initialised value"
        case .context: "the context"
        case .map: "a map of the program"
        case .mapKey: "readable memory as long as the map's keys"
        case .mapValue: "readable memory as long as the map's values"
        case .readableMemory: "readable memory as long as the next argument says"
        case .writableMemory: "writable memory as long as the next argument says"
        case .writableMapValue: "writable memory as long as the map's values"
        case .readableMemoryOrNull: "readable memory as long as the next argument says, or 0"
        case .writableDouble: "eight aligned bytes of writable memory"
        case .constantString: "a string that never changes"
        case .recordSize: "the size of a record"
        case .record: "a reserved record"
        case .spinLock: "a spin lock"
        case .callback: "a function of the program"
        case .callbackContext: "an address of the stack, or 0"
        case .size: "a size of at least 1"
        case .sizeOrZero: "a size"
        }
    }
}
