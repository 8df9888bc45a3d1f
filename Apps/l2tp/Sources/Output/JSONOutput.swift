import CommandLineSupport
import L2TPModel
import L2TPWire
import SystemPackage

/// The JSON of ip-l2tp(8), with booleans where that has null, and with what it leaves out.
///
/// The manual documents every key; a key is absent where the kernel does not report the value.
struct JSONOutput: OutputFormat {
    /// In several lines instead of one.
    var pretty = false

    func text(of tunnels: [Tunnel]) -> String {
        text(of: tunnels, write)
    }

    func text(of sessions: [Session]) -> String {
        text(of: sessions, write)
    }

    func write(_ sessions: [Session], to sink: (ArraySlice<UInt8>) throws(Errno) -> Void) throws(Errno) {
        var json = JSONWriter(pretty: pretty, capacity: min(1024 * (sessions.count + 1), 2 * Self.pieceByteCount))
        try json.array { (json) throws(Errno) in
            for session in sessions {
                json.object { write(session, to: &$0) }
                try json.drain(Self.pieceByteCount, to: sink)
            }
        }
        json.endLine()
        try json.drain(to: sink)
    }

    private func text<Element>(of elements: [Element], _ write: (Element, inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(pretty: pretty, capacity: (pretty ? 1024 : 512) * elements.count)
        json.array { json in
            for element in elements {
                json.object { write(element, &$0) }
            }
        }
        return json.text + "\n"
    }

    private func write(_ tunnel: Tunnel, to json: inout JSONWriter) {
        json.member(.tunnelID, tunnel.id.rawValue)
        json.member(.encapsulation, tunnel.encapsulation.kind?.label ?? "\(tunnel.encapsulation.number)")
        if let local = tunnel.local { json.member(.local, local.description) }
        if let peer = tunnel.peer { json.member(.peer, peer.description) }
        json.member(.peerTunnel, tunnel.peerID.rawValue)
        if let udp = tunnel.encapsulation.udp {
            json.member(.localPort, udp.sourcePort)
            json.member(.peerPort, udp.destinationPort)
            switch tunnel.local?.version {
            case .v4:
                json.member(.checksum, udp.ipv4Checksum)
            case .v6:
                json.member(.transmitChecksum, udp.ipv6TransmitChecksum)
                json.member(.receiveChecksum, udp.ipv6ReceiveChecksum)
            case nil:
                break
            }
        }
        json.member(.version, tunnel.protocolVersion.rawValue)
        write(tunnel.statistics, to: &json)
    }

    private func write(_ session: Session, to json: inout JSONWriter) {
        json.member(.sessionID, session.id.rawValue)
        json.member(.tunnelID, session.tunnelID.rawValue)
        json.member(.peerSessionID, session.peerID.rawValue)
        json.member(.peerTunnelID, session.peerTunnelID.rawValue)
        if let name = session.interfaceName { json.member(.interface, name) }
        if let cookie = session.cookie { json.member(.cookie, cookie.hexadecimal) }
        if let cookie = session.peerCookie { json.member(.peerCookie, cookie.hexadecimal) }
        if session.reorderMilliseconds > 0 { json.member(.reorderTimeout, session.reorderMilliseconds) }
        json.member(.sendsSequence, session.sendsSequenceNumbers)
        json.member(.requiresSequence, session.requiresSequenceNumbers)
        json.member(.pseudowireType, session.pseudowireType.description)
        json.member(.lnsMode, session.lnsMode)
        json.member(.ipsec, session.usesIPsec)
        write(session.statistics, to: &json)
    }

    private func write(_ statistics: Statistics, to json: inout JSONWriter) {
        json.member(.statistics) { write(statistics, into: &$0) }
    }

    /// The counters as members.
    func write(_ statistics: Statistics, into json: inout JSONWriter) {
        json.member(.transmitPackets, statistics.transmitPackets)
        json.member(.transmitBytes, statistics.transmitBytes)
        json.member(.transmitErrors, statistics.transmitErrors)
        json.member(.receivePackets, statistics.receivePackets)
        json.member(.receiveBytes, statistics.receiveBytes)
        json.member(.receiveErrors, statistics.receiveErrors)
        json.member(.receiveSequenceDiscards, statistics.receiveSequenceDiscards)
        json.member(.receiveOutOfSequence, statistics.receiveOutOfSequencePackets)
        if let discards = statistics.receiveCookieDiscards { json.member(.receiveCookieDiscards, discards) }
        if let invalid = statistics.receiveInvalidPackets { json.member(.receiveInvalid, invalid) }
    }
}
