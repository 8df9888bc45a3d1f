/// The identifier of the PPP authentication between LAC and remote system (RFC 2661 §4.4.5, Proxy Authen ID).
public struct ProxyAuthenID: AVPValue {
    /// The identifier, 0…255.
    public var id: UInt8

    /// An identifier.
    public init(_ id: UInt8) {
        self.id = id
    }

    /// Reads an identifier after a reserved byte.
    public init(parsing value: Span<UInt8>) throws(WireError) {
        try value.checkByteCount(2)
        self.init(value[1])
    }

    /// Length on the wire in bytes: 2.
    public var encodedByteCount: Int { 2 }

    /// Appends a byte of zero and the identifier.
    public func serialize(into output: inout OutputSpan<UInt8>) {
        output.append(0)
        output.append(id)
    }

    /// The identifier.
    public var fields: [AVPField] { [AVPField(at: 1, byteCount: 1, .number(UInt64(id), name: nil))] }
}
