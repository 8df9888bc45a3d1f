import L2TPModel
import L2TPNetlink

extension Filter {
    /// Whether an event is meant. A tunnel's is also when one of the sessions that went with it is meant; that
    /// notifications were lost concerns all.
    func matches(_ event: L2TPEvent) -> Bool {
        switch event.kind {
        case .overrun:
            true
        case .tunnelCreated(let tunnel), .tunnelModified(_, let tunnel):
            !isOfSessions && matches(tunnel)
        case .tunnelDeleted(let tunnel, let sessions):
            isOfSessions ? sessions.contains(where: matches) : matches(tunnel)
        case .sessionCreated(let session), .sessionModified(_, let session), .sessionDeleted(let session):
            !concernsCarrier && matches(session)
        case .unattributed(let notification):
            switch notification.object {
            case .tunnel(let tunnel): !isOfSessions && matches(tunnel)
            case .session(let session): !concernsCarrier && matches(session)
            }
        }
    }

    /// Whether something is given that only sessions have.
    private var isOfSessions: Bool {
        sessionID != nil || peerSessionID != nil || interfaceName != nil || cookie != nil || peerCookie != nil
    }
}
