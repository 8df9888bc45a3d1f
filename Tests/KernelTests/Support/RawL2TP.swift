import L2TPContract
import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage

/// The kernel's L2TP commands as they are, without the checks and the waits of `L2TPClient`.
struct RawL2TP: ~Copyable {
    /// The numbers of `<linux/l2tp.h>`, written down once more: the tests do not borrow the library's.
    enum Attribute {
        static let pseudowire = NetlinkAttributeType(1)
        static let encapsulation = NetlinkAttributeType(2)
        static let version = NetlinkAttributeType(7)
        static let interface = NetlinkAttributeType(8)
        static let tunnelID = NetlinkAttributeType(9)
        static let peerTunnelID = NetlinkAttributeType(10)
        static let sessionID = NetlinkAttributeType(11)
        static let peerSessionID = NetlinkAttributeType(12)
        static let udpChecksum = NetlinkAttributeType(13)
        static let cookie = NetlinkAttributeType(15)
        static let peerCookie = NetlinkAttributeType(16)
        static let sendSequence = NetlinkAttributeType(19)
        static let descriptor = NetlinkAttributeType(23)
        static let ipv4 = [NetlinkAttributeType(24), NetlinkAttributeType(25)]
        static let ports = [NetlinkAttributeType(26), NetlinkAttributeType(27)]
        static let ipv6 = [NetlinkAttributeType(31), NetlinkAttributeType(32)]
    }

    /// What tells one session from another.
    struct SessionKey: Hashable, Sendable {
        var tunnelID: TunnelID
        var id: SessionID
        var interface: String?
    }

    private var exchange: Exchange<NetlinkSocket>
    private let family: GenericFamily

    init(in namespace: TestNamespace) throws {
        let connector = NetlinkConnector<NetlinkSocket>.kernel(in: namespace.networkNamespace)
        var exchange = Exchange(over: try connector.open(.generic))
        family = try exchange.family(named: GenericFamily.l2tpName)
        self.exchange = exchange
    }

    /// Sends a command with attributes of the test's choice and waits for its acknowledgement.
    mutating func send(
        _ command: L2TPCommand, _ attributes: [RawAttribute],
        reply: (borrowing NetlinkMessage) throws(NetlinkError) -> Void = { (_) throws(NetlinkError) in }
    ) throws(NetlinkError) {
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: command.rawValue, version: family.version)
            for attribute in attributes { try writer.append(attribute.type, bytes: attribute.value.span) }
        } reply: { (message) throws(NetlinkError) in
            try reply(message)
        }
    }

    // MARK: Sessions

    /// What GET answers for those identifiers.
    mutating func session(_ id: SessionID, in tunnelID: TunnelID) throws(NetlinkError) -> SessionKey? {
        var key: SessionKey?
        try send(.sessionGet, Self.identifiers(id, in: tunnelID)) { (message) throws(NetlinkError) in
            key = try SessionKey(message)
        }
        return key
    }

    /// What a dump lists, in its order.
    mutating func sessions() throws(NetlinkError) -> [SessionKey] {
        var keys: [SessionKey] = []
        try exchange.dump(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: L2TPCommand.sessionGet.rawValue, version: family.version)
        } restart: {
            keys = []
        } member: { (message) throws(NetlinkError) in
            keys.append(try SessionKey(message))
        }
        return keys
    }

    /// Creates a session, of Ethernet unless told otherwise, with the default sublayer.
    mutating func createSession(
        _ key: SessionKey, _ pseudowire: PseudowireType = .ethernet
    ) throws(NetlinkError) {
        let name = key.interface.map { [RawAttribute(Attribute.interface, text: $0)] } ?? []
        try send(
            .sessionCreate,
            Self.identifiers(key.id, in: key.tunnelID) + [
                RawAttribute(Attribute.peerSessionID, number: key.id.rawValue),
                RawAttribute(Attribute.pseudowire, number: pseudowire.rawValue),
            ] + name)
    }

    /// Changes whether a session sends sequence numbers.
    mutating func modifySession(
        _ id: SessionID, in tunnelID: TunnelID, sendsSequenceNumbers: Bool
    ) throws(NetlinkError) {
        let value: UInt8 = sendsSequenceNumbers ? 1 : 0
        try send(
            .sessionModify,
            Self.identifiers(id, in: tunnelID) + [RawAttribute(Attribute.sendSequence, number: value)])
    }

    /// Deletes what the kernel finds for those identifiers.
    mutating func deleteSession(_ id: SessionID, in tunnelID: TunnelID) throws(NetlinkError) {
        try send(.sessionDelete, Self.identifiers(id, in: tunnelID))
    }

    /// The attributes that name a session.
    static func identifiers(_ id: SessionID, in tunnelID: TunnelID) -> [RawAttribute] {
        [
            RawAttribute(Attribute.tunnelID, number: tunnelID.rawValue),
            RawAttribute(Attribute.sessionID, number: id.rawValue),
        ]
    }

    // MARK: Tunnels

    /// Makes a managed UDP tunnel of a socket of this process.
    mutating func createTunnel(_ id: TunnelID, over socket: FileDescriptor) throws(NetlinkError) {
        try send(
            .tunnelCreate,
            [
                RawAttribute(Attribute.tunnelID, number: id.rawValue),
                RawAttribute(Attribute.peerTunnelID, number: id.rawValue),
                RawAttribute(Attribute.version, number: 3 as UInt8),
                RawAttribute(Attribute.encapsulation, number: 0 as UInt16),
                RawAttribute(Attribute.descriptor, number: UInt32(bitPattern: socket.rawValue)),
            ])
    }

    /// Notifies the group of a tunnel, and changes nothing.
    mutating func modifyTunnel(_ id: TunnelID) throws(NetlinkError) {
        try send(.tunnelModify, [RawAttribute(Attribute.tunnelID, number: id.rawValue)])
    }

    /// Deletes a tunnel.
    mutating func deleteTunnel(_ id: TunnelID) throws(NetlinkError) {
        try send(.tunnelDelete, [RawAttribute(Attribute.tunnelID, number: id.rawValue)])
    }
}

extension RawL2TP.SessionKey {
    fileprivate init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        self.init(tunnelID: TunnelID(0), id: SessionID(0))
        var reader = try message.attributes(after: GenericFamily.headerByteCount)
        while let attribute = try reader.next() {
            switch attribute.type {
            case RawL2TP.Attribute.tunnelID: tunnelID = TunnelID(try attribute.number())
            case RawL2TP.Attribute.sessionID: id = SessionID(try attribute.number())
            case RawL2TP.Attribute.interface: interface = attribute.text
            default: break
            }
        }
    }
}
