import L2TPNetlink
import L2TPWire
import Netlink

/// The kernel's L2TP commands as they are, without the checks of `L2TPClient`.
struct RawL2TP: ~Copyable {
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

    /// What GET answers for those identifiers.
    mutating func session(_ id: SessionID, in tunnelID: TunnelID) throws(NetlinkError) -> SessionKey? {
        var key: SessionKey?
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: L2TPCommand.sessionGet.rawValue, version: family.version)
            try writer.append(.conn, number: tunnelID.rawValue)
            try writer.append(.session, number: id.rawValue)
        } reply: { (message) throws(NetlinkError) in
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

    /// Deletes what the kernel finds for those identifiers.
    mutating func deleteSession(_ id: SessionID, in tunnelID: TunnelID) throws(NetlinkError) {
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: L2TPCommand.sessionDelete.rawValue, version: family.version)
            try writer.append(.conn, number: tunnelID.rawValue)
            try writer.append(.session, number: id.rawValue)
        }
    }

    /// Creates a session, of Ethernet unless told otherwise, with the default sublayer.
    mutating func createSession(
        _ key: SessionKey, _ pseudowire: PseudowireType = .ethernet
    ) throws(NetlinkError) {
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: L2TPCommand.sessionCreate.rawValue, version: family.version)
            try writer.append(.conn, number: key.tunnelID.rawValue)
            try writer.append(.session, number: key.id.rawValue)
            try writer.append(.peerSession, number: key.id.rawValue)
            try writer.append(.pseudowire, number: pseudowire.rawValue)
            if let name = key.interface { try writer.append(.interface, text: name) }
        }
    }

    /// Deletes a tunnel, without waiting.
    mutating func deleteTunnel(_ id: TunnelID) throws(NetlinkError) {
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: L2TPCommand.tunnelDelete.rawValue, version: family.version)
            try writer.append(.conn, number: id.rawValue)
        }
    }
}

extension RawL2TP.SessionKey {
    fileprivate init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        self.init(tunnelID: TunnelID(0), id: SessionID(0))
        var reader = try message.attributes(after: GenericFamily.headerByteCount)
        while let attribute = try reader.next() {
            switch attribute.type {
            case .conn: tunnelID = TunnelID(try attribute.number())
            case .session: id = SessionID(try attribute.number())
            case .interface: interface = attribute.text
            default: break
            }
        }
    }
}

/// The numbers of `<linux/l2tp.h>`, written down once more: the tests do not borrow the library's.
extension NetlinkAttributeType {
    fileprivate static let pseudowire = Self(1)
    fileprivate static let interface = Self(8)
    fileprivate static let conn = Self(9)
    fileprivate static let session = Self(11)
    fileprivate static let peerSession = Self(12)
}
