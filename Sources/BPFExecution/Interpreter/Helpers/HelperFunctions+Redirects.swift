import BPFModel

// The helpers that send packets elsewhere. Where to is told to the host with what the run gives.
extension HelperFunctions {
    static let redirects: [HelperImplementation] = unsafe [
        HelperImplementation(.redirect) { interface, flags, _, _, _, state in
            unsafe redirect(machine(state), interface.word, flags)
        },
        HelperImplementation(.redirectMap) { map, key, flags, _, _, state in
            unsafe redirect(machine(state), map, key.word, MapRedirectFlags(rawValue: flags))
        },
        HelperImplementation(.cloneRedirect) { _, interface, flags, _, _, state in
            unsafe attempt(state) { (packet) throws(Errno) in try sendClone(packet, interface.word, flags) }
        },
    ]

    private static func redirect(
        _ machine: UnsafeMutablePointer<MachineState>, _ interface: UInt32, _ flags: UInt64
    ) -> UInt64 {
        let isFrame = unsafe machine.pointee.packet.isFrame
        guard flags & ~(isFrame ? 0 : PacketRedirect.ingressFlag) == 0 else {
            return isFrame ? XDPAction.aborted.helperResult : TrafficAction.shot.helperResult
        }
        unsafe machine.pointee.packet.redirect = .interface(interface, flags: flags)
        return isFrame ? XDPAction.redirect.helperResult : TrafficAction.redirect.helperResult
    }

    /// How `bpf_redirect_map` chooses entries, and what it returns where there is none.
    ///
    /// Linux refuses to broadcast to the processors of a `cpumap`; here every kind takes the flags.
    private struct MapRedirectFlags: OptionSet {
        let rawValue: UInt64
        static let action = MapRedirectFlags(rawValue: 3)
        static let broadcast = MapRedirectFlags(rawValue: PacketRedirect.broadcastFlag)
        static let exceptIngress = MapRedirectFlags(rawValue: PacketRedirect.exceptIngressFlag)
        static let all: MapRedirectFlags = [.action, .broadcast, .exceptIngress]
    }

    private static func redirect(
        _ machine: UnsafeMutablePointer<MachineState>, _ map: UInt64, _ key: UInt32, _ flags: MapRedirectFlags
    ) -> UInt64 {
        guard MapRedirectFlags.all.isSuperset(of: flags) else { return XDPAction.aborted.helperResult }
        if flags.contains(.broadcast) {
            unsafe machine.pointee.packet.redirect = .broadcast(map: map, flags: flags.rawValue)
            return XDPAction.redirect.helperResult
        }
        var key = key
        let worker = unsafe machine.pointee.workerID
        let value = unsafe withUnsafeMutablePointer(to: &key) { mapLookup(map, UInt64(UInt(bitPattern: $0)), worker) }
        guard value != 0 else {
            unsafe machine.pointee.packet.redirect = .none
            return flags.intersection(.action).rawValue
        }
        unsafe machine.pointee.packet.redirect = .entry(key, value: pointer(value).loadUnaligned(as: UInt32.self))
        return XDPAction.redirect.helperResult
    }

    private static func sendClone(_ packet: PacketEditor, _ interface: UInt32, _ flags: UInt64) throws(Errno) {
        guard flags & ~PacketRedirect.ingressFlag == 0 else { throw .invalid }
        guard interface != 0 else { throw .invalid }
        guard let worker = unsafe packet.state.pointee.worker else { return }
        let take = unsafe Unmanaged<Worker>.fromOpaque(worker).takeUnretainedValue().onClone
        if let errno = take?(packet.clone(to: interface, ingress: flags != 0)) { throw errno }
    }
}

extension XDPAction {
    /// The action as a helper returns it.
    fileprivate var helperResult: UInt64 { UInt64(rawValue) }
}

extension TrafficAction {
    /// The action as a helper returns it.
    fileprivate var helperResult: UInt64 { UInt64(bitPattern: Int64(rawValue)) }
}
