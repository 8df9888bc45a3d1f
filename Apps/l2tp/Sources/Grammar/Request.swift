import L2TPModel
import L2TPWire

/// What a command asks for, complete and free of contradictions in itself.
enum Request: Hashable {
    /// Add a tunnel, a session, or a tunnel and a session in it.
    case add(tunnel: TunnelSpecification?, session: SessionSpecification?)
    /// Delete a tunnel with its sessions.
    case deleteTunnel(TunnelID)
    /// Delete a session; without the tunnel's identifier it cannot be carried out.
    case deleteSession(SessionID, in: TunnelID?)
    /// Delete the session of an interface, which must be in that tunnel if one is given.
    case deleteInterface(InterfaceName, in: TunnelID?)
    /// Change the one session that the filter selects.
    case modify(Filter, SessionModification)
    /// Print tunnels or sessions.
    case show(ObjectKind, Filter)
    /// Print tunnels or sessions, of which there must be one at least.
    case lookup(ObjectKind, Filter)
}

extension Arguments {
    /// The request that these arguments make together with a sub-command, checked as ip checks it: what is
    /// missing is reported in ip's order, and an identifier or port 0 is no value.
    func request(for command: CommandWord) throws(Failure) -> Request {
        switch command {
        case .add: try addition()
        case .delete: try deletion()
        case .show: .show(try shownKind(for: .show), filter)
        case .lookup: .lookup(try shownKind(for: .lookup), filter)
        case .modify: try change()
        case .stats: .show(try kindWithoutZeros(.session, for: .stats), filter)
        case .flush: .show(try kindWithoutZeros(session ? .session : .tunnel, for: .flush), filter)
        case .monitor: throw Failure("monitor cannot stand in a batch: it does not end", .usage)
        case .decode: throw Failure("decode cannot stand in a batch: its output would mix with that of others", .usage)
        case .save: throw Failure("save cannot stand in a batch: its output would mix with that of others", .usage)
        }
    }

    /// What keeps these arguments from making a request.
    func problems(for command: CommandWord) -> [Problem] {
        do {
            _ = try request(for: command)
            return []
        } catch {
            return error.problems
        }
    }

    private func requireKind(for command: CommandWord) throws(Failure) {
        if given.contains(.tunnel) || given.contains(.session) { return }
        throw Failure("\(command.rawValue): tunnel or session is missing: which of them?", .usage)
    }

    private func shownKind(for command: CommandWord) throws(Failure) -> ObjectKind {
        var kind = ObjectKind.tunnel
        if command == .show {
            try requireKind(for: command)
            // As in ip, the sessions are shown where both words stand.
            if session { kind = .session }
        } else if session || (!tunnel && given.contains { $0.selects == [.session] }) {
            kind = .session
        }
        if command == .lookup, !given.contains(where: { $0.selects.contains(kind) }) {
            throw Failure("lookup: what to look for is missing: an id, an interface (name) or a peer (remote)", .usage)
        }
        return try kindWithoutZeros(kind, for: command)
    }

    /// The kind, unless an identifier is 0.
    private func kindWithoutZeros(_ kind: ObjectKind, for command: CommandWord) throws(Failure) -> ObjectKind {
        var check = Check(command: command)
        check.zeros(self)
        if !check.problems.isEmpty { throw Failure(check.problems) }
        return kind
    }

    // MARK: - Add and delete

    private func addition() throws(Failure) -> Request {
        try requireKind(for: .add)
        var check = Check(command: .add, given: given)
        check.id(tunnelID, .tunnelID)
        if session {
            check.id(peerSessionID, .peerSessionID)
            check.id(sessionID, .sessionID)
        }
        if tunnel {
            check.id(peerTunnelID, .peerTunnelID)
            check.present(local, .local, "an address of this host")
            check.present(remote, .remote, "the address of the other end")
            if remote == .any {
                check.report("remote: a tunnel needs the address of the other end, not a wildcard")
            }
            if encapsulation == .udp {
                check.port(sourcePort, .sourcePort)
                check.port(destinationPort, .destinationPort)
            }
        }
        if !check.problems.isEmpty { throw Failure(check.problems) }
        return .add(tunnel: tunnel ? tunnelSpecification : nil, session: session ? sessionSpecification : nil)
    }

    private func deletion() throws(Failure) -> Request {
        try requireKind(for: .delete)
        var check = Check(command: .delete, given: given)
        if session, !tunnel, !given.contains(.sessionID), let interfaceName {
            check.zeros(self)
            if !check.problems.isEmpty { throw Failure(check.problems) }
            return .deleteInterface(interfaceName, in: tunnelID.map { TunnelID($0) })
        }
        if tunnel { check.id(tunnelID, .tunnelID) }
        if session { check.id(sessionID, .sessionID) }
        if !check.problems.isEmpty { throw Failure(check.problems) }
        // As in ip, a session's identifier decides, whichever of the words stands there.
        guard let sessionID, sessionID != 0 else { return .deleteTunnel(TunnelID(tunnelID ?? 0)) }
        return .deleteSession(SessionID(sessionID), in: tunnelID.flatMap { $0 == 0 ? nil : TunnelID($0) })
    }

    // MARK: - Modify

    private func change() throws(Failure) -> Request {
        if tunnel {
            throw Failure(
                "modify: a tunnel has nothing that can be changed in place: it needs delete and create", .usage)
        }
        var check = Check(command: .modify, given: given)
        if !session { check.report("modify: session is missing: only sessions can be modified") }
        for keyword in given where keyword.role == nil {
            check.report("modify: \(keyword.rawValue) cannot be changed in place: it needs delete and create")
        }
        if given.contains(.name) {
            check.zeros(self)
        } else {
            check.id(tunnelID, .tunnelID)
            check.id(sessionID, .sessionID)
        }
        if !given.contains(where: { $0.role == .changes }), check.problems.isEmpty {
            check.report("modify: what to change is missing: seq, lns_mode or reorder_timeout")
        }
        if !check.problems.isEmpty { throw Failure(check.problems) }
        let isSequenced = given.contains(.sequenceNumbers)
        return .modify(
            filter,
            SessionModification(
                requiresSequenceNumbers: isSequenced || given.contains(.ordering) ? requiresSequenceNumbers : nil,
                sendsSequenceNumbers: isSequenced || given.contains(.counter) ? sendsSequenceNumbers : nil,
                lnsMode: given.contains(.lnsMode) ? lnsMode : nil,
                reorderTimeout: given.contains(.reorderTimeout) ? .milliseconds(reorderTimeout) : nil))
    }

    private var tunnelSpecification: TunnelSpecification? {
        guard let tunnelID, let peerTunnelID, let peer = remote?.address else { return nil }
        let udp = UDPParameters(
            sourcePort: sourcePort ?? 0,
            destinationPort: destinationPort ?? 0,
            ipv4Checksum: checksum,
            ipv6TransmitChecksum: ipv6TransmitChecksum,
            ipv6ReceiveChecksum: ipv6ReceiveChecksum)
        return TunnelSpecification(
            id: TunnelID(tunnelID),
            peerID: TunnelID(peerTunnelID),
            local: local?.address ?? .any(peer.version),
            peer: peer,
            encapsulation: encapsulation == .udp ? .udp(udp) : .ip)
    }

    private var sessionSpecification: SessionSpecification? {
        guard let tunnelID, let sessionID, let peerSessionID else { return nil }
        return SessionSpecification(
            tunnelID: TunnelID(tunnelID),
            id: SessionID(sessionID),
            peerID: SessionID(peerSessionID),
            l2SpecificSublayer: l2SpecificSublayer,
            cookie: cookie,
            peerCookie: peerCookie,
            sendsSequenceNumbers: sendsSequenceNumbers,
            requiresSequenceNumbers: requiresSequenceNumbers,
            lnsMode: lnsMode,
            reorderTimeout: .milliseconds(reorderTimeout),
            interfaceName: interfaceName)
    }
}

/// Collects what a command lacks. What was given but could not be read has been reported already.
private struct Check {
    let command: CommandWord
    var given: [Keyword] = []
    var problems: [Problem] = []

    mutating func id(_ number: UInt32?, _ keyword: Keyword) {
        require(number, keyword, "a number, 1…4294967295")
        notZero(number, keyword)
    }

    mutating func port(_ number: UInt16?, _ keyword: Keyword) {
        require(number, keyword, "a port, 1…65535; encap udp needs it")
        if number == 0 { report("\(keyword.rawValue): 0 is not a port (1…65535)") }
    }

    mutating func present(_ word: AddressWord?, _ keyword: Keyword, _ meaning: String) {
        require(word, keyword, meaning)
    }

    /// Identifiers that are given must not be 0.
    mutating func zeros(_ arguments: Arguments) {
        notZero(arguments.tunnelID, .tunnelID)
        notZero(arguments.peerTunnelID, .peerTunnelID)
        notZero(arguments.sessionID, .sessionID)
        notZero(arguments.peerSessionID, .peerSessionID)
    }

    mutating func report(_ message: String) {
        problems.append(Problem(message, .usage))
    }

    private mutating func notZero(_ number: UInt32?, _ keyword: Keyword) {
        guard number == 0 else { return }
        let kind = keyword == .tunnelID || keyword == .peerTunnelID ? "tunnel" : "session"
        report("\(keyword.rawValue): 0 is not a \(kind) id (1…4294967295)")
    }

    private mutating func require<Value>(_ value: Value?, _ keyword: Keyword, _ meaning: String) {
        guard value == nil, !given.contains(keyword) else { return }
        report("\(command.rawValue): \(keyword.rawValue) is missing: \(meaning)")
    }
}
