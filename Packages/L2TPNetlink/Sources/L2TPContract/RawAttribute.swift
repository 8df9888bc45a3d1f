public import Netlink
public import SystemPackage

/// An attribute as bytes, for requests past the client's checks and for replies.
public struct RawAttribute: Hashable, Sendable, CustomStringConvertible {
    /// Its number.
    public var type: NetlinkAttributeType
    /// Its value, without padding.
    public var value: [UInt8]

    /// An attribute of bytes.
    public init(_ type: NetlinkAttributeType, _ value: [UInt8]) {
        self.type = type
        self.value = value
    }

    /// An attribute of a number in host byte order.
    public init<Number: FixedWidthInteger & UnsignedInteger>(_ type: NetlinkAttributeType, number: Number) {
        let bytes = (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number.littleEndian >> Number($0 * 8)) }
        self.init(type, bytes)
    }

    /// An attribute of text with its zero byte.
    public init(_ type: NetlinkAttributeType, text: String) {
        self.init(type, Array(text.utf8) + [0])
    }

    /// `9: b8 0b 00 00`.
    public var description: String {
        "\(type.rawValue):" + value.map { " " + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension [RawAttribute] {
    /// Those of one number with this one in their place, or nothing for nil.
    func replacing(_ type: NetlinkAttributeType, _ value: [UInt8]?) -> Self {
        filter { $0.type != type } + (value.map { [RawAttribute(type, $0)] } ?? [])
    }

    /// Those of one number with a number in their place.
    func replacing<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: NetlinkAttributeType, number: Number
    ) -> Self {
        replacing(type, RawAttribute(type, number: number).value)
    }

    /// The value of the first of a number.
    func value(of type: NetlinkAttributeType) -> [UInt8]? { first { $0.type == type }?.value }
}

/// What the kernel answers to a request that is put together by hand.
public struct RawOutcome: Hashable, Sendable, CustomStringConvertible {
    /// One message of the family besides the verdict.
    public struct Reply: Hashable, Sendable {
        /// The command in its generic netlink header.
        public var command: UInt8
        /// The flags of its netlink header.
        public var flags: NetlinkMessageFlags
        /// Its attributes, in their order.
        public var attributes: [RawAttribute]
    }

    /// Why the kernel refused; nil where it did not.
    public var errno: Errno?
    /// The messages besides the verdict.
    public var replies: [Reply] = []

    /// The error's name, or the replies.
    public var description: String {
        if let errno { return errno.symbol }
        let texts = replies.map { reply in
            let attributes = reply.attributes.map(\.description).joined(separator: ", ")
            return "command \(reply.command) flags \(reply.flags.rawValue) [\(attributes)]"
        }
        return texts.isEmpty ? "done" : texts.joined(separator: "; ")
    }
}
