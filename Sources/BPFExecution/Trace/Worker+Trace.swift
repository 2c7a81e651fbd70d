extension Worker {
    /// Hands a line to whoever listens.
    func write(_ text: [UInt8]) {
        trace?(TraceLine(text: String(decoding: text, as: UTF8.self), worker: id))
    }
}
