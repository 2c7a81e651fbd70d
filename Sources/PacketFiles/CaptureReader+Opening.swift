import ByteStreams

extension CaptureReader {
    /// Opens a capture file, compressed or not; opening a FIFO waits for its writer.
    ///
    /// - Parameter path: the file; there is no special meaning to `-`.
    public convenience init(path: String) throws(CaptureError) {
        let source: any ByteSource
        do {
            source = try FileSource(path: path).decompressed()
        } catch {
            throw CaptureError(error)
        }
        try self.init(source)
    }

    /// Reads the capture that comes on standard input, compressed or not.
    public static func standardInput() throws(CaptureError) -> CaptureReader {
        let source: any ByteSource
        do {
            source = try FileSource.standardInput().decompressed()
        } catch {
            throw CaptureError(error)
        }
        return try CaptureReader(source)
    }
}
