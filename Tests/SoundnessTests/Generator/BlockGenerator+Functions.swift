import BPFModel
import BPFVerifier
import TestKit

// MARK: Functions

extension BlockGenerator {
    /// A function of the program, and who calls it.
    enum Function: Hashable {
        /// The program itself: `r1` is something, `r2` a number.
        case plain(Role)
        /// `bpf_loop`: `r1` is the number of the turn, `r2` the callback's context.
        case loop(Role)
        /// `bpf_for_each_map_elem`: `r1` is the map, `r2` the key, `r3` the value, `r4` the callback's context.
        case element(Int32, Role)

        var isCallback: Bool {
            switch self {
            case .plain: false
            case .loop, .element: true
            }
        }
    }

    /// Up to two functions of one's own, and rarely a callback.
    mutating func chooseFunctions(callbacks: Bool) -> [Function] {
        let roles: [Role] = entry == .context ? [.number, .number, .stack, .context] : [.number, .stack, .memory]
        var functions: [Function] = random.oneIn(4) ? (0..<int(1...2)).map { _ in .plain(random.pick(roles)) } : []
        if callbacks, random.oneIn(6) {
            let context = random.pick([Role.number, .stack])
            functions.append(random.oneIn(2) ? .loop(context) : .element(random.pick([1, 2]), context))
        }
        return functions
    }

    /// A function keeps what it was given.
    mutating func functionPrologue(_ function: Function) {
        roles = Array(repeating: .nothing, count: 11)
        slots = [:]
        switch function {
        case .plain(let parameter):
            emit(.move(.r6, .register(.r1)), .move(.r7, .register(.r2)))
            give(.r1, parameter)
            give(.r2, .number)
            give(.r6, parameter)
        case .loop(let context):
            emit(.move(.r6, .register(.r2)), .move(.r7, .register(.r1)))
            give(.r1, .number)
            give(.r6, context)
        case .element(let map, let context):
            emit(.move(.r6, .register(.r4)), .move(.r9, .register(.r3)), .load(.word, .r7, .r2, 0))
            give(.r6, context)
            give(.r9, .value(map))
        }
        give(.r7, .number)
    }

    mutating func callFunction() {
        if !callable.isEmpty { callFunction(random.pick(Array(callable))) }
    }

    mutating func callFunction(_ number: Int) {
        called.insert(number)
        switch functions[number] {
        case .plain(let parameter): callPlain(number, parameter)
        case .loop(let context):
            let turns = self.number()
            emit(.move(.r1, .register(turns)))
            if !random.oneIn(4) { emit(.alu(.and, .r1, .immediate(random.pick([0, 1, 3, 7])))) }
            passContext(.r3, context)
            emit(.loadWide(.r2, .function(Int32(number))), .move(.r4, 0), .call(helper: 181))
            clobber()
        case .element(let map, let context):
            passContext(.r3, context)
            emit(
                .loadWide(.r1, .map(map)), .loadWide(.r2, .function(Int32(number))), .move(.r4, 0),
                .call(helper: 164))
            clobber()
        }
    }

    private mutating func callPlain(_ number: Int, _ parameter: Role) {
        let (first, second) = (self.number(), self.number())
        emit(.move(.r3, .register(first)), .move(.r2, .register(second)))
        switch parameter {
        case .stack: passContext(.r1, .stack)
        case let role where role == self.role(.r6) && role != .number: emit(.move(.r1, .register(.r6)))
        default: emit(.move(.r1, .register(.r3)))
        }
        emit(.call(.local(Int32(number))))
        clobber()
    }

    /// The address of 32 bytes of the stack, or 0.
    private mutating func passContext(_ register: Register, _ context: Role) {
        guard context == .stack else { return emit(.move(register, 0)) }
        for slot in 1...4 where slots[Int16(-8 * slot)] == nil && !random.oneIn(8) {
            emit(.store(.double, .r10, Int16(-8 * slot), .immediate(edge())))
        }
        emit(.move(register, .register(.r10)), .alu(.add, register, -32))
        slots = [:]
    }

    /// Functions that nobody calls are refused.
    mutating func callNext() {
        guard let next = callable.first, !called.contains(next) else { return }
        callFunction(next)
    }

    /// Callbacks say 0 to go on, 1 to stop.
    mutating func end(of function: Function?) {
        guard let function, function.isCallback, !random.oneIn(12) else {
            return emit(
                .move(.r0, roles[0] == .number && random.oneIn(2) ? .register(.r0) : .immediate(edge())), .exit)
        }
        if roles[0] == .number, random.oneIn(2) {
            emit(.alu(.and, .r0, 1), .exit)
        } else {
            emit(.move(.r0, .immediate(Int32(int(0...1)))), .exit)
        }
    }

    /// Puts functions behind each other; calls name them by number until here.
    static func link(_ functions: [[Instruction]]) -> [Instruction] {
        var starts: [Int] = []
        var slot = 0
        for function in functions {
            starts.append(slot)
            slot += function.slotCount
        }
        var result: [Instruction] = []
        slot = 0
        for instruction in functions.joined() {
            slot += instruction.slotCount
            switch instruction {
            case .call(.local(let number)): result.append(.call(.local(Int32(starts[Int(number) + 1] - slot))))
            case .loadWide(let register, .function(let number)):
                // Counted from the load's second slot.
                result.append(.loadWide(register, .function(Int32(starts[Int(number) + 1] - (slot - 1)))))
            case .alu, .negate, .moveSignExtended, .byteSwap, .load, .store, .atomic, .loadAcquire, .storeRelease,
                .loadWide, .loadPacket, .jump, .longJump, .branch, .call, .exit:
                result.append(instruction)
            }
        }
        return result
    }
}
