import L2TPConfig
import L2TPDecode
import L2TPModel
import L2TPWire
import PacketCapture

extension KnownSessions {
    /// What a configuration says about the messages of its sessions, in both directions.
    ///
    /// What we receive bears our identifier and the cookie that we expect, what we send the peer's and the cookie that we
    /// send. The peer's messages come from its port to ours.
    init(_ configuration: Configuration) {
        self.init()
        for tunnel in configuration.tunnels {
            guard let encapsulation = tunnel.specification.encapsulation.kind else { continue }
            let udp = tunnel.specification.encapsulation.udp
            for session in tunnel.sessions {
                let specification = session.specification
                let name = "\(tunnel.name)/\(session.name)"
                add(
                    KnownSession(
                        encapsulation: encapsulation, receiver: NetworkAddress(tunnel.specification.local),
                        receiverPort: udp?.sourcePort, sessionID: specification.id,
                        expecting: specification.peerCookie, specification, name: name))
                add(
                    KnownSession(
                        encapsulation: encapsulation, receiver: NetworkAddress(tunnel.specification.peer),
                        receiverPort: udp?.destinationPort, sessionID: specification.peerID,
                        expecting: specification.cookie, specification, name: name))
            }
        }
    }
}

extension KnownSession {
    fileprivate init(
        encapsulation: Encapsulation, receiver: NetworkAddress?, receiverPort: UInt16?, sessionID: SessionID,
        expecting cookie: Cookie?, _ specification: SessionSpecification, name: String
    ) {
        self.init(
            encapsulation: encapsulation, receiver: receiver, receiverPort: receiverPort, sessionID: sessionID,
            format: DataFormat(
                cookieLength: CookieLength(of: cookie) ?? .none, sublayer: specification.l2SpecificSublayer),
            cookie: cookie, pseudowireType: specification.pseudowireType, name: name, source: .configuration)
    }
}

extension NetworkAddress {
    /// An address of the model; nil for one that stands for any.
    fileprivate init?(_ address: IPAddress) {
        guard !address.isAny else { return nil }
        switch address {
        case .v4(let address): self.init(ipv4: address.number)
        case .v6(let address): self.init(high: address.high, low: address.low)
        }
    }
}
