import BPFExecution
import BPFMaps
import BPFModel
import BPFVerifier
import PacketBuffers
import Testing
import Weir

/// The flow programs of one grouping, each proved once.
struct FlowCounter {
    private static let capacity = 1 << 14

    let grouping: FlowGrouping
    let twoWay: Bool
    let engine: Engine
    private let first: FlowProgram
    private var proved: [LinkType: VerifiedProgram] = [:]

    init(by grouping: FlowGrouping, twoWay: Bool, engine: Engine) throws {
        first = try FlowProgram(linkType: .ethernet, by: grouping, twoWay: twoWay, capacity: Self.capacity)
        self.grouping = grouping
        self.twoWay = twoWay
        self.engine = engine
    }

    /// Runs the program of each link type over its packets, all with the same maps.
    mutating func count(_ capture: WholeCapture) throws -> FlowTable {
        let maps = try first.spec.maps.mapValues { try Map($0) }
        var executables: [LinkType: Executable] = [:]
        for linkType in capture.linkTypes {
            executables[linkType] = try Executable(try proof(linkType), maps: maps, engine: engine)
        }
        let worker = Worker()
        capture.forEachPacket { bytes, record in
            var metadata = PacketMetadata()
            metadata.originalLength = record.originalLength
            metadata.nanoseconds = record.nanoseconds
            #expect(executables[record.linkType]?.run(on: bytes, metadata: metadata, worker: worker) == 0)
            #expect(worker.fault == nil)
        }
        return try FlowTable(of: first, maps: maps)
    }

    private mutating func proof(_ linkType: LinkType) throws -> VerifiedProgram {
        if let known = proved[linkType] { return known }
        let program = try FlowProgram(linkType: linkType, by: grouping, twoWay: twoWay, capacity: Self.capacity)
        let proof = try Verifier().verify(program.spec)
        proved[linkType] = proof
        return proof
    }
}
