internal import LinkControl
public import Netlink
internal import SystemPackage

/// Creates, deletes and reads the L2TP tunnels and sessions of one network namespace.
///
/// A call returns when it is done: a tunnel or session that it has deleted is gone, its identifiers and interface
/// name free. What the kernel would accept although it cannot work is refused before anything is sent, and the
/// kernel's errors come back with their meaning. The calls that take a list, as ``createSessions(_:)`` and
/// ``deleteTunnels(_:waitingAtMost:progress:)``, have many requests under way at a time and return an error for each
/// member; all others ask one thing after the other.
///
/// ```swift
/// var client = try L2TPClient(.kernel())
/// for tunnel in try client.tunnels() { print(tunnel.id) }
/// ```
///
/// Errors are of type ``L2TPError``; catch them with `do throws(L2TPError) { … } catch { … }`. (Swift 6.3 crashes
/// on `catch let error as L2TPError where …` around a call on a client in a local variable.)
///
/// Everything needs CAP_NET_ADMIN in the user namespace that owns the network namespace, reading too.
public struct L2TPClient<Transport: NetlinkTransport & ~Copyable>: ~Copyable {
    /// The family `l2tp` of the kernel the client talks to.
    public let family: GenericFamily
    let connector: NetlinkConnector<Transport>
    var exchange: Exchange<Transport>
    private var linkClient: LinkClient<Transport>?
    var readingChoice = ReadingChoice()

    /// Opens a socket with `connector` and finds the family, which makes the kernel load the module.
    ///
    /// Throws ``L2TPError`` with reason `namespace` if the namespace cannot be entered and
    /// `notSupported` if the kernel has no L2TP.
    public init(_ connector: NetlinkConnector<Transport>) throws(L2TPError) {
        var exchange: Exchange<Transport>
        do {
            exchange = Exchange(over: try connector.open(.generic))
        } catch {
            throw L2TPError.opening(error)
        }
        do {
            family = try exchange.family(named: GenericFamily.l2tpName)
        } catch {
            throw L2TPError.opening(error)
        }
        self.exchange = exchange
        self.connector = connector
    }

    /// Sends a command that the kernel answers with an acknowledgement only.
    mutating func perform(
        _ command: L2TPCommand,
        _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: command.rawValue, version: family.version)
            try build(&writer)
        }
    }

    /// Reads one object; nil where the kernel knows none (`ENODEV`).
    mutating func get<Value>(
        _ command: L2TPCommand,
        _ build: (inout NetlinkMessageWriter) throws(NetlinkError) -> Void,
        decode: (borrowing NetlinkMessage) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> Value? {
        var value: Value?
        do {
            try exchange.request(family.messageType) { [family] (writer) throws(NetlinkError) in
                try writer.append(genericCommand: command.rawValue, version: family.version)
                try build(&writer)
            } reply: { (message) throws(NetlinkError) in
                value = try decode(message)
            }
        } catch  where error.operation == .request && error.errno == .operationNotSupportedByDevice {
            return nil
        }
        guard let value else { throw .malformed("the kernel confirmed the request without an answer") }
        return value
    }

    /// Reads all objects of a kind, one call of `member` each. The kernel ignores filters in a dump, so it gets none.
    /// Before each attempt `restart` is called.
    mutating func list(
        _ command: L2TPCommand,
        restart: () -> Void,
        member: (borrowing NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) {
        try exchange.dump(family.messageType) { [family] (writer) throws(NetlinkError) in
            try writer.append(genericCommand: command.rawValue, version: family.version)
        } restart: {
            restart()
        } member: { (message) throws(NetlinkError) in
            try member(message)
        }
    }

    /// Reads what another operation needs to know: an error is then that operation's.
    mutating func look<Value>(
        for operation: L2TPError.Operation,
        _ object: L2TPError.Object,
        _ read: (inout Self) throws(L2TPError) -> Value
    ) throws(L2TPError) -> Value {
        do {
            return try read(&self)
        } catch {
            var error = error
            error.operation = operation
            error.object = object
            throw error
        }
    }

    /// Looks at the namespace's links and addresses, over a socket that is opened when first needed.
    mutating func withLinks<Value>(
        _ body: (inout LinkClient<Transport>) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> Value {
        var client: LinkClient<Transport>
        if let open = linkClient.take() {
            client = open
        } else {
            client = try LinkClient(connector)
        }
        do throws(NetlinkError) {
            let value = try body(&client)
            linkClient = consume client
            return value
        } catch {
            linkClient = consume client
            throw error
        }
    }
}

extension L2TPClient: Sendable where Transport: Sendable & ~Copyable {}
