import L2TPNetlink
import L2TPWire
import Netlink
import SystemPackage

/// Changes of tunnels and sessions by the kernel's commands as they are, none of them waited for.
struct RawChanges: ~Copyable {
    private var exchange: Exchange<NetlinkSocket>
    private let family: GenericFamily

    init(in namespace: TestNamespace) throws {
        let connector = NetlinkConnector<NetlinkSocket>.kernel(in: namespace.networkNamespace)
        var exchange = Exchange(over: try connector.open(.generic))
        family = try exchange.family(named: GenericFamily.l2tpName)
        self.exchange = exchange
    }

    /// Makes a managed UDP tunnel of a socket of this process.
    mutating func createTunnel(_ id: UInt32, over socket: FileDescriptor) throws(NetlinkError) {
        try perform(1) { (writer) throws(NetlinkError) in
            try writer.append(NetlinkAttributeType(9), number: id)
            try writer.append(NetlinkAttributeType(10), number: id)
            try writer.append(NetlinkAttributeType(7), number: UInt8(3))
            try writer.append(NetlinkAttributeType(2), number: UInt16(0))
            try writer.append(NetlinkAttributeType(23), number: UInt32(bitPattern: socket.rawValue))
        }
    }

    /// Notifies the group of a tunnel, and changes nothing.
    mutating func modifyTunnel(_ id: UInt32) throws(NetlinkError) {
        try perform(3) { (writer) throws(NetlinkError) in
            try writer.append(NetlinkAttributeType(9), number: id)
        }
    }

    /// Deletes a tunnel.
    mutating func deleteTunnel(_ id: UInt32) throws(NetlinkError) {
        try perform(2) { (writer) throws(NetlinkError) in
            try writer.append(NetlinkAttributeType(9), number: id)
        }
    }

    /// Changes whether a session sends sequence numbers.
    mutating func modifySession(_ id: UInt32, in tunnelID: UInt32, sendsSequenceNumbers: Bool) throws(NetlinkError) {
        try perform(7) { (writer) throws(NetlinkError) in
            try writer.append(NetlinkAttributeType(9), number: tunnelID)
            try writer.append(NetlinkAttributeType(11), number: id)
            try writer.append(NetlinkAttributeType(19), number: UInt8(sendsSequenceNumbers ? 1 : 0))
        }
    }

    private mutating func perform(
        _ command: UInt8, _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: command, version: family.version)
            try build(&writer)
        }
    }
}
