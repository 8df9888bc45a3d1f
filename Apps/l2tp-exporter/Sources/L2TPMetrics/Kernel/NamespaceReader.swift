internal import L2TPModel
internal import L2TPNetlink
internal import LinkControl
internal import Netlink
internal import Synchronization

/// Reads one network namespace again and again, over sockets that stay open.
final class NamespaceReader<Transport: NetlinkTransport & Sendable & ~Copyable>: Sendable {
    /// The sockets, opened when they are needed, and what is remembered between walks.
    private struct State: ~Copyable {
        var client: L2TPClient<Transport>?
        var links: FollowedLinks<Transport>?
        var interfaces = SessionInterfaces()
    }

    /// Which namespace it is; nil if that could not be told.
    let identity: NetworkNamespace.Identity?
    private let connector: NetlinkConnector<Transport>
    private let followsInterfaces: Bool
    private let state = Mutex(State())

    init(_ connector: NetlinkConnector<Transport>, identity: NetworkNamespace.Identity?, followsInterfaces: Bool) {
        self.connector = connector
        self.identity = identity
        self.followsInterfaces = followsInterfaces
    }

    /// Reads the tunnels, the sessions and what is new about the links.
    func read(name: String?) -> NamespaceReading {
        state.withLock { state in
            var contents: NamespaceReading.Contents
            do throws(L2TPError) {
                contents = try objects(&state)
            } catch {
                return NamespaceReading(name: name, contents: .failure(error))
            }
            guard followsInterfaces else { return NamespaceReading(name: name, contents: .success(contents)) }
            do throws(NetlinkError) {
                // After the sessions: the interface of each that was listed is notified by now.
                contents.interfaces = try interfaces(of: contents.sessions, &state)
                contents.interfaceRevision = state.interfaces.revision
            } catch {
                return NamespaceReading(name: name, contents: .success(contents), interfaceProblem: error.description)
            }
            return NamespaceReading(name: name, contents: .success(contents))
        }
    }

    /// The tunnels and sessions.
    private func objects(_ state: inout State) throws(L2TPError) -> NamespaceReading.Contents {
        if var client = state.client.take() {
            do throws(L2TPError) {
                let contents = try Self.objects(&client)
                state.client = consume client
                return contents
            } catch {
                // The module may have been loaded again, which gives its family another number: once more, afresh.
            }
        }
        var client = try L2TPClient(connector)
        let contents = try Self.objects(&client)
        state.client = consume client
        return contents
    }

    private static func objects(
        _ client: inout L2TPClient<Transport>
    ) throws(L2TPError) -> NamespaceReading.Contents {
        let tunnels = try client.tunnels()
        return NamespaceReading.Contents(tunnels: tunnels, sessions: try client.sessions())
    }

    private func interfaces(of sessions: [Session], _ state: inout State) throws(NetlinkError) -> [Link?] {
        var links: FollowedLinks<Transport>
        if let open = state.links.take() {
            links = open
            try links.update()
        } else {
            links = try FollowedLinks(connector)
            state.interfaces.forgetGeneration()
        }
        let interfaces = state.interfaces.links(of: sessions, among: links)
        state.links = consume links
        return interfaces
    }
}
