internal import LinkControl
internal import Netlink

/// A client for the links of one network namespace.
final class LinkSeat<Transport: NetlinkTransport & ~Copyable> {
    /// The client.
    var client: LinkClient<Transport>

    init(_ connector: NetlinkConnector<Transport>) throws(NetlinkError) {
        client = try LinkClient(connector)
    }
}

/// The clients for the links of the namespaces, each opened when it is first needed and held from then on.
final class LinkAccess<Transport: NetlinkTransport & ~Copyable> {
    private let networks: Networks<Transport>
    private var seats: [String?: LinkSeat<Transport>] = [:]
    private var connectors: [String: NetlinkConnector<Transport>] = [:]

    init(_ networks: Networks<Transport>) {
        self.networks = networks
    }

    /// Where the tunnels are, in words that follow «not».
    var home: String {
        switch networks.home {
        case .current: "on this host"
        case .named(let name): "in network namespace \(name)"
        case .path(let path): "in network namespace \(path)"
        }
    }

    /// Whether a named namespace exists; the one of the tunnels always does.
    func exists(_ namespace: String?) -> Bool {
        namespace.map { connectors[$0] != nil || networks.exists($0) } ?? true
    }

    /// The names of all named namespaces.
    var namespaceNames: [String] { networks.names() }

    /// The namespace to move an interface to; nil stands for the one of the tunnels.
    func destination(_ namespace: String?) -> NetworkNamespace {
        namespace.map(networks.namespace) ?? networks.home
    }

    /// What opens transports in a namespace; the same is used for all of them, so that they are in the same one.
    func connector(_ namespace: String?) -> NetlinkConnector<Transport> {
        guard let namespace else { return networks.tunnels }
        if let connector = connectors[namespace] { return connector }
        let connector = networks.named(namespace)
        connectors[namespace] = connector
        return connector
    }

    /// The client for a namespace; nil stands for the one of the tunnels.
    func seat(_ namespace: String?) throws(ApplyError) -> LinkSeat<Transport> {
        if let seat = seats[namespace] { return seat }
        do throws(NetlinkError) {
            let seat = try LinkSeat(connector(namespace))
            seats[namespace] = seat
            return seat
        } catch {
            throw ApplyError(reading: "the interfaces\(Self.place(namespace))", error)
        }
    }

    /// Reads in a namespace; `subject` says what.
    func read<Value>(
        _ subject: String, in namespace: String?,
        _ body: (inout LinkClient<Transport>) throws(NetlinkError) -> Value
    ) throws(ApplyError) -> Value {
        let seat = try seat(namespace)
        do throws(NetlinkError) {
            return try body(&seat.client)
        } catch {
            throw ApplyError(reading: subject + Self.place(namespace), error)
        }
    }

    /// A namespace in words, to be put behind an object.
    static func place(_ namespace: String?) -> String {
        namespace.map { " in network namespace \($0)" } ?? ""
    }
}
