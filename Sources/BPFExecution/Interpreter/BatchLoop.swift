import PacketBuffers

/// Puts one packet of a batch after the other into a worker's context.
///
/// What all packets share is prepared once; for each of them only what differs is written.
@safe struct BatchContext {
    private let state: UnsafeMutablePointer<MachineState>
    private let needs: ContextNeeds
    /// The context without packet: the worker's metadata.
    private let blank: ContextImage
    private var linkType: LinkType
    private var link: LinkHeader

    init(_ worker: Worker, _ needs: ContextNeeds) {
        unsafe state = worker.state
        self.needs = needs
        blank = ContextImage(worker.metadata)
        linkType = .ethernet
        link = LinkHeader(.ethernet)
        unsafe state.pointee.context = blank
    }

    /// Shows the packet of a record; false where the record lies outside the storage.
    @inline(__always)
    mutating func show(_ record: PacketRecord, in storage: UnsafeMutableRawBufferPointer) -> Bool {
        let offset = record.dataOffset
        let length = Int(record.capturedLength)
        guard offset &+ length <= storage.count, let base = storage.baseAddress else { return false }
        if record.linkType != linkType { change(to: record.linkType) }
        let data = unsafe UInt64(UInt(bitPattern: base + offset))
        if needs == .everything { fill(record, data) }
        unsafe state.pointee.context.data = data
        unsafe state.pointee.context.dataEnd = data &+ UInt64(length)
        unsafe state.pointee.context.length = record.originalLength
        unsafe state.pointee.context.timestamp = record.nanoseconds
        unsafe state.pointee.networkOffset = UInt64(min(link.length, length))
        return true
    }

    @inline(never)
    private mutating func change(to type: LinkType) {
        linkType = type
        link = LinkHeader(type)
    }

    @inline(never)
    private func fill(_ record: PacketRecord, _ data: UInt64) {
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

extension LoweredProgram {
    /// Runs the program on every packet of a batch.
    func run(_ batch: inout PacketBatch, _ results: inout [UInt32], _ worker: Worker) {
        var context = BatchContext(worker, needs)
        let code = unsafe buffer.start
        let state = unsafe worker.state
        let address = worker.contextAddress
        unsafe batch.storage.withUnsafeMutableBytes { storage in
            unsafe batch.records.withUnsafeBufferPointer { records in
                unsafe results.withUnsafeMutableBufferPointer { results in
                    var index = 0
                    while index < records.count {
                        var result: UInt64 = 0
                        if unsafe context.show(records[index], in: storage) {
                            result = unsafe Interpreter.run(code, state, address, 0)
                        }
                        unsafe results[index] = UInt32(truncatingIfNeeded: result)
                        index &+= 1
                    }
                }
            }
        }
        worker.forgetPacket()
    }
}

extension ReferenceEngine {
    /// Runs the program on every packet of a batch; 0 where it was stopped, and the last reason in the worker.
    func run(_ batch: inout PacketBatch, _ results: inout [UInt32], _ worker: Worker) {
        var context = BatchContext(worker, .everything)
        worker.fault = nil
        unsafe batch.storage.withUnsafeMutableBytes { storage in
            for (index, record) in batch.records.enumerated() {
                results[index] = 0
                guard unsafe context.show(record, in: storage) else { continue }
                switch run(worker) {
                case .success(let value): results[index] = UInt32(truncatingIfNeeded: value)
                case .failure(let fault): worker.fault = fault
                }
            }
        }
        worker.forgetPacket()
    }
}
