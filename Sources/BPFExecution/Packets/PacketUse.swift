import BPFModel

/// What a program does with packets: where they have to lie for it.
struct PacketUse: Sendable {
    /// Whether the packet is an XDP frame, not a socket buffer.
    let isFrame: Bool
    /// Whether a helper the program calls may change the packet.
    let changes: Bool
    /// Whether a helper the program calls may change the packet's length, so that it needs room to grow.
    let resizes: Bool
    /// Whether a helper the program calls goes by fields of the context, which then must be those of the packet.
    let seesContext: Bool

    init(_ spec: ProgramSpec) {
        isFrame = spec.type == .xdp
        let mayChange = spec.type == .schedCls || spec.type == .xdp
        let helpers = mayChange ? spec.code.compactMap(Self.helper) : []
        resizes = helpers.contains(where: Self.resizing.contains)
        seesContext = resizes || helpers.contains(where: Self.lookingUp.contains)
        changes = resizes || helpers.contains { HelperPrototype.row(of: $0)?.changesPacket ?? false }
    }

    private static func helper(_ instruction: Instruction) -> Int32? {
        guard case .call(.helper(let id)) = instruction else { return nil }
        return id
    }

    /// The helpers after which a packet may be longer or shorter; a program that is called instead may call any.
    private static let resizing = Set(
        [
            HelperPrototype.pushVLAN, .popVLAN, .changeProtocol, .changeTail, .changeHead, .adjustRoom, .adjustHead,
            .adjustMetadata, .adjustTail, .tailCall,
        ].map(\.id))

    /// Other helpers that look fields of the context up.
    private static let lookingUp = Set([HelperPrototype.changeType, .hash, .forgetHash, .cloneRedirect].map(\.id))
}
