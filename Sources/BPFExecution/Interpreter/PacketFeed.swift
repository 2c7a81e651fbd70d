import PacketBuffers

/// The packets of a batch, one after the other, as the context shows them; or one run on what the context holds.
///
/// What all packets share is prepared once; for each of them only what differs is written.
@safe struct PacketFeed {
    private let state: UnsafeMutablePointer<MachineState>
    private let storage: UnsafeMutableRawBufferPointer
    private let records: UnsafeBufferPointer<PacketRecord>
    private let results: UnsafeMutablePointer<UInt32>?
    private let needs: ContextNeeds
    /// The context without packet: the worker's metadata.
    private let blank: ContextImage
    private let arguments: (UInt64, UInt64)
    private var link = LinkHeader(.ethernet)
    private var linkType = LinkType.ethernet
    private var index = 0
    /// What the last run gave.
    private(set) var result: UInt64 = 0

    /// Feeds the packets of a batch; `results` has room for one number each.
    init(
        _ worker: Worker, _ needs: ContextNeeds, _ storage: UnsafeMutableRawBufferPointer,
        _ records: UnsafeBufferPointer<PacketRecord>, _ results: UnsafeMutablePointer<UInt32>?
    ) {
        unsafe state = worker.state
        unsafe self.storage = storage
        unsafe self.records = records
        unsafe self.results = results
        self.needs = needs
        blank = ContextImage(worker.metadata)
        arguments = (worker.contextAddress, 0)
        unsafe state.pointee.context = blank
    }

    /// Feeds one run on what the context holds.
    init(_ worker: Worker, _ r1: UInt64, _ r2: UInt64) {
        unsafe state = worker.state
        unsafe storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        unsafe records = UnsafeBufferPointer(start: nil, count: 0)
        unsafe results = nil
        needs = .packet
        blank = ContextImage()
        arguments = (r1, r2)
    }

    /// Makes the next packet ready; false past the last one.
    @inline(__always)
    mutating func next(_ machine: inout Machine) -> Bool {
        if unsafe results == nil {
            if index > 0 { return false }
        } else {
            while true {
                if unsafe index == records.count { return false }
                if unsafe show(records[index]) { break }
                finish(0)
            }
        }
        let data = unsafe state.pointee.context.data
        let length = unsafe state.pointee.context.dataEnd &- data
        machine.begin(packet: data, length: length, arguments.0, arguments.1)
        return true
    }

    /// Takes what a run gave.
    @inline(__always)
    mutating func finish(_ value: UInt64) {
        result = value
        if let results = unsafe results { unsafe results[index] = UInt32(truncatingIfNeeded: value) }
        index &+= 1
    }

    /// Shows the packet of a record; false where the record lies outside the storage.
    @inline(__always)
    private mutating func show(_ record: PacketRecord) -> Bool {
        let offset = record.dataOffset
        let length = Int(record.capturedLength)
        guard unsafe offset &+ length <= storage.count, let base = unsafe storage.baseAddress else { return false }
        if record.linkType != linkType { change(to: record.linkType) }
        let data = unsafe UInt64(UInt(bitPattern: base + offset))
        if needs == .everything { fill(record, data) }
        unsafe state.pointee.context.data = data
        unsafe state.pointee.context.dataEnd = data &+ UInt64(length)
        unsafe state.pointee.context.length = record.originalLength
        unsafe state.pointee.context.timestamp = record.nanoseconds
        unsafe state.pointee.networkOffset = UInt64(truncatingIfNeeded: min(link.length, length))
        return true
    }

    private mutating func change(to type: LinkType) {
        linkType = type
        link = LinkHeader(type)
    }

    private mutating func fill(_ record: PacketRecord, _ data: UInt64) {
        var image = blank
        image.dataMeta = data
        image.wireLength = record.originalLength
        if image.interface == 0 { image.interface = record.interface &+ 1 }
        if image.ingressInterface == 0 { image.ingressInterface = record.interface &+ 1 }
        if image.etherProtocol == 0, let offset = link.etherTypeOffset, Int(record.capturedLength) >= offset + 2 {
            let address = unsafe HelperFunctions.pointer(data &+ UInt64(offset))
            image.etherProtocol = unsafe UInt32(address.loadUnaligned(as: UInt16.self))
        }
        unsafe state.pointee.context = image
    }
}

extension PacketFeed {
    /// Makes the next packet ready for the reference engine, which begins runs by itself; false past the last one.
    mutating func next() -> Bool {
        var machine = unsafe Machine(state)
        return next(&machine)
    }
}
