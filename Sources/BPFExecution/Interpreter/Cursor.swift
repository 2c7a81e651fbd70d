/// The place in lowered code: reads the fields of the operation there, moves on, and jumps.
///
/// Invariant: it stays inside one program's ``OperationBuffer``, since lowering resolved every displacement and the
/// last operation never falls through.
@safe struct Cursor {
    private(set) var pointer: UnsafeRawPointer

    @inline(__always)
    init(_ pointer: UnsafeRawPointer) { unsafe self.pointer = pointer }

    @inline(__always)
    var code: Opcode { unsafe pointer.load(as: Opcode.self) }
    @inline(__always)
    var destination: Int { unsafe Int(pointer.load(fromByteOffset: 1, as: UInt8.self)) }
    @inline(__always)
    var source: Int { unsafe Int(pointer.load(fromByteOffset: 2, as: UInt8.self)) }
    @inline(__always)
    var auxiliary: Int { unsafe Int(pointer.load(fromByteOffset: 3, as: UInt8.self)) }
    @inline(__always)
    var offset: Int32 { unsafe pointer.load(fromByteOffset: 4, as: Int32.self) }
    @inline(__always)
    var immediate: UInt64 { unsafe pointer.load(fromByteOffset: 8, as: UInt64.self) }
    @inline(__always)
    var lowerHalf: UInt32 { unsafe pointer.load(fromByteOffset: 8, as: UInt32.self) }
    @inline(__always)
    var upperHalf: Int32 { unsafe pointer.load(fromByteOffset: 12, as: Int32.self) }

    @inline(__always)
    mutating func advance() { unsafe pointer += Operation.stride }

    @inline(__always)
    mutating func jump() { unsafe pointer += Int(offset) }
}
