import PacketBuffers

/// Finds the packets of one format in bytes that lie in memory.
///
/// A walk never reads by itself and never looks beyond the bytes it is given, so the same walk serves files of any
/// size, pipes and tests.
protocol RecordWalk {
    /// The interfaces known so far; a packet's interface number is an index into them.
    var interfaces: [CaptureInterface] { get }
    /// The sections known so far.
    var sections: [CaptureSection] { get }

    /// Walks from record to record and appends what it finds.
    ///
    /// - Parameters:
    ///   - bytes: the bytes there are; the numbers in what is appended are offsets into them.
    ///   - start: where the first record begins.
    ///   - records: gets a record for each packet.
    ///   - metadata: gets a block for whatever else the format has.
    mutating func walk(
        _ bytes: Span<UInt8>, from start: Int, records: inout [PacketRecord], metadata: inout [MetadataBlock]
    ) -> WalkEnd

    /// What to say of a file that ends inside the record the bytes begin with.
    func cutShort(_ rest: Span<UInt8>) -> Damage
}

/// Why a walk came to its end.
struct WalkEnd {
    /// Where the first record begins that was not walked over.
    var position: Int
    /// What is wrong with that record; nil where it only isn't there as a whole.
    var damage: Damage?
    /// Whether the walk was asked to stop here.
    var isStop = false
}
