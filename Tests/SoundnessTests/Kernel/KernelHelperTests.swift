import BPFModel
import LinuxBPF
import TestKit
import Testing

/// The helper table says what the running kernel says: which types may call a helper, and with which licence.
@Suite(.enabled(if: KernelBPF.isAvailable, "bpf(2) can't be called here"))
struct KernelHelperTests {
    /// Rows that differ from the kernel's, and why.
    static let known: [String: String] = [:]

    @Test(arguments: BlockGenerator.loadable) func everyRow(type: ProgramType) {
        let agreement = Agreement("helpers of \(type.name)", engine: "Linux \(KernelBPF.release)")
        for helper in HelperPrototype.all {
            let name = "\(helper.name) in \(type.name)"
            if let reason = Self.known[name] {
                agreement.exempt(name, because: reason)
                continue
            }
            let isAllowed = helper.programTypes.contains(type)
            agreement.compare(name, expected: isAllowed, found: mayCall(helper, type, "GPL"))
            guard isAllowed else { continue }
            agreement.compare(
                name + " without the GPL", expected: !helper.needsGPL, found: mayCall(helper, type, "Proprietary"))
        }
        #expect(agreement.report() == [])
    }

    /// Whether the kernel gets as far as the arguments of a call, which are wrong.
    private func mayCall(_ helper: HelperPrototype, _ type: ProgramType, _ license: String) -> Bool {
        let spec = ProgramSpec(type: type, license: license, code: [.call(helper: helper.id), .move(.r0, 0), .exit])
        do throws(KernelError) {
            _ = try KernelProgram.load(spec, maps: [:])
            return true
        } catch {
            return ![
                "unknown func", "program of this type cannot use helper", "cannot call GPL-restricted function",
            ].contains { error.reason.hasPrefix($0) }
        }
    }
}
