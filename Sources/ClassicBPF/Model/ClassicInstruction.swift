/// One classic BPF instruction, as Linux's `struct sock_filter` and libpcap's `struct bpf_insn` hold it.
///
///     bytes  0    1    2    3    4         7
///          | code    | jt | jf | k         |
///
/// Any value can be held, also one that means nothing; ``operation`` is the meaning where there is one.
public struct ClassicInstruction: Hashable, Sendable, Codable {
    /// The operation code.
    public var code: UInt16
    /// Instructions to skip when a branch's condition holds.
    public var jt: UInt8
    /// Instructions to skip when it doesn't.
    public var jf: UInt8
    /// The constant: an operand, an offset, a memory cell, or the distance of a jump.
    public var k: UInt32

    /// Holds the four fields as they are.
    public init(code: UInt16, jt: UInt8 = 0, jf: UInt8 = 0, k: UInt32 = 0) {
        self.code = code
        self.jt = jt
        self.jf = jf
        self.k = k
    }
}
