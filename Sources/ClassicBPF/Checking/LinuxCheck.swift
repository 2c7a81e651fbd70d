extension ClassicProgram {
    /// Linux's `bpf_check_classic`: every instruction alone, then the end, then the memory cells;
    /// and last whether Linux could translate it.
    func checkAsLinux() throws(ClassicRejection) {
        guard let last = instructions.last else { throw .empty }
        guard instructions.count <= Self.maximumLength else { throw .tooLong(instructions.count) }
        var operations: [ClassicOperation] = []
        operations.reserveCapacity(instructions.count)
        for (index, instruction) in instructions.enumerated() {
            guard let operation = instruction.operation else { throw .unknownCode(at: index, instruction.code) }
            try checkAsLinux(operation, at: index)
            operations.append(operation)
        }
        switch last.operation {
        case .returnConstant, .returnAccumulator: break
        default: throw .noReturnAtEnd(at: instructions.count - 1)
        }
        try Self.checkCells(operations)
        try LinuxExpansion.check(operations)
    }

    private func checkAsLinux(_ operation: ClassicOperation, at index: Int) throws(ClassicRejection) {
        switch operation {
        case .arithmetic(let arithmetic, .constant(let value)):
            if (arithmetic == .div || arithmetic == .mod) && value == 0 {
                throw .divisionByZero(at: index, arithmetic)
            }
            if (arithmetic == .lsh || arithmetic == .rsh) && value > 31 { throw .shiftTooFar(at: index, value) }
        case .loadMemory(_, let cell), .store(_, let cell):
            guard cell < Self.memoryCells else { throw .cellOutOfRange(at: index, cell) }
        case .jump(let distance): try checkJump(by: Int(distance), from: index)
        case .branch(_, _, let ifTrue, let ifFalse):
            try checkJump(by: Int(ifTrue), from: index)
            try checkJump(by: Int(ifFalse), from: index)
        case .loadAbsolute(_, let offset):
            if offset >= AncillaryField.base && AncillaryField(offset: offset) == nil {
                throw .unknownAncillaryField(at: index, offset)
            }
        case .arithmetic(_, .x), .negate, .loadIndexed, .loadHeaderLength, .loadLength, .loadConstant, .returnConstant,
            .returnAccumulator, .copyToX, .copyToA:
            break
        }
    }

    private func checkJump(by distance: Int, from index: Int) throws(ClassicRejection) {
        guard index + 1 + distance < instructions.count else {
            throw .jumpOutOfRange(at: index, by: distance, count: instructions.count)
        }
    }

    /// Linux's `check_load_and_stores`: one forward pass, where a cell counts as written if it is on every jump seen so far.
    ///
    /// Behind a jump Linux takes every cell as written until a jump's target says otherwise; unreachable code may read any.
    private static func checkCells(_ operations: [ClassicOperation]) throws(ClassicRejection) {
        let all = UInt16.max
        var written: UInt16 = 0
        var writtenAtTarget = [UInt16](repeating: all, count: operations.count)
        for (index, operation) in operations.enumerated() {
            written &= writtenAtTarget[index]
            switch operation {
            case .store(_, let cell): written |= 1 << UInt16(truncatingIfNeeded: cell)
            case .loadMemory(_, let cell):
                if written & 1 << UInt16(truncatingIfNeeded: cell) == 0 {
                    throw .cellReadBeforeWritten(at: index, cell)
                }
            case .jump(let distance):
                writtenAtTarget[index + 1 + Int(distance)] &= written
                written = all
            case .branch(_, _, let ifTrue, let ifFalse):
                writtenAtTarget[index + 1 + Int(ifTrue)] &= written
                writtenAtTarget[index + 1 + Int(ifFalse)] &= written
                written = all
            case .loadAbsolute, .loadIndexed, .loadHeaderLength, .loadLength, .loadConstant, .arithmetic, .negate,
                .returnConstant, .returnAccumulator, .copyToX, .copyToA:
                break
            }
        }
    }
}
