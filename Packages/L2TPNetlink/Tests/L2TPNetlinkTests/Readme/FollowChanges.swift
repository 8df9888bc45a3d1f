import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink

/// Prints what happens to the sessions of a namespace until the task is cancelled.
func printSessionChanges<Transport: NetlinkTransport & Sendable & ~Copyable>(
    over connector: NetlinkConnector<Transport>
) async throws {
    for try await event in try L2TPEvents(connector) {
        switch event.kind {
        case .sessionCreated(let session): print("session \(session.id) carries \(session.pseudowireType)")
        case .sessionDeleted(let session):
            print("session \(session.id) has received", session.statistics.receivePackets)
        case .overrun: print("something may have come and gone unseen")
        default: break
        }
    }
}
