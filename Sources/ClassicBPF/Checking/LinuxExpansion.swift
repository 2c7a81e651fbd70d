/// How far Linux's own translation to eBPF stretches a program: its jumps have 16 bits, and a program whose jumps no longer fit
/// is refused although it keeps every other rule.
///
/// Source: `bpf_convert_filter` on a machine with unaligned loads. Positions count eBPF instructions from the end of the
/// prologue's fixed three.
enum LinuxExpansion {
    /// Refuses the first jump that Linux could not translate.
    static func check(_ operations: [ClassicOperation]) throws(ClassicRejection) {
        // No instruction takes more than 32, so shorter programs fit in any case.
        guard operations.count > Int(Int16.max) / 32 else { return }
        var starts: [Int] = [3]
        starts.reserveCapacity(operations.count + 1)
        for operation in operations { starts.append((starts.last ?? 0) + length(of: operation)) }
        for (index, operation) in operations.enumerated() {
            for jump in jumps(of: operation) {
                let end = starts[index] + jump.position + 1
                // A first pass takes unknown targets as 0, and so bounds also where a jump may stand.
                let distance = max(starts[index + 1 + jump.distance] - end, end)
                guard distance <= Int(Int16.max) + (distance == end ? 1 : 0) else {
                    throw .jumpTooFarTranslated(at: index, distance)
                }
            }
        }
    }

    /// Where an operation's jumps stand among its eBPF instructions, and how many operations they skip.
    private static func jumps(of operation: ClassicOperation) -> [(position: Int, distance: Int)] {
        switch operation {
        case .jump(let distance): return [(0, Int(distance))]
        case .branch(let condition, let operand, let ifTrue, let ifFalse):
            let first = operand.needsRegister ? 1 : 0
            if ifFalse == 0 { return [(first, Int(ifTrue))] }
            if ifTrue == 0 && condition != .anyBit { return [(first, Int(ifFalse))] }
            return [(first, Int(ifTrue)), (first + 1, Int(ifFalse))]
        case .loadAbsolute, .loadIndexed, .loadHeaderLength, .loadLength, .loadConstant, .loadMemory, .store,
            .arithmetic,
            .negate, .returnConstant, .returnAccumulator, .copyToX, .copyToA:
            return []
        }
    }

    /// The number of eBPF instructions Linux makes of an operation.
    private static func length(of operation: ClassicOperation) -> Int {
        switch operation {
        case .loadAbsolute(let size, let offset):
            AncillaryField(offset: offset).map { length(of: $0) } ?? lengthOfLoad(size, at: offset)
        case .loadIndexed(_, let offset): offset == 0 ? 8 : 9
        case .loadHeaderLength(let offset): 6 + lengthOfLoad(.byte, at: offset)
        case .arithmetic(.div, .x), .arithmetic(.mod, .x): 5
        case .branch(_, let operand, _, _): jumps(of: operation).count + (operand.needsRegister ? 1 : 0)
        case .returnConstant: 2
        case .loadLength, .loadConstant, .loadMemory, .store, .arithmetic, .negate, .jump, .returnAccumulator, .copyToX,
            .copyToA:
            1
        }
    }

    private static func lengthOfLoad(_ size: ClassicOperation.Size, at offset: UInt32) -> Int {
        let call = 8
        guard offset <= UInt32(Int32.max) else { return call }
        return 4 + (offset == 0 ? 0 : 1) + (offset > UInt32(Int16.max) ? 2 : 0) + (size == .byte ? 0 : 1) + call
    }

    private static func length(of field: AncillaryField) -> Int {
        switch field {
        case .mark, .queue, .receiveHash, .vlanTag, .exclusiveOrX: 1
        case .linkProtocol, .packetType, .vlanProtocol: 2
        case .vlanTagPresent: 3
        case .interfaceIndex, .hardwareType, .netlinkAttribute, .nestedNetlinkAttribute, .processor, .payloadOffset,
            .random:
            4
        }
    }
}

extension ClassicOperation.Operand {
    /// Whether the constant would be sign-extended by a comparison, so that it needs a register of its own.
    fileprivate var needsRegister: Bool {
        if case .constant(let value) = self { value > UInt32(Int32.max) } else { false }
    }
}
