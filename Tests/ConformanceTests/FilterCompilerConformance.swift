import ClassicBPF
import Foundation
import PacketCapture
import TestKit
import Testing

/// A filter expression with the code libpcap makes of it.
struct FilterCase: Decodable {
    var expr: String
    var opt: String?
    var unopt: String
    var optError: String?
    var match: [Int]?
    var matchUnopt: [Int]?
    var netmask: String?

    enum CodingKeys: String, CodingKey {
        case expr, opt, unopt, match, netmask
        case optError = "opt_error"
        case matchUnopt = "match_unopt"
    }

    /// The mask as a number, from its dotted form.
    var netmaskNumber: UInt32? {
        netmask.map { $0.split(separator: ".").reduce(0) { $0 << 8 | (UInt32($1) ?? 0) } }
    }
}

/// An expression libpcap refuses.
struct FilterErrorCase: Decodable {
    var expr: String
    var error: String
}

@Suite struct FilterCompilerConformance {
    @Test(arguments: [true, false])
    func code(optimizes: Bool) throws {
        let engine = optimizes ? "libpcap with optimizer" : "libpcap without optimizer"
        let agreement = Agreement("pcap_filters.jsonl", engine: engine)
        for filter in try SharedData.conformance("pcap_filters.jsonl", as: FilterCase.self) {
            let compiler = FilterCompiler(netmask: filter.netmaskNumber, optimizes: optimizes)
            let expected = optimizes ? filter.opt ?? filter.optError ?? "" : filter.unopt
            agreement.compare(filter.expr, expected: expected, found: compiler.outcome(of: filter.expr))
        }
        #expect(agreement.report().isEmpty)
    }

    @Test func errors() throws {
        let agreement = Agreement("pcap_errors.jsonl", engine: "libpcap with optimizer")
        for refusal in try SharedData.conformance("pcap_errors.jsonl", as: FilterErrorCase.self) {
            agreement.compare(
                refusal.expr, expected: refusal.error, found: FilterCompiler().outcome(of: refusal.expr))
        }
        #expect(agreement.report().isEmpty)
    }
}

extension FilterCompiler {
    /// The program's bytes in hexadecimal, or libpcap's message.
    func outcome(of expression: String) -> String {
        do throws(FilterError) { return try compile(FilterExpression(expression)).bytes.hex } catch {
            return error.message
        }
    }
}
