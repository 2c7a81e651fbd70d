public import BPFModel

extension Assertion {
    /// An assertion taken apart, for programs to read.
    public struct Parts: Hashable, Sendable {
        /// What is claimed, such as `access`.
        public let name: String
        /// The registers it is claimed of, the most important one first.
        public let registers: [Register]
        /// What else the claim says.
        public let details: [Detail]

        /// A named part of a claim.
        public struct Detail: Hashable, Sendable {
            /// The name, such as `size`.
            public let name: String
            /// What it is.
            public let value: Value
        }

        /// A number or a word.
        public enum Value: Hashable, Sendable {
            case number(Int64)
            case word(String)
            case flag(Bool)
        }

        fileprivate init(_ name: String, _ registers: [Register] = [], _ details: KeyValuePairs<String, Value> = [:]) {
            self.name = name
            self.registers = registers
            self.details = details.map { Detail(name: $0.key, value: $0.value) }
        }
    }

    /// The assertion taken apart.
    public var parts: Parts {
        switch self {
        case .initialized(let register): Parts("initialized", [register])
        case .writable(let register): Parts("writable", [register])
        case .shiftCount(let count, let width):
            Parts("shift_count", [], ["count": .number(Int64(count)), "width": .number(Int64(width.rawValue))])
        case .divisor(let number): Parts("divisor", [], ["divisor": .number(Int64(number))])
        case .arithmetic(let operation, let width, let register, let operand):
            Parts(
                "arithmetic", [register] + operand.registers,
                ["operation": .word("\(operation)"), "width": .number(Int64(width.rawValue))])
        case .comparable(_, let width, let register, let operand):
            Parts("comparable", [register] + operand.registers, ["width": .number(Int64(width.rawValue))])
        case .access(let access): access.parts
        case .keepsAddress(let register, let result): Parts("keeps_address", [register, result])
        case .packetLoad: Parts("packet_load", [.r6])
        case .names: Parts("names")
        case .callDepth: Parts("call_depth")
        case .callable: Parts("callable")
        case .helper(let id): Parts("helper", [], ["helper": .number(Int64(id))])
        case .argument(let register, let argument):
            Parts("argument", argument.dependsOnMap && register != .r1 ? [register, .r1] : [register])
        case .bytes(let memory, let count, let filled, let mayBeNone, let mayBeNull):
            Parts(
                "bytes", [memory, count],
                ["filled": .flag(filled), "may_be_none": .flag(mayBeNone), "may_be_null": .flag(mayBeNull)])
        case .mapType(let register, let helper):
            Parts("map_type", [register], ["helper": .number(Int64(helper))])
        case .lock(let register, let isTaken): Parts("lock", [register], ["taken": .flag(isTaken)])
        case .holdsNoLock: Parts("holds_no_lock")
        case .holdsNothing: Parts("holds_nothing")
        case .leaksNoPointer(let register): Parts("leaks_no_pointer", [register])
        case .leavesNoFrame(let register): Parts("leaves_no_frame", [register])
        }
    }
}

extension MemoryAccess {
    fileprivate var parts: Assertion.Parts {
        let word =
            switch kind {
            case .load(let signExtended): signExtended ? "signed_load" : "load"
            case .store: "store"
            case .atomic: "atomic"
            case .orderedLoad: "load_acquire"
            case .orderedStore: "store_release"
            }
        return Assertion.Parts(
            "access", [base],
            ["access": .word(word), "offset": .number(Int64(offset)), "size": .number(Int64(size.bytes))])
    }
}

extension Operand {
    fileprivate var registers: [Register] {
        switch self {
        case .register(let register): [register]
        case .immediate: []
        }
    }
}

extension HelperPrototype.Argument {
    /// Whether the map in the first argument says what this one must be.
    fileprivate var dependsOnMap: Bool {
        switch self {
        case .mapKey, .mapValue, .writableMapValue: true
        case .anything, .context, .map, .readableMemory, .readableMemoryOrNull, .writableMemory, .writableDouble,
            .constantString, .size, .sizeOrZero, .recordSize, .record, .spinLock, .callback, .callbackContext:
            false
        }
    }
}
