import BPFExecution
import BPFModel
import BPFVerifier
import ClassicBPF
import Foundation
import TestKit
import Testing

/// Classic programs translated to eBPF, proved and run.
@Suite struct TranslatedClassicConformance {
    /// Translations of filter expressions are proved safe; those of `protochain` have loops and are not made.
    @Test func filtersVerify() throws {
        let agreement = Agreement("pcap_filters.jsonl translated", engine: "verifier")
        for filter in try SharedData.conformance("pcap_filters.jsonl", as: FilterCase.self) {
            for code in [filter.opt, filter.unopt] {
                guard let bytes = code.flatMap({ [UInt8](hex: $0) }) else { continue }
                verify(try ClassicProgram(bytes: bytes.span), .libpcap, filter.expr, agreement)
            }
        }
        #expect(agreement.report().isEmpty)
    }

    /// Translations of the kernel's programs are proved safe, but for fields that no context shows.
    @Test func kernelProgramsVerify() throws {
        let agreement = Agreement("kernel_test_bpf.jsonl (cbpf) translated", engine: "verifier")
        for `case` in try ClassicCase.all() {
            guard let program = `case`.program, (try? program.check(.linux)) != nil else { continue }
            verify(program, .linux, "\(`case`.id) \(`case`.name)", agreement)
        }
        #expect(agreement.report().isEmpty)
    }

    /// Translations of filter expressions match the packets libpcap matches.
    @Test(arguments: Engine.allCases)
    func filtersMatch(engine: Engine) throws {
        let packets = try FilterPacket.all()
        let optimized = Agreement("pcap_filters.jsonl matches", engine: "\(engine), optimized code")
        let unoptimized = Agreement("pcap_filters.jsonl matches", engine: "\(engine), unoptimized code")
        let worker = Worker()
        for filter in try SharedData.conformance("pcap_filters.jsonl", as: FilterCase.self) {
            guard !packets.isEmpty, let match = filter.match else { continue }
            for (code, expected, agreement) in [
                (filter.opt, match, optimized), (filter.unopt, filter.matchUnopt ?? match, unoptimized),
            ] {
                guard let bytes = code.flatMap({ [UInt8](hex: $0) }) else { continue }
                let program = try ClassicProgram(bytes: bytes.span)
                guard let executable = try executable(program, .libpcap, filter.expr, engine, agreement) else {
                    continue
                }
                let found = packets.filter { packet in
                    var metadata = PacketMetadata()
                    metadata.originalLength = packet.wireLength
                    return executable.run(on: packet.bytes.span, metadata: metadata, worker: worker) != 0
                }
                #expect(worker.fault == nil, "\(filter.expr)")
                agreement.compare(filter.expr, expected: expected, found: found.map(\.number))
            }
        }
        #expect(optimized.report().isEmpty)
        #expect(unoptimized.report().isEmpty)
    }

    /// Translations of the kernel's programs return what its suite expects.
    @Test(arguments: Engine.allCases)
    func kernelResults(engine: Engine) throws {
        let agreement = Agreement("kernel_test_bpf.jsonl (cbpf) translated", engine: engine.rawValue)
        let worker = Worker()
        for `case` in try ClassicCase.all() {
            let name = "\(`case`.id) \(`case`.name)"
            guard let program = `case`.program, (try? program.check(.linux)) != nil,
                let executable = try executable(program, .linux, name, engine, agreement)
            else { continue }
            for test in `case`.tests ?? [] where test.count == 2 {
                let packet = KernelTestPacket(`case`, length: test[0])
                let found = executable.run(on: packet.bytes.span, metadata: packet.engineMetadata, worker: worker)
                #expect(worker.fault == nil, "\(name)")
                agreement.compare(
                    "\(name) [\(test[0])]", expected: UInt64(UInt32(truncatingIfNeeded: test[1])), found: found)
            }
        }
        #expect(agreement.report().isEmpty)
    }

    /// The translation on an engine.
    ///
    /// Loops run on the reference engine only, which needs no proof that they end.
    private func executable(
        _ program: ClassicProgram, _ dialect: ClassicDialect, _ name: String, _ engine: Engine, _ agreement: Agreement
    ) throws -> Executable? {
        let loopLimit: Int32? = engine == .reference ? 65_536 : nil
        guard let translation = agreement.translation(of: program, dialect, name, loopLimit: loopLimit) else {
            return nil
        }
        if (try? program.translated(dialect)) == nil { return try Executable(unverified: translation.spec) }
        let executable = try Executable(Verifier().verify(translation.spec), engine: engine)
        #expect(executable.engine == engine)
        return executable
    }

    private func verify(_ program: ClassicProgram, _ dialect: ClassicDialect, _ name: String, _ agreement: Agreement) {
        guard let translation = agreement.translation(of: program, dialect, name) else { return }
        do throws(VerifierRejection) {
            _ = try Verifier().verify(translation.spec)
            agreement.compare(name, expected: "verified", found: "verified")
        } catch {
            agreement.compare(name, expected: "verified", found: "\(error)")
        }
    }
}

extension Agreement {
    /// The translation, or nil where eBPF can't say the program, which is then left out, or where it is refused for no good reason.
    func translation(
        of program: ClassicProgram, _ dialect: ClassicDialect, _ name: String, loopLimit: Int32? = nil
    ) -> ClassicTranslation? {
        do throws(ClassicTranslationError) {
            return try program.translated(dialect, loopLimit: loopLimit)
        } catch {
            switch error.reason {
            case .backwardJump, .unavailableField: exempt(name, because: "\(error)")
            case .rejected, .unknownCode, .tooLong: disagree(name, "\(error)")
            }
            return nil
        }
    }
}

extension KernelTestPacket {
    /// The metadata as an engine takes it.
    ///
    /// Engines have whole packets in one piece.
    var engineMetadata: PacketMetadata {
        var engine = PacketMetadata()
        engine.etherType = metadata.linkProtocol
        engine.networkOffset = UInt32(metadata.networkOffset ?? 0)
        engine.packetType = UInt32(metadata.packetType)
        engine.mark = metadata.mark
        engine.hash = metadata.receiveHash
        engine.queueMapping = UInt32(metadata.queue)
        engine.vlanTCI = metadata.vlanTag?.control
        engine.interface = metadata.interface?.index ?? 0
        return engine
    }
}
