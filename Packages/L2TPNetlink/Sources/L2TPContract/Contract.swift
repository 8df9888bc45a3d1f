public import L2TPModel
public import L2TPNetlink
public import L2TPWire
public import Netlink
public import NetlinkTestSupport
internal import SystemPackage

/// A kernel under contract while one case is checked: the client, requests past the client, the host, and what was
/// found wrong.
public struct Contract: ~Copyable {
    /// What the kernel is measured against.
    public let release: FakeKernel.Release
    /// The host that the kernel runs on.
    public let host: any ContractHost
    /// A client of the kernel.
    public var client: L2TPClient<BoxedTransport>
    /// What differs from the contract, one line each.
    public private(set) var findings: [String] = []
    private var exchange: Exchange<BoxedTransport>

    /// A kernel at its beginning: without tunnels.
    public init(_ host: any ContractHost, connector: NetlinkConnector<BoxedTransport>? = nil) throws {
        let connector = connector ?? host.connector
        let transport = try connector.open(.generic)
        client = try L2TPClient(connector)
        exchange = Exchange(over: transport)
        self.host = host
        release = host.release
    }

    /// Whether lookups know session identifiers of the whole namespace (Linux 6.11 and later).
    public var hasNamespaceWideSessions: Bool { release == .linux6_12 }

    // MARK: Requests

    /// Sends a request with attributes put together by hand.
    public mutating func send(
        _ command: L2TPCommand, dump: Bool = false, _ attributes: [RawAttribute] = [], tail: [UInt8] = []
    ) throws -> RawOutcome {
        var outcome = RawOutcome()
        let family = client.family
        func build(_ writer: inout NetlinkMessageWriter) throws(NetlinkError) {
            try writer.append(genericCommand: command.rawValue, version: family.version)
            for attribute in attributes { try writer.append(attribute.type, bytes: attribute.value.span) }
            if !tail.isEmpty { try writer.append(header: tail) }
        }
        func reply(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
            var reply = RawOutcome.Reply(
                command: try message.genericCommand, flags: message.header.flags, attributes: [])
            var reader = try message.attributes(after: GenericFamily.headerByteCount)
            while let attribute = try reader.next() {
                let value = attribute.value
                reply.attributes.append(RawAttribute(attribute.type, value.indices.map { value[$0] }))
            }
            outcome.replies.append(reply)
        }
        do throws(NetlinkError) {
            if dump {
                try exchange.dump(family.messageType) { (writer) throws(NetlinkError) in
                    try build(&writer)
                } restart: {
                    outcome.replies = []
                } member: { (message) throws(NetlinkError) in
                    try reply(message)
                }
            } else {
                try exchange.request(family.messageType) { (writer) throws(NetlinkError) in
                    try build(&writer)
                } reply: { (message) throws(NetlinkError) in
                    try reply(message)
                }
            }
        } catch {
            guard error.operation == .request else { throw error }
            outcome = RawOutcome(errno: error.errno)
        }
        return outcome
    }

    /// What GET reports of a tunnel.
    mutating func tunnel(_ id: UInt32) throws -> RawOutcome {
        try send(.tunnelGet, [RawAttribute(.tunnelID, number: id)])
    }

    /// What GET reports of a session.
    mutating func session(_ id: UInt32, in tunnelID: UInt32) throws -> RawOutcome {
        try send(.sessionGet, .session(id, in: tunnelID))
    }

    /// Creates tunnel 3000 over UDP, which most cases need.
    mutating func createTunnel(_ id: UInt32 = 3000, port: UInt16 = 5000, version: UInt8 = 3) throws {
        let attributes = [RawAttribute].udpTunnel.replacing(.tunnelID, number: id)
            .replacing(.udpSourcePort, number: port).replacing(.protocolVersion, number: version)
        expect(try send(.tunnelCreate, attributes), isRefusedWith: nil, "creating tunnel \(id)")
    }

    /// Creates a tunnel over IP.
    mutating func createIPTunnel(_ id: UInt32) throws {
        let attributes = [RawAttribute].ipTunnel.replacing(.tunnelID, number: id)
        expect(try send(.tunnelCreate, attributes), isRefusedWith: nil, "creating IP tunnel \(id)")
    }

    // MARK: Findings

    /// Notes a finding unless `actual` is `expected`.
    mutating func expect<Value: Equatable>(
        _ actual: Value, _ expected: Value, _ what: @autoclosure () -> String, line: Int = #line
    ) {
        if actual != expected { note("\(what()): \(actual) instead of \(expected)", line) }
    }

    /// Notes a finding unless the kernel refuses with that number or, for nil, does not refuse.
    mutating func expect(
        _ outcome: RawOutcome, isRefusedWith errno: Errno?, _ what: @autoclosure () -> String, line: Int = #line
    ) {
        guard outcome.errno != errno else { return }
        note("\(what()): \(outcome) instead of \(errno?.symbol ?? "success")", line)
    }

    /// Notes a finding unless the client's call fails for that reason.
    mutating func expect(
        _ reason: L2TPError.Reason, _ errno: Errno?, _ what: @autoclosure () -> String, line: Int = #line,
        of call: (inout L2TPClient<BoxedTransport>) throws(L2TPError) -> Void
    ) {
        do throws(L2TPError) {
            try call(&client)
            note("\(what()): success instead of \(reason.rawValue)", line)
        } catch {
            guard error.reason != reason || error.errno != errno else { return }
            note("\(what()): \(error.reason.rawValue), \(error) instead of \(reason.rawValue)", line)
        }
    }

    /// Calls `body` until it is true, for half a minute and twenty looks at most; notes a finding if it never is.
    mutating func expectEventually(
        _ what: @autoclosure () -> String, line: Int = #line, _ body: (inout Self) throws -> Bool
    ) throws {
        // Looks are counted too, for a machine that stands still.
        let start = ContinuousClock.now
        var looks = 0
        while looks < 20 || ContinuousClock.now - start < .seconds(30) {
            if try body(&self) { return }
            looks += 1
            Pause.ten()
        }
        note("\(what()): never", line)
    }

    private mutating func note(_ text: String, _ line: Int) {
        findings.append("line \(line): \(text)")
    }
}

extension Contract {
    /// 192.0.2.`end` or 2001:db8::`end`.
    public static func address(_ end: UInt8, _ version: IPVersion = .v4) -> IPAddress {
        switch version {
        case .v4: .v4(IPv4Address(number: 0xc000_0200 | UInt32(end)))
        case .v6: .v6(IPv6Address(high: 0x2001_0db8 << 32, low: UInt64(end)))
        }
    }

    /// 198.51.100.7 and 2001:db8:ffff::7, to which there is no route.
    public static let unreachablePeers: [IPAddress] = [
        .v4(IPv4Address(number: 0xc633_6407)), .v6(IPv6Address(high: 0x2001_0db8_ffff_0000, low: 7)),
    ]
}
