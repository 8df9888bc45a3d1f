internal import CLibmnl
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// Finding, reading, modifying and deleting sessions.
extension KernelState {
    /// The session that a request selects: by the name of its interface, else by its identifiers.
    private func sessionIndex(_ attributes: AttributeTable) throws(Errno) -> Int {
        var found: Int?
        if let name = attributes.text(L2TP_ATTR_IFNAME) {
            // The kernel walks the sessions of its tunnels.
            found = sessions.lastIndex { $0.session.interfaceName == name && !$0.isOrphan }
        } else if let tunnelID: UInt32 = attributes.number(L2TP_ATTR_CONN_ID),
            let sessionID: UInt32 = attributes.number(L2TP_ATTR_SESSION_ID)
        {
            found = sessionIndex(SessionID(sessionID), in: TunnelID(tunnelID))
        }
        guard let found else { throw .operationNotSupportedByDevice }
        return found
    }

    /// The session that identifiers find.
    ///
    /// Linux 6.11 and later look L2TPv3 sessions up by session identifier alone, if only the tunnel
    /// exists, and compare the tunnel only where the identifier has been in two tunnels at a time.
    private func sessionIndex(_ id: SessionID, in tunnelID: TunnelID) -> Int? {
        guard let tunnel = tunnels.first(where: { $0.id == tunnelID }) else { return nil }
        if release == .linux6_12, tunnel.tunnel.protocolVersion != .v2 {
            let candidates = sessions.indices.filter { sessions[$0].session.id == id && sessions[$0].version != .v2 }
            if let only = candidates.first, candidates.count == 1, !sessions[only].hasCollided { return only }
            if behavior.hidesOlderSessions, let newest = candidates.last { return newest }
        }
        return sessions.lastIndex { $0.session.tunnelID == tunnelID && $0.session.id == id }
    }

    mutating func getSession(_ attributes: AttributeTable) throws(Errno) -> Reply {
        let index = try sessionIndex(attributes)
        let reply = describe(sessions[index], flags: [])
        sessions[index].lifetime.countLook()
        removeEndedSessions()
        return reply
    }

    /// Linux shows of several sessions of one tunnel and identifier only the newest.
    mutating func dumpSessions() -> [Reply] {
        var replies: [Reply] = []
        for tunnel in tunnelsInDumpOrder {
            let own = sessions.indices.filter { sessions[$0].isMember(of: tunnel.id) }
            let newest = own.reversed().reduce(into: [Int]()) { kept, index in
                let id = sessions[index].session.id
                if !kept.contains(where: { sessions[$0].session.id == id }) { kept.append(index) }
            }
            for index in newest.sorted(by: { sessions[$0].session.id < sessions[$1].session.id }) {
                replies.append(describe(sessions[index], flags: .multipart))
                sessions[index].lifetime.countLook()
            }
        }
        removeEndedSessions()
        return replies
    }

    mutating func deleteSession(_ attributes: AttributeTable) throws(Errno) {
        let index = try sessionIndex(attributes)
        announce(sessions[index], L2TP_CMD_SESSION_DELETE)
        sessions[index].lifetime.end(after: behavior.deletionDelay)
        removeEndedSessions()
    }

    /// Sessions whose end has come go; their interfaces follow.
    mutating func removeEndedSessions() {
        for session in sessions where session.lifetime.isOver {
            guard let pseudowire = session.linkIndex else { continue }
            for index in links.indices where links[index].pseudowire == pseudowire {
                links[index].lifetime.end(after: behavior.linkRemovalDelay)
            }
            neighbor?.removePseudowire(pseudowire)
        }
        sessions.removeAll { $0.lifetime.isOver }
        removeEndedLinks()
    }

    /// Only these four can be changed; the rest of the attributes is ignored.
    mutating func modifySession(_ attributes: AttributeTable) throws(Errno) {
        let index = try sessionIndex(attributes)
        applySettings(attributes, to: &sessions[index].session)
        announce(sessions[index], L2TP_CMD_SESSION_MODIFY)
    }

    func applySettings(_ attributes: AttributeTable, to session: inout Session) {
        if let bit = attributes.bit(L2TP_ATTR_RECV_SEQ) { session.requiresSequenceNumbers = bit }
        if let bit = attributes.bit(L2TP_ATTR_SEND_SEQ) { session.sendsSequenceNumbers = bit }
        if let bit = attributes.bit(L2TP_ATTR_LNS_MODE) { session.lnsMode = bit }
        if let milliseconds: UInt64 = attributes.number(L2TP_ATTR_RECV_TIMEOUT) {
            session.reorderTimeout = Self.roundedToClockTick(milliseconds)
        }
    }

    /// Milliseconds, cut to 32 bits and rounded up to the ticks of a clock of 250 Hz.
    private static func roundedToClockTick(_ milliseconds: UInt64) -> Duration {
        let ticks = (UInt64(UInt32(truncatingIfNeeded: milliseconds)) + 3) / 4
        return .milliseconds(Int64(ticks * 4))
    }

    func describe(
        _ row: SessionRow, as command: Int = L2TP_CMD_SESSION_GET, flags: NetlinkMessageFlags
    ) -> Reply {
        let session = row.session
        return Self.reply(command, flags: flags) { (writer) throws(NetlinkError) in
            try writer.append(NetlinkAttributeType(L2TP_ATTR_CONN_ID), number: session.tunnelID.rawValue)
            try writer.append(NetlinkAttributeType(L2TP_ATTR_SESSION_ID), number: session.id.rawValue)
            try writer.append(NetlinkAttributeType(L2TP_ATTR_PEER_CONN_ID), number: session.peerTunnelID.rawValue)
            try writer.append(NetlinkAttributeType(L2TP_ATTR_PEER_SESSION_ID), number: session.peerID.rawValue)
            try writer.append(NetlinkAttributeType(L2TP_ATTR_DEBUG), number: UInt32(0))
            try writer.append(NetlinkAttributeType(L2TP_ATTR_PW_TYPE), number: session.pseudowireType.rawValue)
            if let name = session.interfaceName {
                try writer.append(NetlinkAttributeType(L2TP_ATTR_IFNAME), text: name)
            }
            for (type, cookie) in [
                (L2TP_ATTR_COOKIE, session.cookie), (L2TP_ATTR_PEER_COOKIE, session.peerCookie),
            ] {
                guard let cookie else { continue }
                let bytes = (0..<cookie.byteCount).map { cookie[$0] }
                try writer.append(NetlinkAttributeType(type), bytes: bytes.span)
            }
            for (type, setting) in [
                (L2TP_ATTR_RECV_SEQ, session.requiresSequenceNumbers),
                (L2TP_ATTR_SEND_SEQ, session.sendsSequenceNumbers),
                (L2TP_ATTR_LNS_MODE, session.lnsMode),
            ] {
                try writer.append(NetlinkAttributeType(type), number: UInt8(setting ? 1 : 0))
            }
            if session.usesIPsec { try writer.append(NetlinkAttributeType(L2TP_ATTR_USING_IPSEC), number: UInt8(1)) }
            if session.reorderTimeout > .zero {
                let (seconds, attoseconds) = session.reorderTimeout.components
                let milliseconds = UInt64(seconds) * 1000 + UInt64(attoseconds) / 1_000_000_000_000_000
                try writer.append(NetlinkAttributeType(L2TP_ATTR_RECV_TIMEOUT), number: milliseconds)
            }
            try append(session.statistics, to: &writer)
        }
    }
}
