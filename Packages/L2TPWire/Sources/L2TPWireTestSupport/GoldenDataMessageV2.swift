public import L2TPWire

/// A data message of L2TPv2 whose bytes and meaning are known from elsewhere than the code under test.
public struct GoldenDataMessageV2: Sendable, CustomStringConvertible {
    /// A short name, unique among the vectors.
    public let name: String
    /// Who says so: a section of an RFC.
    public let source: String
    /// The bytes up to the payload, as hexadecimal text.
    public let headerHexadecimal: String
    /// What the header says.
    public let header: DataHeaderV2
    /// Whether serializing ``header`` gives the same bytes, which reserved bits and padding other than zeros prevent.
    public let isCanonical: Bool

    /// A PPP frame: an LCP Echo-Request.
    public static let payload = Hex.parseLiteral("ff03 c021 09 01 0008 00000000")

    /// The whole message.
    public var bytes: [UInt8] { Hex.parseLiteral(headerHexadecimal) + Self.payload }
    /// The name.
    public var description: String { name }

    /// Every vector: each of the optional fields alone, and all of them.
    public static let all: [GoldenDataMessageV2] = [
        make("plain", "0002 1122 3344", hasLength: false),
        make("length", "4002 0014 1122 3344", hasLength: true),
        make("sequence", "0802 1122 3344 0005 0006", hasLength: false, numbers: numbers),
        make("offset", "0202 1122 3344 0003 000000", hasLength: false, offset: 3),
        make("priority", "0102 1122 3344", hasLength: false, priority: true),
        make(
            "all", "4b02 001c 1122 3344 0005 0006 0002 0000", hasLength: true, numbers: numbers, priority: true,
            offset: 2),
        make("offset-of-zero", "0202 1122 3344 0000", hasLength: false, offset: 0),
        make("reserved-bits", "34f2 1122 3344", hasLength: false, isCanonical: false),
        make("padding-other-than-zeros", "0202 1122 3344 0002 abcd", hasLength: false, offset: 2, isCanonical: false),
    ]

    private static let numbers = DataHeaderV2.Numbers(ns: ControlSequenceNumber(5), nr: ControlSequenceNumber(6))

    /// The values are literals of this module, so a wrong one is ours.
    private static func make(
        _ name: String, _ hexadecimal: String, hasLength: Bool, numbers: DataHeaderV2.Numbers? = nil,
        priority: Bool = false, offset: Int? = nil, isCanonical: Bool = true
    ) -> GoldenDataMessageV2 {
        do {
            let header = try DataHeaderV2(
                tunnelID: TunnelID(0x1122), sessionID: SessionID(0x3344), hasLength: hasLength, numbers: numbers,
                hasPriority: priority, offsetByteCount: offset)
            return GoldenDataMessageV2(
                name: "v2-data-\(name)", source: "RFC 2661 §3.1", headerHexadecimal: hexadecimal, header: header,
                isCanonical: isCanonical)
        } catch {
            preconditionFailure("golden vector: \(error)")
        }
    }
}
