/// Calls between the functions of a program: rare, so they stay out of the interpreter's loop.
enum LocalCalls {
    /// Keeps what the callee may change, and gives it the next stack frame.
    @inline(never)
    static func save(_ state: UnsafeMutablePointer<MachineState>, _ returnTo: UnsafeRawPointer) {
        let registers = unsafe MachineState.registers(state)
        unsafe state.pointee.frames[state.pointee.depth] = SavedFrame(
            returnTo: returnTo, r6: registers[6], r7: registers[7], r8: registers[8], r9: registers[9],
            framePointer: registers[10])
        unsafe state.pointee.depth &+= 1
        unsafe registers[10] &-= UInt64(MachineLimits.frameBytes)
    }

    /// Enters again the frame that was left last: what ``save(_:_:)`` kept for it is still there.
    static func saveAgain(_ state: UnsafeMutablePointer<MachineState>) {
        unsafe state.pointee.depth &+= 1
        unsafe MachineState.registers(state)[10] &-= UInt64(MachineLimits.frameBytes)
    }

    /// Gives back what ``save(_:_:)`` kept, and tells where to go on.
    @inline(never)
    static func restore(_ state: UnsafeMutablePointer<MachineState>) -> UnsafeRawPointer {
        let registers = unsafe MachineState.registers(state)
        unsafe state.pointee.depth &-= 1
        let frame = unsafe state.pointee.frames + state.pointee.depth
        unsafe registers[6] = frame.pointee.r6
        unsafe registers[7] = frame.pointee.r7
        unsafe registers[8] = frame.pointee.r8
        unsafe registers[9] = frame.pointee.r9
        unsafe registers[10] = frame.pointee.framePointer
        return unsafe frame.pointee.returnTo
    }
}

/// Packet loads at negative offsets, which count from a header, and those of packets that may have moved: rare too.
enum PacketLoads {
    /// Loads into `r0`; false where the packet has no bytes there.
    @inline(never)
    static func loadAnywhere(_ state: UnsafeMutablePointer<MachineState>, _ offset: Int32, _ size: Int) -> Bool {
        let packet = unsafe state.pointee.context.data
        let length = unsafe state.pointee.context.dataEnd &- packet
        guard
            let start = unsafe PacketPlace.start(
                of: offset, size: size, length: length, networkOffset: state.pointee.networkOffset)
        else { return false }
        let pointer = unsafe HelperFunctions.pointer(packet &+ start)
        var value: UInt64 = 0
        for index in 0..<size {
            value = unsafe value &<< 8 | UInt64(pointer.load(fromByteOffset: index, as: UInt8.self))
        }
        unsafe MachineState.registers(state)[0] = value
        return true
    }
}
