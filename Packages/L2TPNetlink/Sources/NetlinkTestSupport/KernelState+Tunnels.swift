internal import CLibmnl
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import LinkControl
internal import Netlink
internal import SystemPackage

/// Reading and deleting tunnels.
extension KernelState {
    /// The tunnel that `L2TP_ATTR_CONN_ID` names.
    func tunnelIndex(_ attributes: AttributeTable) throws(Errno) -> Int {
        let id = TunnelID(try attributes.required(L2TP_ATTR_CONN_ID))
        guard let index = tunnels.firstIndex(where: { $0.id == id }) else { throw .operationNotSupportedByDevice }
        return index
    }

    mutating func getTunnel(_ attributes: AttributeTable) throws(Errno) -> Reply {
        let row = tunnels[try tunnelIndex(attributes)]
        lookAtTunnels { $0.id == row.id }
        return describe(row, flags: .acknowledge)
    }

    mutating func dumpTunnels() -> [Reply] {
        let rows = tunnelsInDumpOrder
        lookAtTunnels { _ in true }
        return rows.map { describe($0, flags: .multipart) }
    }

    /// Linux walks tunnels by identifier.
    var tunnelsInDumpOrder: [TunnelRow] { tunnels.sorted { $0.id < $1.id } }

    /// Tunnels are seen; those whose end has come go.
    mutating func lookAtTunnels(where isSeen: (TunnelRow) -> Bool) {
        for index in tunnels.indices where isSeen(tunnels[index]) { tunnels[index].lifetime.countLook() }
        removeEndedTunnels()
    }

    mutating func deleteTunnel(_ attributes: AttributeTable) throws(Errno) {
        let index = try tunnelIndex(attributes)
        announce(tunnels[index], L2TP_CMD_TUNNEL_DELETE)
        endTunnel(tunnels[index].id, after: behavior.deletionDelay)
    }

    /// Begins the end of a tunnel and its sessions.
    mutating func endTunnel(_ id: TunnelID, after looks: Int) {
        for index in tunnels.indices where tunnels[index].id == id { tunnels[index].lifetime.end(after: looks) }
        for index in sessions.indices where sessions[index].isMember(of: id) {
            sessions[index].lifetime.end(after: looks)
        }
        removeEndedTunnels()
    }

    /// Tunnels whose end has come go, and their sessions with them or, on Linux 6.12, later.
    private mutating func removeEndedTunnels() {
        for tunnel in tunnels where tunnel.lifetime.isOver {
            for index in sessions.indices where sessions[index].isMember(of: tunnel.id) {
                if release == .linux6_12, behavior.orphanDelay > 0 {
                    sessions[index].isOrphan = true
                    sessions[index].lifetime.postpone(by: behavior.orphanDelay)
                } else {
                    sessions[index].lifetime.finish()
                }
            }
        }
        tunnels.removeAll { $0.lifetime.isOver }
        removeEndedSessions()
    }

    func describe(
        _ row: TunnelRow, as command: Int = L2TP_CMD_TUNNEL_GET, flags: NetlinkMessageFlags
    ) -> Reply {
        let tunnel = row.tunnel
        return Self.reply(command, flags: flags) { (writer) throws(NetlinkError) in
            try writer.append(NetlinkAttributeType(L2TP_ATTR_PROTO_VERSION), number: tunnel.protocolVersion.rawValue)
            try writer.append(NetlinkAttributeType(L2TP_ATTR_CONN_ID), number: tunnel.id.rawValue)
            try writer.append(NetlinkAttributeType(L2TP_ATTR_PEER_CONN_ID), number: tunnel.peerID.rawValue)
            try writer.append(NetlinkAttributeType(L2TP_ATTR_DEBUG), number: UInt32(0))
            try writer.append(NetlinkAttributeType(L2TP_ATTR_ENCAP_TYPE), number: tunnel.encapsulation.number)
            try append(tunnel.statistics, to: &writer)
            if let udp = tunnel.encapsulation.udp {
                if row.isIPv6 {
                    if !udp.ipv6TransmitChecksum {
                        try writer.append(flag: NetlinkAttributeType(L2TP_ATTR_UDP_ZERO_CSUM6_TX))
                    }
                    if !udp.ipv6ReceiveChecksum {
                        try writer.append(flag: NetlinkAttributeType(L2TP_ATTR_UDP_ZERO_CSUM6_RX))
                    }
                } else {
                    try writer.append(NetlinkAttributeType(L2TP_ATTR_UDP_CSUM), number: UInt8(udp.ipv4Checksum ? 1 : 0))
                }
                try writer.append(NetlinkAttributeType(L2TP_ATTR_UDP_SPORT), number: udp.sourcePort)
                try writer.append(NetlinkAttributeType(L2TP_ATTR_UDP_DPORT), number: udp.destinationPort)
            }
            guard let local = tunnel.local, let peer = tunnel.peer else { return }
            let (source, destination) =
                row.isIPv6
                ? (L2TP_ATTR_IP6_SADDR, L2TP_ATTR_IP6_DADDR) : (L2TP_ATTR_IP_SADDR, L2TP_ATTR_IP_DADDR)
            try writer.append(NetlinkAttributeType(source), address: local)
            try writer.append(NetlinkAttributeType(destination), address: peer)
        }
    }

    /// Appends the counters, nested without `NLA_F_NESTED` and in the kernel's order.
    func append(_ statistics: Statistics, to writer: inout NetlinkMessageWriter) throws(NetlinkError) {
        let counters: [(Int, UInt64?)] = [
            (L2TP_ATTR_TX_PACKETS, statistics.transmitPackets),
            (L2TP_ATTR_TX_BYTES, statistics.transmitBytes),
            (L2TP_ATTR_TX_ERRORS, statistics.transmitErrors),
            (L2TP_ATTR_RX_PACKETS, statistics.receivePackets),
            (L2TP_ATTR_RX_BYTES, statistics.receiveBytes),
            (L2TP_ATTR_RX_SEQ_DISCARDS, statistics.receiveSequenceDiscards),
            (
                L2TP_ATTR_RX_COOKIE_DISCARDS,
                behavior.lacksDiscardCounters ? nil : statistics.receiveCookieDiscards ?? 0
            ),
            (L2TP_ATTR_RX_OOS_PACKETS, statistics.receiveOutOfSequencePackets),
            (L2TP_ATTR_RX_ERRORS, statistics.receiveErrors),
            (L2TP_ATTR_RX_INVALID, behavior.lacksDiscardCounters ? nil : statistics.receiveInvalidPackets ?? 0),
        ]
        let nested = Reply.payload { (nest) throws(NetlinkError) in
            for (type, value) in counters {
                if let value { try nest.append(NetlinkAttributeType(type), number: value) }
            }
        }
        try writer.append(NetlinkAttributeType(L2TP_ATTR_STATS), bytes: nested.span)
    }
}
