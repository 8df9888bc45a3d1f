/// Counters of a call's line (RFC 2661 §4.4.6, Call Errors; RFC 3931 §5.4.5, Circuit Errors).
///
/// RFC 2661 has six counters. The figure of RFC 3931 has lost the first two, though its text keeps the length of all
/// six; both forms are read. Send six counters: other implementations read only those.
public struct CallErrors: AVPValue {
    /// The two counters that RFC 3931 does not show.
    public struct LineErrors: Hashable, Sendable {
        /// PPP frames received with CRC errors since the call was established.
        public var crc: UInt32
        /// Improperly framed PPP packets received.
        public var framing: UInt32

        /// A pair of counters.
        public init(crc: UInt32, framing: UInt32) {
            self.crc = crc
            self.framing = framing
        }
    }

    /// CRC and framing errors; nil in the form of RFC 3931's figure.
    public var lineErrors: LineErrors?
    /// Overruns of the receive buffer since the call was established.
    public var hardwareOverruns: UInt32
    /// Buffer overruns detected since the call was established.
    public var bufferOverruns: UInt32
    /// Timeouts since the call was established.
    public var timeoutErrors: UInt32
    /// Alignment errors since the call was established.
    public var alignmentErrors: UInt32

    /// A set of counters.
    public init(
        lineErrors: LineErrors?, hardwareOverruns: UInt32, bufferOverruns: UInt32, timeoutErrors: UInt32,
        alignmentErrors: UInt32
    ) {
        self.lineErrors = lineErrors
        self.hardwareOverruns = hardwareOverruns
        self.bufferOverruns = bufferOverruns
        self.timeoutErrors = timeoutErrors
        self.alignmentErrors = alignmentErrors
    }

    /// Reads six counters or four, after two reserved bytes.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        if value.count == 18 {
            lineErrors = nil
        } else {
            try value.checkByteCount(26)
            lineErrors = LineErrors(crc: value.bigEndian(at: 2), framing: value.bigEndian(at: 6))
        }
        let start = value.count - 16
        hardwareOverruns = value.bigEndian(at: start)
        bufferOverruns = value.bigEndian(at: start + 4)
        timeoutErrors = value.bigEndian(at: start + 8)
        alignmentErrors = value.bigEndian(at: start + 12)
    }

    /// The counters in the order of the wire.
    private var counters: [(name: String, count: UInt32)] {
        (lineErrors.map { [("CRC Errors", $0.crc), ("Framing Errors", $0.framing)] } ?? []) + [
            ("Hardware Overruns", hardwareOverruns), ("Buffer Overruns", bufferOverruns),
            ("Timeout Errors", timeoutErrors), ("Alignment Errors", alignmentErrors),
        ]
    }

    /// Length on the wire in bytes: 26, or 18 without CRC and framing errors.
    public var encodedByteCount: Int { lineErrors == nil ? 18 : 26 }

    /// Appends two bytes of zero and the counters.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: 0 as UInt16)
        for counter in counters { output.append(bigEndian: counter.count) }
    }

    /// The counters.
    public var fields: [AVPField] {
        counters.enumerated().map { index, counter in
            AVPField(counter.name, at: 2 + 4 * index, byteCount: 4, .number(UInt64(counter.count), name: nil))
        }
    }
}
