internal import CLibmnl
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// Creating sessions.
extension KernelState {
    mutating func createSession(_ attributes: AttributeTable) throws(Errno) {
        let tunnel = tunnels[try tunnelIndex(attributes)]
        guard !tunnel.lifetime.isEnding else { throw .operationNotSupportedByDevice }
        let version = tunnel.tunnel.protocolVersion
        var session = Session(
            tunnelID: tunnel.id,
            peerTunnelID: tunnel.tunnel.peerID,
            id: SessionID(try attributes.required(L2TP_ATTR_SESSION_ID)),
            peerID: SessionID(try attributes.required(L2TP_ATTR_PEER_SESSION_ID)),
            pseudowireType: PseudowireType(rawValue: try attributes.required(L2TP_ATTR_PW_TYPE)))
        guard session.pseudowireType.rawValue < 12 else { throw .invalidArgument }
        var sublayer = L2SpecificSublayer.default
        if version != .v2 {
            if let number: UInt8 = attributes.number(L2TP_ATTR_L2SPEC_TYPE) {
                guard let known = L2SpecificSublayer(rawValue: number) else { throw .invalidArgument }
                sublayer = known
            }
            session.cookie = attributes.bytes(L2TP_ATTR_COOKIE).flatMap { Cookie(reported: $0.span) }
            session.peerCookie = attributes.bytes(L2TP_ATTR_PEER_COOKIE).flatMap { Cookie(reported: $0.span) }
        }
        session.usesIPsec = tunnel.descriptor.flatMap { sockets[$0]?.hasIPsecPolicy } ?? false
        applySettings(attributes, to: &session)
        try checkDriver(of: session.pseudowireType, in: version)
        let clashes = try clashingSessions(session.id, in: tunnel)
        var link: Link?
        if session.pseudowireType == .ethernet {
            let mtu = Self.mtu(over: tunnel, session.cookie, sublayer)
            link = try makeLink(
                named: attributes.text(L2TP_ATTR_IFNAME) ?? "l2tpeth%d", mtu: mtu, isPseudowire: true)
        }
        session.interfaceName = link?.name
        for index in clashes { sessions[index].hasCollided = true }
        let row = SessionRow(
            session: session, sublayer: sublayer, encapsulation: tunnel.tunnel.encapsulation.kind, version: version,
            linkIndex: link?.index, hasCollided: !clashes.isEmpty)
        sessions.append(row)
        announce(row, L2TP_CMD_SESSION_CREATE)
    }

    /// Only Ethernet and PPP have drivers, and a tunnel of version 2 takes PPP only.
    private func checkDriver(of type: PseudowireType, in version: ProtocolVersion) throws(Errno) {
        let module: String
        switch type {
        case .ethernet where version != .v2: module = "l2tp_eth"
        case .ppp: module = "l2tp_ppp"
        default: throw .protocolNotSupported
        }
        guard !behavior.missingModules.contains(module) else { throw .protocolNotSupported }
    }

    /// The sessions of the same identifier that the kernel tolerates beside a new one; throws `EEXIST`
    /// if it does not.
    ///
    /// L2TPv3 identifiers are the namespace's, but tunnels over UDP may share them. Linux 6.12 forgets
    /// that one tunnel may not have the same twice.
    private mutating func clashingSessions(_ id: SessionID, in tunnel: TunnelRow) throws(Errno) -> [Int] {
        let isV2 = tunnel.tunnel.protocolVersion == .v2
        let same = sessions.indices.filter { index in
            let row = sessions[index]
            return row.session.id == id && (row.version == .v2) == isV2
                && (!isV2 || row.session.tunnelID == tunnel.id)
        }
        let isTolerated = same.allSatisfy { index in
            let row = sessions[index]
            return !isV2 && row.encapsulation == .udp && tunnel.tunnel.encapsulation.kind == .udp
                && (release == .linux6_12 || row.session.tunnelID != tunnel.id)
        }
        guard isTolerated else {
            for index in same { sessions[index].lifetime.countLook() }
            removeEndedSessions()
            throw .fileExists
        }
        return same
    }

    /// The MTU over a path of 1500 bytes, as the kernel reckons it.
    private static func mtu(over tunnel: TunnelRow, _ cookie: Cookie?, _ sublayer: L2SpecificSublayer) -> UInt32 {
        // UDP header, and L2TP's flags and version.
        let udp = tunnel.tunnel.encapsulation.kind == .udp ? 8 + 4 : 0
        let l2tp = 4 + (cookie?.byteCount ?? 0) + sublayer.byteCount
        return UInt32(1500 - (tunnel.isIPv6 ? 40 : 20) - udp - l2tp - 14)
    }
}
