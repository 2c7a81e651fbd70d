extension ClassicProgram {
    /// libpcap's `pcap_validate_filter`, which looks at parts of a code where Linux looks at the whole, and lets jumps go back.
    ///
    /// libpcap lets codes pass that its interpreter then aborts on. ``ClassicEvaluator`` ends those with a fault instead.
    func checkAsLibpcap() throws(ClassicRejection) {
        guard let last = instructions.last else { throw .empty }
        for (index, instruction) in instructions.enumerated() {
            switch instruction.code & ClassicCode.classMask {
            case ClassicCode.load, ClassicCode.loadX: try checkLoad(instruction, at: index)
            case ClassicCode.store, ClassicCode.storeX: try checkCell(instruction, at: index)
            case ClassicCode.arithmetic: try checkArithmetic(instruction, at: index)
            case ClassicCode.jump: try checkJump(instruction, at: index)
            default: break
            }
        }
        guard last.code & ClassicCode.classMask == ClassicCode.ret else {
            throw .noReturnAtEnd(at: instructions.count - 1)
        }
    }

    private func checkLoad(_ instruction: ClassicInstruction, at index: Int) throws(ClassicRejection) {
        switch instruction.code & ClassicCode.modeMask {
        case ClassicCode.immediate, ClassicCode.absolute, ClassicCode.indexed, ClassicCode.headerLength,
            ClassicCode.length:
            break
        case ClassicCode.memory: try checkCell(instruction, at: index)
        default: throw .unknownCode(at: index, instruction.code)
        }
    }

    private func checkCell(_ instruction: ClassicInstruction, at index: Int) throws(ClassicRejection) {
        guard instruction.k < Self.memoryCells else { throw .cellOutOfRange(at: index, instruction.k) }
    }

    private func checkArithmetic(_ instruction: ClassicInstruction, at index: Int) throws(ClassicRejection) {
        let bits = instruction.code & ClassicCode.operationMask
        if bits == ClassicCode.negate { return }
        guard let operation = ClassicOperation.Arithmetic(rawValue: bits) else {
            throw .unknownCode(at: index, instruction.code)
        }
        let isConstant = instruction.code & ClassicCode.sourceX == 0
        if isConstant && instruction.k == 0 && (operation == .div || operation == .mod) {
            throw .divisionByZero(at: index, operation)
        }
    }

    private func checkJump(_ instruction: ClassicInstruction, at index: Int) throws(ClassicRejection) {
        let bits = instruction.code & ClassicCode.operationMask
        if bits == 0 {
            // The sum wraps: a distance with the sign bit set leads back.
            let distance = Int(Int32(truncatingIfNeeded: instruction.k))
            guard instructions.indices.contains(index + 1 + distance) else {
                throw .jumpOutOfRange(at: index, by: distance, count: instructions.count)
            }
            return
        }
        guard ClassicOperation.Condition(rawValue: bits) != nil else { throw .unknownCode(at: index, instruction.code) }
        for distance in [Int(instruction.jt), Int(instruction.jf)] where index + 1 + distance >= instructions.count {
            throw .jumpOutOfRange(at: index, by: distance, count: instructions.count)
        }
    }
}
