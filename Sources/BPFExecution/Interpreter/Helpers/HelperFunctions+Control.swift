import BPFModel

// The helpers that decide where a program goes on.
extension HelperFunctions {
    static let control: [HelperImplementation] = [
        HelperImplementation(.tailCall, .tailCall),
        HelperImplementation(.loop, .loop),
        HelperImplementation(.forEachMapElement, .forEachElement),
    ]
}
