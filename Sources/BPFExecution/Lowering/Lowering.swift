import BPFMaps
import BPFModel
import BPFVerifier

/// Turns a verified program into operations: maps and helpers bound, context accesses rewritten, jumps resolved.
struct Lowering {
    let spec: ProgramSpec
    let facts: ProgramFacts
    let maps: [Int32: Map]
    let helpers: HelperRegistry

    /// The operations, the last of which never falls through, and the instruction each of them came from.
    func run() throws(LoadError) -> (operations: [Operation], instructions: [Int]) {
        var drafts: [Draft] = []
        drafts.reserveCapacity(spec.code.count + 1)
        for index in spec.code.indices where facts.reachable[index] {
            drafts += entry(at: index)
            drafts += try self.drafts(of: spec.code[index], at: index)
        }
        // Verified programs never get here; it keeps any displacement inside the code.
        drafts.append(Draft(operation: Operation(code: .exitWith), instruction: spec.code.count))
        let fused = Fusion(drafts).run()
        return (Self.resolve(fused), fused.map(\.instruction))
    }

    /// Replaces target instructions by displacements in bytes.
    private static func resolve(_ drafts: [Draft]) -> [Operation] {
        drafts.enumerated().map { index, draft in
            var operation = draft.operation
            if let target = draft.target {
                let place =
                    draft.entersFunction ? drafts.firstPlace(of: target, entering: true) : drafts.lastPlace(of: target)
                // A jump to an exit is the exit.
                if operation.code == .jump, drafts[place].operation.code == .exitWith { return drafts[place].operation }
                operation.offset = Int32(truncatingIfNeeded: (place - index - 1) * Operation.stride)
            }
            return operation
        }
    }
}

// MARK: One instruction

extension Lowering {
    /// The operations of an instruction; none where it does nothing.
    private func drafts(of instruction: Instruction, at index: Int) throws(LoadError) -> [Draft] {
        switch instruction {
        case .alu(let operation, let width, let destination, let operand):
            [plain(Opcode(operation, width, operand), destination, operand, at: index)]
        case .negate(let width, let destination):
            [plain(width == .double ? .neg64 : .neg32, destination, nil, at: index)]
        case .moveSignExtended(let from, let width, let destination, let source):
            [plain(Opcode(from, width), destination, .register(source), at: index)]
        case .byteSwap(let swap, let width, let destination):
            Opcode(swap, width).map { [plain($0, destination, .register(destination), at: index)] } ?? []
        case .load, .store, .atomic, .loadAcquire, .storeRelease:
            [Draft(operation: memoryOperation(instruction, at: index), instruction: index)]
        case .loadWide(let destination, let immediate):
            [try wide(immediate, to: destination, at: index)]
        case .loadPacket(let size, let offset):
            [packetLoad(size, offset, at: index)]
        case .jump, .longJump:
            [try jump(instruction.jumpOffset ?? 0, at: index)]
        case .branch(let condition, let width, let left, let right, let offset):
            try branch(plain(Opcode(condition, width, right), left, right, at: index), Int32(offset), at: index)
        case .call(let callee):
            try call(callee, at: index)
        case .exit:
            [Draft(operation: Operation(code: .exit), instruction: index)]
        }
    }

    private func jump(_ offset: Int32, at index: Int) throws(LoadError) -> Draft {
        Draft(operation: Operation(code: .jump), instruction: index, target: try target(of: offset, at: index))
    }

    /// A conditional jump; no more of it than the proof left open.
    private func branch(_ draft: Draft, _ offset: Int32, at index: Int) throws(LoadError) -> [Draft] {
        switch facts.outcomes[index] {
        case .taken: return [try jump(offset, at: index)]
        case .notTaken: return []
        default:
            var draft = draft
            draft.target = try target(of: offset, at: index)
            return [draft]
        }
    }

    private func plain(_ code: Opcode, _ destination: Register, _ operand: Operand?, at index: Int) -> Draft {
        var operation = Operation(code: code, destination: destination.rawValue)
        switch operand {
        case .register(let source): operation.source = source.rawValue
        case .immediate(let value): operation.immediate = Int64(value)
        case nil: break
        }
        return Draft(operation: operation, instruction: index)
    }

    func target(of offset: Int32, at index: Int) throws(LoadError) -> Int {
        guard let target = spec.code.target(of: offset, from: index) else { throw .invalidTarget(offset, at: index) }
        return target
    }

    private func wide(
        _ immediate: WideImmediate, to destination: Register, at index: Int
    ) throws(LoadError) -> Draft {
        if case .function(let offset) = immediate {
            // Counted from the load's second slot.
            return Draft(
                operation: detour(.loadFunction, destination.rawValue), instruction: index,
                target: try target(of: offset &- 1, at: index), entersFunction: true)
        }
        let value = try value(of: immediate, at: index)
        return Draft(
            operation: Operation(
                code: .mov64I, destination: destination.rawValue, immediate: Int64(bitPattern: value)),
            instruction: index)
    }

    private func value(of immediate: WideImmediate, at index: Int) throws(LoadError) -> UInt64 {
        switch immediate {
        case .value(let value): return value
        case .map(let number):
            guard let map = maps[number] else { throw .missingMap(number) }
            return map.address
        case .mapValue(let number, let offset):
            guard let map = maps[number] else { throw .missingMap(number) }
            guard map.spec.type == .array else { throw .unsupported(immediate, at: index) }
            return map.values.base &+ UInt64(bitPattern: Int64(offset))
        case .variable, .function, .mapIndex, .mapIndexValue:
            throw .unsupported(immediate, at: index)
        }
    }

    /// Whether the packet may be at another place when the program comes to a packet load.
    private var mayMove: Bool { spec.type != .socketFilter }

    private func packetLoad(_ size: MemorySize, _ place: PacketOffset, at index: Int) -> Draft {
        var operation: Operation
        switch place {
        case .absolute(let offset):
            operation = Operation(
                code: offset < 0 || mayMove ? .packetAnywhere : Opcode(packet: size, indirect: false))
            operation.upperHalf = offset
        case .indirect(let register, let offset):
            operation = Operation(
                code: mayMove ? .packetIndirectAnywhere : Opcode(packet: size, indirect: true),
                source: register.rawValue)
            operation.upperHalf = offset
        }
        operation.auxiliary = size.rawValue
        return Draft(operation: operation, instruction: index)
    }
}
