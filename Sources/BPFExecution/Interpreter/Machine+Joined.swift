// What operations do that stand for several instructions.
extension Machine {
    /// Adds the immediate to a register, and jumps where the sum is greater than another.
    @inline(__always)
    func compareSum(_ op: inout Cursor) {
        let sum = source(op) &+ op.immediate
        self[op.destination] = sum
        if sum > self[op.auxiliary] { op.jump() }
    }

    /// Moves a register, then another, named by the auxiliary field and the immediate.
    @inline(__always)
    func moveTwice(_ op: Cursor) {
        self[op.destination] = source(op)
        self[op.auxiliary] = self[Int(op.lowerHalf)]
    }

    /// Stores two registers at two offsets from one base.
    @inline(__always)
    func storePair(_ op: Cursor) {
        store(UInt32.self, op, source(op))
        store(UInt32.self, at: self[op.destination], op.upperHalf, self[op.auxiliary])
    }

    /// Adds a number to a double word of memory; the sum goes to the destination register, and back where asked.
    @inline(__always)
    func addToMemory(_ op: Cursor, _ operand: UInt64, stores: Bool) {
        let address = source(op)
        let sum = load(UInt64.self, at: address, op.offset) &+ operand
        if stores { store(UInt64.self, at: address, op.offset, sum) }
        self[op.destination] = sum
    }

    @inline(__always)
    private func swapped<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Word.Type, _ op: Cursor, at offset: Int32
    ) -> UInt64 {
        UInt64(load(Word.self, at: source(op), offset).byteSwapped)
    }

    @inline(__always)
    func loadSwapped<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(_: Word.Type, _ op: Cursor) {
        self[op.destination] = swapped(Word.self, op, at: op.offset)
    }

    /// Loads and swaps, and jumps where the comparison with the operand holds.
    @inline(__always)
    func compareMemory<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _: Word.Type, _ op: inout Cursor, _ holds: (UInt32, UInt32) -> Bool
    ) {
        let value = swapped(Word.self, op, at: op.upperHalf)
        self[op.destination] = value
        if holds(UInt32(truncatingIfNeeded: value), op.lowerHalf) { op.jump() }
    }

    /// Loads a word, and jumps where the comparison with the operand holds.
    @inline(__always)
    func compareWord(_ op: inout Cursor, _ holds: (UInt32, UInt32) -> Bool) {
        let value = load(UInt32.self, at: source(op), op.upperHalf)
        self[op.destination] = UInt64(value)
        if holds(value, op.lowerHalf) { op.jump() }
    }

    /// Jumps where the value is one of the two halves of the immediate.
    @inline(__always)
    func compareBoth(_ op: inout Cursor, _ value: UInt64) {
        if value == UInt64(op.lowerHalf) || value == UInt64(UInt32(bitPattern: op.upperHalf)) { op.jump() }
    }

    /// Loads a packet word and masks it.
    @inline(__always)
    func loadNetwork(_ op: Cursor, at offset: Int32, mask: UInt32) -> Bool {
        guard let word = packetWord(UInt32.self, at: UInt64(UInt32(bitPattern: offset))) else { return false }
        self[0] = UInt64(word & mask)
        return true
    }

    /// Loads a packet word at the offset in the auxiliary field, masks it with the upper half, and jumps where the
    /// comparison with the lower half holds.
    @inline(__always)
    func compareNetwork(_ op: inout Cursor, _ holds: (UInt32, UInt32) -> Bool) -> Bool {
        let mask = UInt32(bitPattern: op.upperHalf)
        guard loadNetwork(op, at: Int32(truncatingIfNeeded: op.auxiliary), mask: mask) else { return false }
        if holds(UInt32(truncatingIfNeeded: self[0]), op.lowerHalf) { op.jump() }
        return true
    }
}
