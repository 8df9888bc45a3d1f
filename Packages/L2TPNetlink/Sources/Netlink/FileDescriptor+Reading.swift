public import SystemPackage

extension FileDescriptor {
    /// What one call of `read` gives: bytes that are there, of a terminal a line; none at the end of the file.
    ///
    /// Waits like `read`, unless ``Readiness`` has told that something is there.
    ///
    /// - Parameter limit: The most bytes to take.
    /// - Returns: The bytes.
    /// - Throws: The error number of read(2); `EINTR` is not among them.
    public func readSome(atMost limit: Int = 4096) throws(Errno) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        do {
            let count = try unsafe bytes.withUnsafeMutableBytes { buffer in try unsafe read(into: buffer) }
            return Array(bytes.prefix(count))
        } catch {
            throw error as? Errno ?? .ioError
        }
    }
}
