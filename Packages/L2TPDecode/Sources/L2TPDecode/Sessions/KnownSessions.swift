internal import L2TPWire
internal import PacketCapture

/// All that is known about sessions.
public struct KnownSessions: Sendable {
    /// Which messages a session's are; what is nil may be anything.
    private struct Place: Hashable {
        var sessionID: SessionID
        var encapsulation: Encapsulation
        var receiver: NetworkAddress?
        var receiverPort: UInt16?

        init(_ session: KnownSession) {
            sessionID = session.sessionID
            encapsulation = session.encapsulation
            receiver = session.receiver
            receiverPort = session.receiverPort
        }

        init(
            _ id: SessionID, _ encapsulation: Encapsulation, to receiver: NetworkAddress?, _ receiverPort: UInt16?
        ) {
            sessionID = id
            self.encapsulation = encapsulation
            self.receiver = receiver
            self.receiverPort = receiverPort
        }
    }

    private var configured: [Place: KnownSession] = [:]
    private var learnt: [Place: KnownSession] = [:]
    /// Goes up with every change, so that what was looked up can be looked up again: a few steps, however much is known.
    private(set) var generation = 0

    /// The most sessions that are learnt from control messages.
    static let mostLearnt = 65_536

    /// Nothing is known.
    public init() {}

    /// Adds a session; what the same source said about the same messages before is replaced.
    public mutating func add(_ session: KnownSession) {
        let place = Place(session)
        switch session.source {
        case .configuration:
            configured[place] = session
        case .control:
            let earlier = learnt[place]
            // A control message that was sent again, or one more than are kept.
            guard earlier != session, earlier != nil || learnt.count < Self.mostLearnt else { return }
            learnt[place] = session
        }
        generation += 1
    }

    /// What is known about a flow; a configuration counts more than control messages, and who names the receiver more
    /// than who does not.
    func session(of flow: FlowKey) -> KnownSession? {
        guard flow.version == .v3 else { return nil }
        return Self.session(of: flow, in: configured) ?? Self.session(of: flow, in: learnt)
    }

    private static func session(of flow: FlowKey, in sessions: [Place: KnownSession]) -> KnownSession? {
        guard !sessions.isEmpty else { return nil }
        let port = flow.encapsulation == .udp ? flow.destinationPort : nil
        func session(to receiver: NetworkAddress?, _ port: UInt16?) -> KnownSession? {
            sessions[Place(flow.sessionID, flow.encapsulation, to: receiver, port)]
        }
        return session(to: flow.destination, port) ?? (port == nil ? nil : session(to: flow.destination, nil))
            ?? session(to: nil, port) ?? (port == nil ? nil : session(to: nil, nil))
    }

    /// What control messages have told about the session by which `receiver` knows an identifier.
    func session(
        known id: SessionID, to receiver: NetworkAddress, _ receiverPort: UInt16, over encapsulation: Encapsulation
    ) -> KnownSession? {
        learnt[Place(id, encapsulation, to: receiver, encapsulation == .udp ? receiverPort : nil)]
    }

    /// The UDP ports that sessions are known to use.
    public var ports: Set<UInt16> {
        Set(configured.values.compactMap(\.receiverPort)).union(learnt.values.compactMap(\.receiverPort))
    }
}
