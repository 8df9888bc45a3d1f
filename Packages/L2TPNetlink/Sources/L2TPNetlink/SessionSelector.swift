internal import L2TPModel
internal import L2TPWire
internal import Netlink

/// What makes the kernel find a session.
enum SessionSelector {
    case identifiers(SessionID, in: TunnelID)
    case interface(String)
}

extension NetlinkMessageWriter {
    /// Appends the attributes that select a session.
    mutating func append(_ selector: SessionSelector) throws(NetlinkError) {
        switch selector {
        case .identifiers(let id, let tunnelID):
            try append(.tunnelID, number: tunnelID.rawValue)
            try append(.sessionID, number: id.rawValue)
        case .interface(let name):
            try append(.interfaceName, text: name)
        }
    }
}

/// A session that was read, and what makes the kernel find just this one; the selector is nil if nothing does.
struct LocatedSession {
    var session: Session
    var selector: SessionSelector?
}
