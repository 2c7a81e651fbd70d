import BPFModel
import BPFVerifier
import TestKit

/// Random programs that mostly keep the rules: numbers are bounded before they move pointers, but sometimes by one
/// too many, in the wrong width or in the wrong direction, so that both verdicts are common.
///
/// A program is a prologue, blocks of statements in each other, and up to two functions. The generator follows what
/// each register holds, roughly: where it is wrong, the verifier refuses the program.
struct BlockGenerator {
    /// What a register holds.
    enum Role: Hashable {
        case nothing, number, context, memory
        /// An address of 32 bytes of a caller's stack.
        case stack
        /// An address in a value of a map.
        case value(Int32)
        /// A packet address of which some bytes are known to be there.
        case packet
        /// A number that statements leave alone.
        case reserved
    }

    static let memorySize = 43
    static let maps: [Int32: MapSpec] = {
        let array = MapSpec(type: .array, keySize: 4, valueSize: 20, maxEntries: 3)
        var locked = MapSpec(type: .hash, keySize: 4, valueSize: 24, maxEntries: 4)
        locked.spinLock = 0
        return [
            1: MapSpec(type: .hash, keySize: 4, valueSize: 24, maxEntries: 4),
            2: array,
            // Values have addresses of their own only where there is one.
            3: MapSpec(type: .array, keySize: 4, valueSize: 30, maxEntries: 1),
            4: MapSpec(type: .ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096),
            5: MapSpec(type: .progArray, keySize: 4, valueSize: 4, maxEntries: 3),
            6: locked,
            7: MapSpec(type: .arrayOfMaps, keySize: 4, valueSize: 4, maxEntries: 2, inner: array),
            9: MapSpec(type: .percpuArray, keySize: 4, valueSize: 20, maxEntries: 3),
            10: MapSpec(type: .queue, keySize: 0, valueSize: 8, maxEntries: 4),
            11: MapSpec(type: .bloomFilter, keySize: 0, valueSize: 8, maxEntries: 8),
        ]
    }()
    /// The offset of a jump to the end of its group, until the group is put together.
    static let groupEnd = Int16.max
    static let edges: [Int32] = [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 4096, 0x7fff, 0xffff, -1, -2, -7, -8, -128,
        .max, .min, .max - 1, .min + 1, 0x5555_5555, 0x00ff_ff00,
    ]

    var random: SeededRandom
    let type: ProgramType
    let entry: ProgramEntry
    var code: [Instruction] = []
    var roles = [Role](repeating: .nothing, count: 11)
    /// The slots of the stack that were written as a whole, and what they hold.
    var slots: [Int16: Role] = [:]
    /// The functions that may be called from here.
    var callable = 0..<0
    var functions: [Function] = []
    var called: Set<Int> = []
    var budget = 0

    /// The types that see packets.
    static let onPackets = ProgramType.allCases.filter(\.seesPackets)
    /// The types that Linux loads as well.
    static let loadable = ProgramType.allCases.filter { $0 != .seccomp }

    /// A program for the engines, with what it is attached to.
    static func program(_ random: inout SeededRandom) -> (spec: ProgramSpec, entry: ProgramEntry) {
        let entry = random.oneIn(5) ? ProgramEntry.memory(size: memorySize) : .context
        return (program(&random, random.pick(ProgramType.allCases), entry), entry)
    }

    /// A program of a type.
    ///
    /// - Parameter callbacks: whether helpers may call functions of it.
    static func program(
        _ random: inout SeededRandom, _ type: ProgramType, _ entry: ProgramEntry, callbacks: Bool = true
    ) -> ProgramSpec {
        var generator = BlockGenerator(random: SeededRandom(seed: random.next()), type: type, entry: entry)
        generator.functions = generator.chooseFunctions(callbacks: callbacks)
        let code = generator.program()
        return ProgramSpec(type: type, code: InstructionSequence(code), maps: maps)
    }

    private init(random: SeededRandom, type: ProgramType, entry: ProgramEntry) {
        self.random = random
        self.type = type
        self.entry = entry
    }

    private mutating func program() -> [Instruction] {
        callable = functions.indices
        prologue()
        budget = int(3...12)
        statements(depth: 0)
        callNext()
        end(of: nil)
        var bodies = [code]
        for (number, function) in functions.enumerated() {
            code = []
            callable = (number + 1)..<functions.count
            functionPrologue(function)
            budget = int(1...4)
            statements(depth: 1)
            callNext()
            end(of: function)
            bodies.append(code)
        }
        return Self.link(bodies)
    }
}

// MARK: Building blocks

extension BlockGenerator {
    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func edge() -> Int32 { random.oneIn(3) ? Int32(int(-40...40)) : random.pick(Self.edges) }
    mutating func small() -> Int32 { Int32(int(0...24)) }
    mutating func size() -> MemorySize { random.pick(MemorySize.allCases) }
    mutating func width() -> Width { random.oneIn(3) ? .word : .double }

    mutating func emit(_ instructions: Instruction...) { code += instructions }

    func role(_ register: Register) -> Role { roles[Int(register.rawValue)] }

    mutating func give(_ register: Register, _ role: Role) {
        if register != .r10 { roles[Int(register.rawValue)] = role }
    }

    /// A register that holds a number; where there is none, one is made.
    mutating func number() -> Register {
        let numbers = Register.allCases.filter { role($0) == .number }
        if !numbers.isEmpty { return random.pick(numbers) }
        emit(.move(.r0, .immediate(edge())))
        give(.r0, .number)
        return .r0
    }

    /// A register that may be overwritten.
    mutating func free(except: Register...) -> Register {
        let free = Register.allCases.filter {
            [.number, .nothing].contains(role($0)) && !except.contains($0) && $0 != .r10
        }
        return free.isEmpty ? .r0 : random.pick(free)
    }

    mutating func operand() -> Operand { random.oneIn(2) ? .register(number()) : .immediate(edge()) }

    /// Instructions of which jumps to ``groupEnd`` lead to the end.
    mutating func group(_ body: (inout Self) -> Void) {
        var inner = block(body)
        for index in inner.indices {
            if case .branch(let condition, let width, let left, let right, Self.groupEnd) = inner[index] {
                let rest = inner[(index + 1)...].reduce(0) { $0 + $1.slotCount }
                inner[index] = .branch(condition, width, left, right, offset: Int16(rest))
            }
        }
        code += inner
    }

    /// The instructions that `body` emits.
    mutating func block(_ body: (inout Self) -> Void) -> [Instruction] {
        let outer = code
        code = []
        body(&self)
        let inner = code
        code = outer
        return inner
    }

    /// What holds after one of two ways.
    mutating func merge(_ other: Self) {
        for index in roles.indices where roles[index] != other.roles[index] { roles[index] = .nothing }
        slots = slots.filter { other.slots[$0.key] == $0.value }
    }

    /// What a call leaves.
    mutating func clobber(result: Role = .number) {
        for register in Register.arguments { give(register, .nothing) }
        give(.r0, result)
    }
}

extension [Instruction] {
    var slotCount: Int { reduce(0) { $0 + $1.slotCount } }
}
