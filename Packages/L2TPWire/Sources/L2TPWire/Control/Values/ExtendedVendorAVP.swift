/// An AVP of a vendor whose number has more than 16 bits (RFC 3931 §5.1, Extended Vendor ID).
public struct ExtendedVendorAVP: AVPValue {
    /// The vendor's SMI Network Management Private Enterprise Code, 0…4294967295.
    public var vendorID: UInt32
    /// The number of the attribute among that vendor's.
    public var number: UInt16
    /// The attribute value, 0…1011 bytes.
    public var value: [UInt8]

    /// An AVP.
    public init(vendorID: UInt32, number: UInt16, value: [UInt8]) {
        self.vendorID = vendorID
        self.number = number
        self.value = value
    }

    /// Reads vendor and number, and all of the rest as value.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(atLeast: 4, of: "Vendor ID")
        try value.checkByteCount(atLeast: 6, of: "Attribute Type")
        self.init(
            vendorID: value.bigEndian(at: 0), number: value.bigEndian(at: 4),
            value: [UInt8](parsing: value.extracting(droppingFirst: 6)))
    }

    /// Length on the wire in bytes: 6 and that of the value.
    public var encodedByteCount: Int { 6 + value.count }

    /// Appends vendor, number and value.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(bigEndian: vendorID)
        output.append(bigEndian: number)
        value.serialize(into: &output)
    }

    /// Vendor, number and value.
    public var fields: [AVPField] {
        [
            AVPField("Vendor ID", byteCount: 4, .number(UInt64(vendorID), name: nil)),
            AVPField("Attribute Type", at: 4, byteCount: 2, .number(UInt64(number), name: nil)),
            AVPField("Attribute Value", at: 6, byteCount: value.count, .bytes(value)),
        ]
    }
}
