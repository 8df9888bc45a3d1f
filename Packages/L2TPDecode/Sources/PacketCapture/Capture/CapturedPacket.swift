/// A packet as it was captured: a view that borrows its bytes from the reader until the next one is asked for.
public struct CapturedPacket: ~Escapable {
    /// Which packet of the capture it is, counted from 1.
    public let number: Int
    /// When it was captured; nil where the capture does not tell (hexadecimal text, simple packet blocks).
    public let timestamp: Timestamp?
    /// What ``bytes`` begin with.
    public let linkType: LinkType
    /// How long the packet was on its link, in bytes.
    public let originalLength: Int
    /// Where ``bytes`` begin in the decompressed capture, counted from 0; 0 where there is no file.
    public let offset: Int
    /// What was captured of it, link header first.
    public let bytes: Span<UInt8>

    /// A packet from its parts.
    ///
    /// - Parameters:
    ///   - number: Which packet of the capture, counted from 1.
    ///   - timestamp: When it was captured.
    ///   - linkType: What the bytes begin with.
    ///   - originalLength: How long it was on its link; nil for as long as the bytes are.
    ///   - offset: Where the bytes begin in the capture.
    ///   - bytes: What was captured of it.
    @_lifetime(copy bytes)
    public init(
        number: Int, timestamp: Timestamp?, linkType: LinkType, originalLength: Int? = nil, offset: Int = 0,
        bytes: Span<UInt8>
    ) {
        self.number = number
        self.timestamp = timestamp
        self.linkType = linkType
        self.originalLength = originalLength ?? bytes.count
        self.offset = offset
        self.bytes = bytes
    }

    /// Whether the capture's snap length has cut the end of the packet off.
    public var isCut: Bool { bytes.count < originalLength }
}

/// What delivers packets one by one: a capture file, hexadecimal text, an interface.
public protocol PacketSource: ~Copyable {
    /// Why no further packet can be had.
    associatedtype Failure: Error

    /// The next packet, borrowed until the next call; nil at the end, and after an error.
    ///
    /// - Throws: `Failure`, once, after everything before it has been delivered.
    @_lifetime(&self)
    mutating func next() throws(Failure) -> CapturedPacket?
}
