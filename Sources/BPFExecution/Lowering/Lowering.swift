import BPFMaps
import BPFModel
import BPFVerifier

/// Turns a verified program into operations: maps and helpers bound, context accesses rewritten, jumps resolved.
struct Lowering {
    let spec: ProgramSpec
    let facts: ProgramFacts
    let maps: [Int32: Map]

    /// The operations, the last of which never falls through, and the instruction each of them came from.
    func run() throws(LoadError) -> (operations: [Operation], instructions: [Int]) {
        var drafts: [Draft] = []
        drafts.reserveCapacity(spec.code.count + 1)
        for index in spec.code.indices where facts.reachable[index] {
            if let draft = try draft(of: spec.code[index], at: index) { drafts.append(draft) }
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
                let place = drafts.lastPlace(of: target)
                // A jump to an exit is the exit.
                if operation.code == .jump, drafts[place].operation.code == .exitWith { return drafts[place].operation }
                operation.offset = Int32(truncatingIfNeeded: (place - index - 1) * Operation.stride)
            }
            return operation
        }
    }
}

extension [Draft] {
    /// The index of the first draft of an instruction, or of the next one that has any.
    func firstPlace(of instruction: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].instruction < instruction { low = middle + 1 } else { high = middle }
        }
        return Swift.min(low, count - 1)
    }
}

extension [Draft] {
    /// Where a jump to an instruction ends up: the first place there that isn't itself a jump.
    func lastPlace(of instruction: Int) -> Int {
        var place = firstPlace(of: instruction)
        var steps = 0
        while self[place].operation.code == .jump, let target = self[place].target, steps < 16 {
            place = firstPlace(of: target)
            steps += 1
        }
        return place
    }
}

// MARK: One instruction

extension Lowering {
    /// The operation of an instruction, or nil where it does nothing.
    private func draft(of instruction: Instruction, at index: Int) throws(LoadError) -> Draft? {
        switch instruction {
        case .alu(let operation, let width, let destination, let operand):
            return plain(Opcode(operation, width, operand), destination, operand, at: index)
        case .negate(let width, let destination):
            return plain(width == .double ? .neg64 : .neg32, destination, nil, at: index)
        case .moveSignExtended(let from, let width, let destination, let source):
            return plain(Opcode(from, width), destination, .register(source), at: index)
        case .byteSwap(let swap, let width, let destination):
            return Opcode(swap, width).map { plain($0, destination, .register(destination), at: index) }
        case .load, .store, .atomic, .loadAcquire, .storeRelease:
            return Draft(operation: memoryOperation(instruction, at: index), instruction: index)
        case .loadWide(let destination, let immediate):
            let value = try value(of: immediate, at: index)
            return Draft(
                operation: Operation(
                    code: .mov64I, destination: destination.rawValue, immediate: Int64(bitPattern: value)),
                instruction: index)
        case .loadPacket(let size, let offset):
            return packetLoad(size, offset, at: index)
        case .jump, .longJump:
            let target = try target(of: instruction.jumpOffset ?? 0, at: index)
            return Draft(operation: Operation(code: .jump), instruction: index, target: target)
        case .branch(let condition, let width, let left, let right, let offset):
            var draft = plain(Opcode(condition, width, right), left, right, at: index)
            draft.target = try target(of: Int32(offset), at: index)
            return draft
        case .call(let callee):
            return try call(callee, at: index)
        case .exit:
            return Draft(operation: Operation(code: .exit), instruction: index)
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

    private func target(of offset: Int32, at index: Int) throws(LoadError) -> Int {
        guard let target = spec.code.target(of: offset, from: index) else { throw .invalidTarget(offset, at: index) }
        return target
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

    private func packetLoad(_ size: MemorySize, _ place: PacketOffset, at index: Int) -> Draft {
        var operation: Operation
        switch place {
        case .absolute(let offset):
            operation = Operation(code: offset < 0 ? .packetNegative : Opcode(packet: size, indirect: false))
            operation.upperHalf = offset
        case .indirect(let register, let offset):
            operation = Operation(code: Opcode(packet: size, indirect: true), source: register.rawValue)
            operation.upperHalf = offset
        }
        operation.auxiliary = size.rawValue
        return Draft(operation: operation, instruction: index)
    }

    private func call(_ callee: CallTarget, at index: Int) throws(LoadError) -> Draft {
        switch callee {
        case .local(let offset):
            let target = try target(of: offset, at: index)
            return Draft(operation: Operation(code: .callLocal), instruction: index, target: target)
        case .helper(HelperPrototype.mapLookupElement.id):
            return Draft(operation: Operation(code: .callLookup), instruction: index)
        case .helper(let id):
            guard case .function(let entry)? = HelperFunctions.row(of: id)?.action else {
                throw .unsupported(callee, at: index)
            }
            let operation = Operation(code: .call, auxiliary: UInt8(truncatingIfNeeded: id), immediate: entry.address)
            return Draft(operation: operation, instruction: index)
        case .platform:
            throw .unsupported(callee, at: index)
        }
    }
}
