internal import L2TPWire
internal import PacketCapture

/// Makes sense of L2TP messages, one after the other, from what it has been told and from what it has seen.
///
/// It keeps what it has learnt about each session and control connection, and counts their messages: memory
/// grows with their number, which is bounded, and not with the number of messages.
public struct Decoder: Sendable {
    /// The most sessions and control connections that are told apart.
    public static let mostFlows = 65_536

    /// What is known about sessions: told beforehand, or learnt from control messages.
    public private(set) var knownSessions: KnownSessions
    /// What has been seen of each session in each direction, in the order of their first messages.
    public private(set) var sessions: [SessionFlow] = []
    /// What has been seen of each control connection in each direction, in the order of their first messages.
    public private(set) var controls: [ControlFlow] = []
    /// Datagrams that are no L2TP messages; not those of which the capture has cut so much off that nobody can tell.
    public private(set) var unreadableCount = 0
    /// Messages of sessions or control connections beyond ``mostFlows``.
    public private(set) var uncountedCount = 0
    /// What of ``sessions`` belongs to which messages.
    private var sessionIndices: [FlowKey: Int] = [:]
    private var controlIndices: [FlowKey: Int] = [:]
    /// What an earlier reading of the same messages has inferred.
    private var inferences: [FlowKey: FormatInference] = [:]
    /// Whether an earlier reading has found frames where they should be.
    private var verdicts: [FlowKey: Bool] = [:]
    /// Where UDP datagrams carry L2TP.
    public private(set) var ports: MessagePorts

    /// A decoder.
    ///
    /// - Parameters:
    ///   - knownSessions: What is known beforehand.
    ///   - ports: UDP ports whose datagrams carry L2TP, besides 1701 and those of the known sessions.
    public init(knownSessions: KnownSessions = KnownSessions(), ports: Set<UInt16> = []) {
        self.knownSessions = knownSessions
        self.ports = MessagePorts(ports.union(knownSessions.ports))
    }

    /// Looks at a datagram, counts it, and learns from it.
    public mutating func observe(_ datagram: borrowing Datagram) -> Observation {
        do throws(WireError) {
            switch try Message(parsingPrefix: datagram.payload, encapsulation: datagram.encapsulation) {
            case .control(let message):
                learn(from: message, in: datagram)
                return .control(datagram.isCut ? nil : message.firstError)
            case .dataV2(let message):
                return .dataV2(count(message, in: datagram))
            case .data(let message):
                return .data(count(message, in: datagram))
            }
        } catch {
            // A version that is wrong stays wrong, however much is missing behind it.
            if datagram.isCut, error.code == .truncated { return .unreadable(nil) }
            unreadableCount += 1
            return .unreadable(error)
        }
    }

    // MARK: - Data

    private mutating func count(_ message: borrowing DataMessageV2, in datagram: borrowing Datagram) -> WireError? {
        let error = datagram.isCut ? nil : message.firstError
        let key = FlowKey(datagram, version: .v2, tunnelID: message.tunnelID, sessionID: message.sessionID)
        if let index = sessionIndex(of: key) { sessions[index].add(message, isMalformed: error != nil) }
        return error
    }

    private mutating func count(
        _ message: borrowing UndecodedDataMessage, in datagram: borrowing Datagram
    ) -> DataReading {
        let key = FlowKey(datagram, sessionID: message.sessionID)
        guard let index = sessionIndex(of: key) else {
            // It is not counted, but read like the first message of its session.
            var session = SessionFlow(key)
            return session.add(message, isCut: datagram.isCut, knownSessions)
        }
        return sessions[index].add(message, isCut: datagram.isCut, knownSessions)
    }

    private mutating func sessionIndex(of key: FlowKey) -> Int? {
        if let index = sessionIndices[key] { return index }
        guard sessions.count < Self.mostFlows else {
            uncountedCount += 1
            return nil
        }
        sessionIndices[key] = sessions.count
        sessions.append(SessionFlow(key))
        if let inference = inferences[key] { sessions[sessions.count - 1].inference = inference }
        sessions[sessions.count - 1].earlierVerdict = verdicts[key]
        return sessions.count - 1
    }

    // MARK: - Control

    private mutating func learn(from message: borrowing ControlMessage, in datagram: borrowing Datagram) {
        if datagram.encapsulation == .udp { ports.learn(from: datagram) }
        knownSessions.learn(from: message, in: datagram)

        let key = FlowKey(
            datagram, version: message.version, tunnelID: message.tunnelID, sessionID: SessionID(0))
        let index: Int
        if let found = controlIndices[key] {
            index = found
        } else {
            guard controls.count < Self.mostFlows else {
                uncountedCount += 1
                return
            }
            index = controls.count
            controlIndices[key] = index
            controls.append(ControlFlow(key))
        }
        controls[index].add(message, isCut: datagram.isCut)
    }
}

extension Decoder {
    /// A decoder that has seen nothing, but knows what this one has learnt and inferred.
    public func rewound() -> Decoder {
        var decoder = Decoder()
        decoder.knownSessions = knownSessions
        decoder.ports = ports
        // What is known is compared with the messages anew.
        for session in sessions where session.key.version == .v3 {
            decoder.verdicts[session.key] = session.verdict
            guard knownSessions.session(of: session.key) == nil else { continue }
            decoder.inferences[session.key] = session.inference.settled
        }
        return decoder
    }
}
