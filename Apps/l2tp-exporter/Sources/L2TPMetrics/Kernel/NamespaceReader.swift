internal import L2TPModel
internal import L2TPNetlink
internal import LinkControl
internal import Netlink
internal import Synchronization

/// Reads one network namespace again and again, over sockets that stay open.
final class NamespaceReader<Transport: NetlinkTransport & Sendable & ~Copyable>: Sendable {
    /// The sockets, opened when they are needed, and what is remembered between walks.
    private struct Seat: ~Copyable {
        var client: L2TPClient<Transport>?
        var links: FollowedLinks<Transport>?
        var interfaces = SessionInterfaces()
    }

    /// Which namespace it is; nil if that could not be told.
    let identity: NetworkNamespace.Identity?
    private let connector: NetlinkConnector<Transport>
    private let followsInterfaces: Bool
    private let seat = Mutex(Seat())

    init(_ connector: NetlinkConnector<Transport>, identity: NetworkNamespace.Identity?, followsInterfaces: Bool) {
        self.connector = connector
        self.identity = identity
        self.followsInterfaces = followsInterfaces
    }

    /// Reads the tunnels, the sessions and what is new about the links.
    func read(name: String?) -> NamespaceReading {
        seat.withLock { seat in
            var contents: NamespaceReading.Contents
            do throws(L2TPError) {
                contents = try objects(&seat)
            } catch {
                return NamespaceReading(name: name, contents: .failure(error))
            }
            guard followsInterfaces else { return NamespaceReading(name: name, contents: .success(contents)) }
            do throws(NetlinkError) {
                // After the sessions: the interface of each that was listed is notified by now.
                contents.interfaces = try interfaces(of: contents.sessions, &seat)
                contents.interfaceRevision = seat.interfaces.revision
            } catch {
                return NamespaceReading(name: name, contents: .success(contents), interfaceProblem: error.description)
            }
            return NamespaceReading(name: name, contents: .success(contents))
        }
    }

    /// The tunnels and sessions.
    private func objects(_ seat: inout Seat) throws(L2TPError) -> NamespaceReading.Contents {
        if var client = seat.client.take() {
            do throws(L2TPError) {
                let contents = try Self.objects(&client)
                seat.client = consume client
                return contents
            } catch {
                // The module may have been loaded again, which gives its family another number: once more, afresh.
            }
        }
        var client = try L2TPClient(connector)
        let contents = try Self.objects(&client)
        seat.client = consume client
        return contents
    }

    private static func objects(
        _ client: inout L2TPClient<Transport>
    ) throws(L2TPError) -> NamespaceReading.Contents {
        let tunnels = try client.tunnels()
        return NamespaceReading.Contents(tunnels: tunnels, sessions: try client.sessions())
    }

    private func interfaces(of sessions: [Session], _ seat: inout Seat) throws(NetlinkError) -> [Link?] {
        var links: FollowedLinks<Transport>
        if let open = seat.links.take() {
            links = open
            try links.update()
        } else {
            links = try FollowedLinks(connector)
            seat.interfaces.forgetGeneration()
        }
        let interfaces = seat.interfaces.links(of: sessions, among: links)
        seat.links = consume links
        return interfaces
    }
}
