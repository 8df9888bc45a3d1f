import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import Testing

/// One end of a PPP session with an interface, without a PPP daemon: nothing is negotiated.
final class PPPEnd {
    /// The name of its interface.
    let interface: String
    let socket: PPPoL2TPSocket
    let channel: PPPChannel
    private let unit: PPPUnit

    /// The address of a side's interface.
    static func address(_ side: Side) -> String { side == .left ? "10.43.1.1" : "10.43.1.2" }

    /// Makes a session of an existing tunnel, and an interface with an address for it.
    init(_ kind: TunnelKind, _ side: Side, _ session: UInt32, in tunnel: UInt32, of pair: SitePair) throws {
        let namespace = pair[side]
        socket = try kind.pppSocket(side, session, in: tunnel, of: pair)
        channel = try socket.channel()
        unit = try PPPUnit(in: namespace.networkNamespace)
        try channel.connect(to: unit)
        try unit.allow(.ipv4)
        interface = unit.interfaceName
        let peer = Self.address(side.other)
        try Shell.ip(
            ["address add \(Self.address(side)) peer \(peer) dev \(interface)", "link set \(interface) up"],
            in: namespace)
    }
}
