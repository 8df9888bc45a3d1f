public import L2TPWire

extension TunnelSpecification {
    /// Everything that is wrong with the specification by itself, all findings at once; empty when it
    /// can be created.
    public func violations() -> [Violation] {
        var found: [Violation] = []
        func report(_ field: String, _ message: String) {
            found.append(Violation(field: field, message: message))
        }
        if !id.isValid { report("tunnel_id", "0 is not a tunnel id (1…4294967295)") }
        if !peerID.isValid { report("peer_tunnel_id", "0 is not a tunnel id (1…4294967295)") }
        if protocolVersion != .v3 {
            report("version", "\(protocolVersion) needs a control connection: only L2TPv3 tunnels can be unmanaged")
        }
        if local.version != peer.version {
            report("remote", "\(peer) is \(peer.version) but local \(local) is \(local.version)")
        }
        if local.isMulticast {
            report("local", "\(local) is a multicast group, not an address of this host")
        } else if local == .v4(.broadcast) {
            report("local", "\(local) is the broadcast address, not an address of this host")
        }
        if peer.isAny { report("remote", "\(peer) is no peer: a tunnel needs the address of the other end") }
        if encapsulation.kind == .ip, peer.isMulticast {
            report("remote", "\(peer) is a multicast group, which encapsulation ip cannot use")
        }
        for (field, address) in [("local", local), ("remote", peer)] {
            if case .v6(let address) = address, address.isIPv4Mapped {
                report(field, "\(address) is an IPv4-mapped address: write it as IPv4")
            }
        }
        if case .other(let number) = encapsulation {
            report("encap", "\(number) is not known here: udp and ip are")
        }
        if let udp = encapsulation.udp {
            if udp.sourcePort == 0 { report("udp_sport", "0 is not a port (1…65535)") }
            if udp.destinationPort == 0 { report("udp_dport", "0 is not a port (1…65535)") }
        }
        return found
    }
}

extension SessionSpecification {
    /// Everything that is wrong with the specification by itself, all findings at once; empty when it
    /// can be created in a suitable tunnel.
    public func violations() -> [Violation] {
        var found: [Violation] = []
        func report(_ field: String, _ message: String) {
            found.append(Violation(field: field, message: message))
        }
        if !tunnelID.isValid { report("tunnel_id", "0 is not a tunnel id (1…4294967295)") }
        if !id.isValid { report("session_id", "0 is not a session id (1…4294967295)") }
        if !peerID.isValid { report("peer_session_id", "0 is not a session id (1…4294967295)") }
        if pseudowireType == .ppp, interfaceName != nil {
            report("name", "a PPP session has no interface: pppd makes and names it")
        } else if pseudowireType != .ethernet, pseudowireType != .ppp {
            report("pseudowire", "Linux has no driver for type \(pseudowireType): eth and ppp are known")
        }
        for (field, cookie) in [("cookie", cookie), ("peer_cookie", peerCookie)] {
            if let cookie, !cookie.hasStandardLength {
                report(field, "has \(cookie.byteCount) bytes; L2TPv3 knows 4 and 8 (8 or 16 hex digits)")
            }
        }
        if l2SpecificSublayer == .none, sendsSequenceNumbers || requiresSequenceNumbers {
            report("seq", "sequence numbers travel in the default sublayer: l2spec_type must be default")
        }
        found += reorderTimeout.reorderTimeoutViolations
        return found
    }
}

extension SessionSpecification {
    /// Everything that is wrong with the specification in a tunnel of that protocol version, all findings at once.
    ///
    /// The kernel drops what L2TPv2 has no place for without a word. L2TPv2 has no sublayer either: there
    /// ``l2SpecificSublayer`` is not sent, and sequence numbers stand in the header.
    public func violations(in version: ProtocolVersion) -> [Violation] {
        var found = violations()
        guard version == .v2 else { return found }
        func report(_ field: String, _ message: String) {
            found.append(Violation(field: field, message: message))
        }
        for (field, id) in [("session_id", id), ("peer_session_id", peerID)] where id.isValid && !id.isValid(in: .v2) {
            report(field, "\(id) is not a session id of L2TPv2 (1…65535)")
        }
        if pseudowireType == .ethernet {
            report("pseudowire", "an L2TPv2 tunnel carries PPP only")
        }
        for (field, cookie) in [("cookie", cookie), ("peer_cookie", peerCookie)] where cookie != nil {
            report(field, "L2TPv2 has no cookies")
        }
        return found
    }
}
