/// The VPI and VCI of a call at the LAC's ATM interface (RFC 3301 §5.2, VPI/VCI Identifier).
public struct ATMCircuitID: AVPValue {
    /// Virtual path identifier, 0…4095: 12 bits.
    public let vpi: UInt16
    /// Virtual channel identifier, 0…65535.
    public let vci: UInt16

    /// A pair of identifiers; nil for a path identifier of more than 12 bits.
    public init?(vpi: UInt16, vci: UInt16) {
        guard vpi <= 0x0FFF else { return nil }
        self.vpi = vpi
        self.vci = vci
    }

    /// Reads a pair of identifiers; the four bits before them are reserved and ignored.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(4)
        vpi = value.bigEndian(at: 0) & 0x0FFF
        vci = value.bigEndian(at: 2)
    }

    /// Length on the wire in bytes: 4.
    public var encodedByteCount: Int { 4 }

    /// Appends both identifiers.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: vpi)
        output.append(bigEndian: vci)
    }

    /// Both identifiers.
    public var fields: [AVPField] {
        [
            AVPField("VPI", byteCount: 2, .number(UInt64(vpi), name: nil)),
            AVPField("VCI", at: 2, byteCount: 2, .number(UInt64(vci), name: nil)),
        ]
    }
}
