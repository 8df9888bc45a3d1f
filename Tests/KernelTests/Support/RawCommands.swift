import L2TPNetlink
import Netlink

/// An attribute as a test wants it, whatever the kernel's policy says.
struct RawAttribute: Hashable, Sendable {
    /// The number of `<linux/l2tp.h>`.
    var type: UInt16
    var value: [UInt8]

    init(_ type: UInt16, _ value: [UInt8]) {
        self.type = type
        self.value = value
    }

    /// A number in host byte order, in the length of its type.
    init(_ type: UInt16, _ number: some FixedWidthInteger & UnsignedInteger) {
        self.init(type, number.littleEndian == number ? number.bytes.reversed() : number.bytes)
    }
}

/// Commands of the family `l2tp` with attributes of the test's choice.
struct RawCommands: ~Copyable {
    private var exchange: Exchange<NetlinkSocket>
    private let family: GenericFamily

    init(in namespace: TestNamespace) throws {
        let connector = NetlinkConnector<NetlinkSocket>.kernel(in: namespace.networkNamespace)
        var exchange = Exchange(over: try connector.open(.generic))
        family = try exchange.family(named: GenericFamily.l2tpName)
        self.exchange = exchange
    }

    /// Sends a command and waits for its acknowledgement.
    mutating func send(_ command: L2TPCommand, _ attributes: [RawAttribute]) throws(NetlinkError) {
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: command.rawValue, version: family.version)
            for attribute in attributes {
                try writer.append(NetlinkAttributeType(rawValue: attribute.type), bytes: attribute.value.span)
            }
        }
    }
}
