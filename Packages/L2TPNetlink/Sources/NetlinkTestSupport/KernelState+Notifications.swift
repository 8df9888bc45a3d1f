internal import CLibmnl
internal import L2TPModel
internal import L2TPNetlink
internal import L2TPWire
internal import Netlink

/// What the family `l2tp` tells its multicast group: creations and changes afterwards, deletions before. Sessions that
/// go with their tunnel, and sockets that are closed, are not told.
extension KernelState {
    /// The number of the multicast group `l2tp`.
    static let l2tpGroup: UInt32 = 7

    /// Notifies a command on a tunnel.
    func announce(_ row: TunnelRow, _ command: Int) {
        announce(describe(row, as: command, flags: .acknowledge), requester.sequence, requester.portID)
    }

    /// Notifies a command on a session.
    func announce(_ row: SessionRow, _ command: Int) {
        announce(describe(row, as: command, flags: .acknowledge), requester.sequence, requester.portID)
    }

    /// Sends a notification as it stands, whatever there is here.
    func announce(_ notification: L2TPNotification) {
        let message =
            switch (notification.object, notification.action) {
            case (.tunnel(let tunnel), .create): describe(tunnel, as: L2TP_CMD_TUNNEL_CREATE)
            case (.tunnel(let tunnel), .modify): describe(tunnel, as: L2TP_CMD_TUNNEL_MODIFY)
            case (.tunnel(let tunnel), .delete): describe(tunnel, as: L2TP_CMD_TUNNEL_DELETE)
            case (.session(let session), .create): describe(session, as: L2TP_CMD_SESSION_CREATE)
            case (.session(let session), .modify): describe(session, as: L2TP_CMD_SESSION_MODIFY)
            case (.session(let session), .delete): describe(session, as: L2TP_CMD_SESSION_DELETE)
            }
        announce(message, 1, notification.requesterPortID)
    }

    private func describe(_ tunnel: Tunnel, as command: Int) -> Reply {
        describe(TunnelRow(tunnel: tunnel), as: command, flags: .acknowledge)
    }

    private func describe(_ session: Session, as command: Int) -> Reply {
        let row = SessionRow(session: session, sublayer: .default, encapsulation: .udp, version: .v3)
        return describe(row, as: command, flags: .acknowledge)
    }

    private func announce(_ message: Reply, _ sequence: UInt32, _ portID: UInt32) {
        multicast(message, over: .generic, group: Self.l2tpGroup, sequence: sequence, portID: portID)
    }
}
