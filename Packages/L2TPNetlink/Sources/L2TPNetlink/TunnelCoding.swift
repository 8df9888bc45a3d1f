internal import L2TPModel
internal import L2TPWire
internal import LinkControl
internal import Netlink

extension NetlinkMessageWriter {
    /// Appends the attributes of `L2TP_CMD_TUNNEL_CREATE`.
    mutating func append(_ tunnel: TunnelSpecification) throws(NetlinkError) {
        try append(.tunnelID, number: tunnel.id.rawValue)
        try append(.peerTunnelID, number: tunnel.peerID.rawValue)
        try append(.protocolVersion, number: tunnel.protocolVersion.rawValue)
        try append(.encapsulationType, number: tunnel.encapsulation.number)
        switch tunnel.peer.version {
        case .v4:
            try append(.ipv4Source, address: tunnel.local)
            try append(.ipv4Destination, address: tunnel.peer)
        case .v6:
            try append(.ipv6Source, address: tunnel.local)
            try append(.ipv6Destination, address: tunnel.peer)
        }
        guard let udp = tunnel.encapsulation.udp else { return }
        try append(.udpSourcePort, number: udp.sourcePort)
        try append(.udpDestinationPort, number: udp.destinationPort)
        // The kernel takes the presence of UDP_CSUM for «on», even with the value 0.
        if udp.ipv4Checksum { try append(.udpChecksum, number: UInt8(1)) }
        if !udp.ipv6TransmitChecksum { try append(flag: .udpZeroChecksum6Transmit) }
        if !udp.ipv6ReceiveChecksum { try append(flag: .udpZeroChecksum6Receive) }
    }
}

extension Tunnel {
    /// A tunnel as a reply to `L2TP_CMD_TUNNEL_GET` describes it. Unknown attributes are skipped.
    ///
    /// Throws `EBADMSG` if the reply is malformed or lacks what every tunnel has.
    init(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        var id: TunnelID?
        var peerID = TunnelID(0)
        var version = ProtocolVersion.v3
        var encapsulation: UInt16?
        var udp = UDPParameters(sourcePort: 0, destinationPort: 0)
        var local: IPAddress?
        var peer: IPAddress?
        var statistics = Statistics()
        var reader = try message.attributes(after: GenericFamily.headerByteCount)
        while let attribute = try reader.next() {
            switch attribute.type {
            case .tunnelID: id = TunnelID(try attribute.number())
            case .peerTunnelID: peerID = TunnelID(try attribute.number())
            case .protocolVersion: version = ProtocolVersion(rawValue: try attribute.number())
            case .encapsulationType: encapsulation = try attribute.number()
            case .udpSourcePort: udp.sourcePort = try attribute.number()
            case .udpDestinationPort: udp.destinationPort = try attribute.number()
            case .udpChecksum: udp.ipv4Checksum = try attribute.number(UInt8.self) != 0
            case .udpZeroChecksum6Transmit: udp.ipv6TransmitChecksum = false
            case .udpZeroChecksum6Receive: udp.ipv6ReceiveChecksum = false
            case .ipv4Source, .ipv6Source: local = try IPAddress(attribute)
            case .ipv4Destination, .ipv6Destination: peer = try IPAddress(attribute)
            case .statistics: statistics = try Statistics(attribute.nested)
            default: break
            }
        }
        guard let id else { throw .malformed("tunnel without an identifier") }
        guard let encapsulation else { throw .malformed("tunnel \(id) without an encapsulation") }
        self.init(
            id: id,
            peerID: peerID,
            protocolVersion: version,
            encapsulation: TunnelEncapsulation(encapsulation, udp),
            local: local,
            peer: peer,
            statistics: statistics)
    }
}

extension TunnelEncapsulation {
    /// The encapsulation of a number, with these parameters if it is UDP. One unknown tunnel does not make a list
    /// unreadable.
    fileprivate init(_ number: UInt16, _ udp: UDPParameters) {
        switch Encapsulation(rawValue: number) {
        case .udp: self = .udp(udp)
        case .ip: self = .ip
        case nil: self = .other(number)
        }
    }
}
