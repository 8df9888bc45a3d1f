internal import CLibmnl
internal import SystemPackage

/// A generic netlink family: its numbers, which the kernel hands out when the family is registered.
public struct GenericFamily: Hashable, Sendable {
    /// The family's name.
    public var name: String
    /// The message type of the family's messages.
    public var messageType: NetlinkMessageType
    /// The version of the family's interface that requests bear.
    public var version: UInt8
    /// The family's multicast groups: name → number.
    public var multicastGroups: [String: UInt32]

    /// A family from its parts.
    public init(name: String, messageType: NetlinkMessageType, version: UInt8, multicastGroups: [String: UInt32] = [:])
    {
        self.name = name
        self.messageType = messageType
        self.version = version
        self.multicastGroups = multicastGroups
    }

    /// Length in bytes of the header that stands before the attributes (`GENL_HDRLEN`).
    public static let headerByteCount = 4

    /// The family that knows all families (`GENL_ID_CTRL`).
    public static let controller = Self(
        name: "nlctrl", messageType: NetlinkMessageType(rawValue: UInt16(GENL_ID_CTRL)), version: 2)

    /// A family as an answer of the controller describes it (`CTRL_CMD_NEWFAMILY`).
    ///
    /// Throws `EBADMSG` if the answer is malformed or lacks the family's number.
    public init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        var name = ""
        var messageType: NetlinkMessageType?
        var version: UInt32 = 0
        var groups: [String: UInt32] = [:]
        var reader = try message.attributes(after: Self.headerByteCount)
        while let attribute = try reader.next() {
            switch Int(attribute.type.rawValue) {
            case CTRL_ATTR_FAMILY_NAME: name = attribute.text
            case CTRL_ATTR_FAMILY_ID: messageType = NetlinkMessageType(rawValue: try attribute.number())
            case CTRL_ATTR_VERSION: version = try attribute.number()
            case CTRL_ATTR_MCAST_GROUPS: groups = try Self.multicastGroups(attribute.nested)
            default: break
            }
        }
        guard let messageType else { throw .malformed("family \(name) lacks its number") }
        self.init(
            name: name, messageType: messageType, version: UInt8(clamping: version), multicastGroups: groups)
    }

    private static func multicastGroups(
        _ list: consuming NetlinkAttributeReader
    ) throws(NetlinkError) -> [String: UInt32] {
        var groups: [String: UInt32] = [:]
        while let entry = try list.next() {
            var name: String?
            var number: UInt32?
            var reader = entry.nested
            while let attribute = try reader.next() {
                switch Int(attribute.type.rawValue) {
                case CTRL_ATTR_MCAST_GRP_NAME: name = attribute.text
                case CTRL_ATTR_MCAST_GRP_ID: number = try attribute.number()
                default: break
                }
            }
            if let name, let number { groups[name] = number }
        }
        return groups
    }
}

extension NetlinkMessageWriter {
    /// Appends the header of a generic netlink message; the kernel's is `struct genlmsghdr`. Throws
    /// `EMSGSIZE` if the buffer is too small.
    public mutating func append(genericCommand command: UInt8, version: UInt8) throws(NetlinkError) {
        try append(header: [command, version, 0, 0])
    }
}

extension NetlinkMessage {
    /// The command of a generic netlink message (`struct genlmsghdr`). Throws `EBADMSG` if it is too short.
    public var genericCommand: UInt8 {
        get throws(NetlinkError) {
            guard payload.count >= GenericFamily.headerByteCount else {
                throw .malformed("generic netlink message of \(payload.count) bytes lacks its header")
            }
            return payload[0]
        }
    }
}

extension Exchange where Transport: ~Copyable {
    /// Looks a generic netlink family up by name, which makes the kernel load the module that has it.
    ///
    /// Throws `ENOENT` if no module has the family. The kernel command is `CTRL_CMD_GETFAMILY`.
    public mutating func family(named name: String) throws(NetlinkError) -> GenericFamily {
        var family: GenericFamily?
        try request(GenericFamily.controller.messageType) { (writer) throws(NetlinkError) in
            try writer.append(genericCommand: UInt8(CTRL_CMD_GETFAMILY), version: GenericFamily.controller.version)
            try writer.append(NetlinkAttributeType(CTRL_ATTR_FAMILY_NAME), text: name)
        } reply: { (message) throws(NetlinkError) in
            family = try GenericFamily(message)
        }
        guard let family else { throw .malformed("the kernel confirmed family \(name) without describing it") }
        return family
    }
}
