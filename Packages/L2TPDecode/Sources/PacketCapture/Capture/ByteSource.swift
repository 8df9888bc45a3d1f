/// Where a capture's bytes come from: a file, a pipe, memory.
public protocol ByteSource: ~Copyable {
    /// Replaces bytes of a buffer by the next ones of the stream; at least one, except at the end.
    ///
    /// May give fewer bytes than fit, as a pipe does, so that packets are seen when they come.
    ///
    /// - Parameters:
    ///   - buffer: Takes the bytes; its count does not change.
    ///   - start: Where in the buffer they go; less than its count.
    /// - Returns: How many bytes there were; 0 at the end of the stream.
    /// - Throws: ``ByteSourceError``.
    mutating func read(into buffer: inout [UInt8], from start: Int) throws(ByteSourceError) -> Int
}

/// Why a ``ByteSource`` gives no bytes.
public struct ByteSourceError: Error, Hashable, Sendable {
    /// What is wrong.
    public let code: CaptureError.Code
    /// What exactly, for people, for example the system's text for an error number.
    public let detail: String

    /// An error from its parts.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - detail: What exactly, for people.
    public init(_ code: CaptureError.Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

/// Bytes in memory as a stream.
public struct MemorySource: ByteSource {
    private let bytes: [UInt8]
    private let chunkByteCount: Int
    private var position = 0

    /// A stream of bytes.
    ///
    /// - Parameters:
    ///   - bytes: The whole stream.
    ///   - chunkByteCount: The most bytes that one reading gives, at least one; tests set it to cut records in two.
    public init(_ bytes: [UInt8], chunkByteCount: Int = .max) {
        self.bytes = bytes
        self.chunkByteCount = max(chunkByteCount, 1)
    }

    /// The next bytes.
    public mutating func read(into buffer: inout [UInt8], from start: Int) throws(ByteSourceError) -> Int {
        let count = min(buffer.count - start, bytes.count - position, chunkByteCount)
        buffer.replaceSubrange(start..<start + count, with: bytes[position..<position + count])
        position += count
        return count
    }
}
