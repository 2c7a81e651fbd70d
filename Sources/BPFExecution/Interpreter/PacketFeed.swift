import PacketBuffers

/// The packets of a batch, one after the other, as the context shows them; or one run on what the context holds.
///
/// What all packets share is prepared once; for each of them only what differs is written.
@safe struct PacketFeed {
    private let state: UnsafeMutablePointer<MachineState>
    /// The address and the size of the batch's storage.
    private let storage: UInt64
    private let storageCount: Int
    private let records: UnsafePointer<PacketRecord>
    private let count: Int
    private let results: UnsafeMutablePointer<UInt32>?
    private let needs: ContextNeeds
    /// Where packets are put that the program may make longer or shorter; nil where they stay in the storage.
    private let buffer: PacketBuffer?
    private let isFrame: Bool
    /// The packets that got another length, by their records.
    private(set) var resized: [ResizedPacket] = []
    /// The context without packet: the worker's metadata.
    private let blank: ContextImage
    private let arguments: (UInt64, UInt64)
    private var link = LinkHeader(.ethernet)
    private var linkType = LinkType.ethernet
    private var index = 0
    /// What the last run gave.
    private(set) var result: UInt64 = 0

    /// Feeds the packets of a batch, or nil where it has none; `results` has room for one number each.
    init?(
        _ worker: Worker, _ needs: ContextNeeds, _ use: PacketUse, buffered: Bool,
        _ storage: UnsafeMutableRawBufferPointer,
        _ records: UnsafeBufferPointer<PacketRecord>, _ results: UnsafeMutableBufferPointer<UInt32>
    ) {
        guard let start = records.baseAddress, results.count >= records.count else { return nil }
        unsafe state = worker.state
        self.storage = UInt64(UInt(bitPattern: storage.baseAddress))
        storageCount = unsafe storage.baseAddress == nil ? -1 : storage.count
        unsafe self.records = start
        count = records.count
        unsafe self.results = results.baseAddress
        self.needs = needs
        buffer = buffered ? worker.packetBuffer : nil
        isFrame = use.isFrame
        blank = ContextImage(worker.metadata)
        arguments = (worker.contextAddress, 0)
        unsafe state.pointee.packet.begin(nil, worker.metadata, use)
        unsafe state.pointee.context = blank
        unsafe state.pointee.networkOffset = UInt64(link.length)
    }

    /// Feeds one run on what the context holds.
    init(_ worker: Worker, _ r1: UInt64, _ r2: UInt64) {
        unsafe state = worker.state
        storage = 0
        storageCount = 0
        // Never read: there is no record.
        unsafe records = UnsafeRawPointer(worker.state).assumingMemoryBound(to: PacketRecord.self)
        count = 0
        unsafe results = nil
        needs = .packet
        buffer = nil
        isFrame = false
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
                if index == count { return false }
                if show() { break }
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
        if buffer != nil, unsafe results != nil { takeBack() }
        index &+= 1
    }

    /// Shows the packet of the record at `index`; false where the record lies outside the storage.
    @inline(__always)
    private mutating func show() -> Bool {
        let record = unsafe records + index
        let offset = unsafe record.pointee.dataOffset
        let length = unsafe Int(record.pointee.capturedLength)
        guard offset &+ length <= storageCount else { return false }
        if unsafe record.pointee.linkType != linkType { unsafe change(to: record.pointee.linkType) }
        let data = storage &+ UInt64(offset)
        if needs == .everything { fill(data) }
        unsafe state.pointee.context.data = data
        unsafe state.pointee.context.dataEnd = data &+ UInt64(length)
        unsafe state.pointee.context.length = record.pointee.originalLength
        unsafe state.pointee.context.timestamp = record.pointee.nanoseconds
        if let buffer { putInto(buffer, data, length) }
        return true
    }

    /// Moves the context to a copy of the packet that has room around it.
    @inline(never)
    private func putInto(_ buffer: PacketBuffer, _ data: UInt64, _ length: Int) {
        let place = unsafe buffer.take(
            UnsafeRawBufferPointer(start: HelperFunctions.pointer(data), count: length), isFrame: isFrame)
        unsafe state.pointee.context.data = place.data
        unsafe state.pointee.context.dataEnd = place.data &+ UInt64(length)
        unsafe state.pointee.context.dataMeta = place.data
        unsafe state.pointee.networkOffset = UInt64(link.length)
        unsafe state.pointee.packet.begin(place)
    }

    /// Puts a packet back into the storage; where it has another length, that is left to ``resized``.
    @inline(never)
    private mutating func takeBack() {
        let record = unsafe records + index
        guard let buffer, unsafe state.pointee.packet.low > 0 else { return }
        buffer.reclaim()
        let data = unsafe state.pointee.context.data
        let length = unsafe Int(state.pointee.context.dataEnd &- data)
        let bytes = unsafe UnsafeRawBufferPointer(start: HelperFunctions.pointer(data), count: length)
        if unsafe length == Int(record.pointee.capturedLength) {
            let place = unsafe HelperFunctions.pointer(storage &+ UInt64(record.pointee.dataOffset))
            if let start = bytes.baseAddress { unsafe place.copyMemory(from: start, byteCount: length) }
        } else {
            resized.append(
                ResizedPacket(
                    record: index, bytes: unsafe [UInt8](bytes), originalLength: unsafe state.pointee.context.length))
        }
        unsafe state.pointee.packet.low = 0
    }

    private mutating func change(to type: LinkType) {
        linkType = type
        link = LinkHeader(type)
        unsafe state.pointee.packet.linkType = type.rawValue
        unsafe state.pointee.networkOffset = UInt64(link.length)
    }

    private mutating func fill(_ data: UInt64) {
        let record = unsafe records[index]
        var image = blank
        image.dataMeta = data
        image.wireLength = record.originalLength
        if image.interface == 0 { image.interface = record.interface &+ 1 }
        if image.ingressInterface == 0 { image.ingressInterface = record.interface &+ 1 }
        if image.etherProtocol == 0, let offset = link.etherTypeOffset, Int(record.capturedLength) >= offset + 2 {
            let address = unsafe HelperFunctions.pointer(data &+ UInt64(offset))
            let type = unsafe address.loadUnaligned(as: UInt16.self)
            let next =
                unsafe offset == 12 && Int(record.capturedLength) >= 16
                ? address.loadUnaligned(fromByteOffset: 2, as: UInt16.self) : 0
            image.etherProtocol = linkType == .ethernet ? PacketType.protocol(type, next: next) : UInt32(type)
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
