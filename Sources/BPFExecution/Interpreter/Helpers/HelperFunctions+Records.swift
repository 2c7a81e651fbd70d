import BPFModel

// The helpers that hand records to the host.
extension HelperFunctions {
    static let records: [HelperImplementation] = []
}
