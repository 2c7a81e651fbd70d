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
