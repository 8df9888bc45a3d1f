public import Netlink
internal import Synchronization
internal import SystemPackage

/// A transport that answers from a script and records what is sent over it.
///
/// The script has one entry for each datagram that is received, whether or not something was sent in
/// between. Where it has ended, receiving fails with `EAGAIN`, as a socket's does after its timeout.
///
/// ```swift
/// let script = ScriptedTransport.Script([.datagram(bytes), .answer { request in echo(request) }])
/// var exchange = Exchange(over: ScriptedTransport(script))
/// ```
public struct ScriptedTransport: NetlinkTransport, ~Copyable {
    /// One datagram, or an error in its place.
    public enum Entry: Sendable {
        /// These bytes.
        case datagram([UInt8])
        /// What the closure makes of the datagram sent last (empty if none was).
        case answer(@Sendable ([UInt8]) -> [UInt8])
        /// No datagram, but an error.
        case failure(NetlinkError)
    }

    /// The entries to come and the datagrams sent; shared by the transport and the test.
    public final class Script: Sendable {
        private let state: Mutex<(entries: [Entry], sent: [[UInt8]])>

        /// A script of these entries.
        public init(_ entries: [Entry]) {
            state = Mutex((entries, []))
        }

        /// The datagrams sent so far.
        public var sent: [[UInt8]] { state.withLock { $0.sent } }

        /// How many entries are left.
        public var remainingEntryCount: Int { state.withLock { $0.entries.count } }

        fileprivate func record(_ datagram: [UInt8]) {
            state.withLock { $0.sent.append(datagram) }
        }

        fileprivate func next() throws(NetlinkError) -> [UInt8] {
            let (entry, request) = state.withLock { state in
                (state.entries.isEmpty ? nil : state.entries.removeFirst(), state.sent.last ?? [])
            }
            switch entry {
            case .datagram(let bytes): return bytes
            case .answer(let body): return body(request)
            case .failure(let error): throw error
            case nil: throw NetlinkError(.receive, .resourceTemporarilyUnavailable)
            }
        }
    }

    /// The port identifier that the answers are expected to bear.
    public let portID: UInt32
    private let script: Script

    /// A transport that plays a script.
    public init(_ script: Script, portID: UInt32 = 4711) {
        self.script = script
        self.portID = portID
    }

    /// A connector whose transports all play the same script.
    public static func connector(_ script: Script, portID: UInt32 = 4711) -> NetlinkConnector<ScriptedTransport> {
        NetlinkConnector { (_) throws(NetlinkError) in ScriptedTransport(script, portID: portID) }
    }

    /// Records a datagram.
    public mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError) {
        script.record([UInt8](copying: datagram))
    }

    /// Hands over the script's next datagram or throws its next error.
    public mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {
        let datagram = try script.next()
        try body(datagram.span)
    }
}
