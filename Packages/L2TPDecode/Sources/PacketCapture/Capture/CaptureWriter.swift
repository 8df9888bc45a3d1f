/// Writes a capture in the format pcap, most significant byte first.
public struct CaptureWriter: Sendable {
    /// The smallest time that is distinguished.
    public enum Resolution: Sendable, CaseIterable {
        /// Microseconds: magic number a1b2c3d4.
        case microseconds
        /// Nanoseconds: magic number a1b23c4d.
        case nanoseconds
    }

    /// What has been written since the start, or since ``takeBytes()``.
    public private(set) var bytes: [UInt8] = []
    private let resolution: Resolution
    private let snapLength: Int

    /// Begins a capture with its file header.
    ///
    /// - Parameters:
    ///   - linkType: What all packets begin with.
    ///   - resolution: The smallest time that is distinguished.
    ///   - snapLength: The most bytes that are kept of a packet, up to ``CaptureReader/largestPacket``.
    public init(
        linkType: LinkType, resolution: Resolution = .nanoseconds, snapLength: Int = CaptureReader.largestPacket
    ) {
        self.resolution = resolution
        self.snapLength = min(max(snapLength, 0), CaptureReader.largestPacket)
        append(resolution == .microseconds ? 0xa1b2_c3d4 : 0xa1b2_3c4d)
        append(0x0002_0004)
        append(0)
        append(0)
        append(UInt32(self.snapLength))
        append(linkType.rawValue)
    }

    /// Writes a packet.
    ///
    /// - Parameters:
    ///   - packet: Its bytes, of which the snap length are kept.
    ///   - nanoseconds: When it was captured, since 1970; a time that the format cannot express (before 1970, after
    ///     2106) becomes the nearest one.
    ///   - originalLength: How long it was on its link; nil for as long as it is here.
    public mutating func write(_ packet: Span<UInt8>, at nanoseconds: Int64, originalLength: Int? = nil) {
        let kept = min(packet.count, snapLength)
        let clamped = min(max(nanoseconds, 0), Int64(UInt32.max) * 1_000_000_000 + 999_999_999)
        append(UInt32(clamped / 1_000_000_000))
        append(UInt32(clamped % 1_000_000_000) / (resolution == .microseconds ? 1000 : 1))
        append(UInt32(kept))
        append(UInt32(clamping: originalLength ?? packet.count))
        for index in 0..<kept { bytes.append(packet[index]) }
    }

    /// Hands over what has been written, so that a long capture need not be in memory.
    ///
    /// - Returns: The bytes since the last call.
    public mutating func takeBytes() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func append(_ number: UInt32) {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
    }
}
