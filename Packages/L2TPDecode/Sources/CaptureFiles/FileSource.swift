public import PacketCapture
public import SystemPackage

/// An open file, pipe or terminal as a stream of bytes.
public struct FileSource: ByteSource {
    private let descriptor: FileDescriptor

    /// A stream of what is read from a descriptor, which stays its owner's to close.
    ///
    /// - Parameter descriptor: Open for reading.
    public init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// The next bytes; waits for them where the descriptor does.
    ///
    /// The corresponding C function is `read`.
    ///
    /// - Throws: ``PacketCapture/ByteSourceError`` with the system's text for the error number.
    public mutating func read(into buffer: inout [UInt8], from start: Int) throws(ByteSourceError) -> Int {
        do {
            return try unsafe buffer.withUnsafeMutableBytes { bytes in
                try unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
            }
        } catch {
            throw ByteSourceError(.unreadable, (error as? Errno ?? .ioError).description)
        }
    }
}
