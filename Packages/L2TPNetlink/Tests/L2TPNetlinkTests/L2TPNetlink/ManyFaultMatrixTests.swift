import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// The operations on many objects, with every step they take failing in every way: each object has its own typed error
/// or is done, none is left half-done, and nothing else is touched.
@Suite("Every errno at every step of operations on many objects")
struct ManyFaultMatrixTests {
    /// An operation on two objects of a kernel with the tunnels 3000 (sessions 1000 and 1001) and 3001 (version 2).
    struct Operation: Sendable, CustomStringConvertible {
        let description: String
        let objects: [L2TPError.Object]
        /// Whether the kernel shows what is deleted, and its interfaces, for one more look.
        var isSlow = false
        let perform: @Sendable (inout L2TPClient<FakeTransport>) -> [L2TPError?]
    }

    static let all: [Operation] = [
        Operation(description: "createTunnels", objects: [3002, 3003].map { .tunnel(TunnelID($0)) }) { client in
            client.createTunnels([.udp(3002, port: 5002), .ip(3003, local: "2001:db8::1", peer: "2001:db8::2")])
        },
        Operation(description: "createSessions", objects: [session(1002), session(1003)]) { client in
            client.createSessions(
                ([(1002, "dmz"), (1003, "guests")] as [(UInt32, String)]).map { id, name in
                    var session = SessionSpecification.ethernet(id, interface: name)
                    session.cookie = ClientOperation.secret
                    session.peerCookie = ClientOperation.secret
                    return session
                })
        },
        deleteSessions(isSlow: false), deleteSessions(isSlow: true), deleteTunnels(isSlow: false),
        deleteTunnels(isSlow: true),
    ]

    private static func session(_ id: UInt32) -> L2TPError.Object { .session(SessionID(id), in: TunnelID(3000)) }

    private static func deleteSessions(isSlow: Bool) -> Operation {
        Operation(
            description: isSlow ? "the wait of deleteSessions" : "deleteSessions",
            objects: [session(1000), session(1001)], isSlow: isSlow
        ) { client in
            client.deleteSessions([1000, 1001].map { SessionKey(SessionID($0), in: TunnelID(3000)) })
        }
    }

    private static func deleteTunnels(isSlow: Bool) -> Operation {
        Operation(
            description: isSlow ? "the wait of deleteTunnels" : "deleteTunnels",
            objects: [3000, 3001].map { .tunnel(TunnelID($0)) }, isSlow: isSlow
        ) { client in
            client.deleteTunnels([TunnelID(3000), TunnelID(3001)])
        }
    }

    private static let faults: [Fault] =
        (1...133 as ClosedRange<CInt>).flatMap {
            [.refuse(Errno(rawValue: $0)), .misreport(Errno(rawValue: $0))] as [Fault]
        } + [.drop, .overflow, .duplicate, .foreignFirst, .interruptDump, .reorder, .repeatMember, .skipMember]
        + [0, 1, 15, 16, 19, 20, 24, 30, 40, 60].map { .truncate(to: $0) }

    @Test("each object has its error, or is done", arguments: all)
    func everyFault(_ operation: Operation) throws {
        let untouched = try FakeKernel.forFaults(isSlow: operation.isSlow)
        let start = KernelSnapshot(untouched)
        let undisturbed = untouched.copy()
        var client = try L2TPClient(undisturbed.connector)
        undisturbed.forgetRequests()
        #expect(operation.perform(&client) == [nil, nil])
        var counts: [Step: Int] = [:]
        var occurrences: [(step: Step, earlier: Int)] = []
        for step in undisturbed.requests.map(\.step) {
            occurrences.append((step, counts[step, default: 0]))
            counts[step, default: 0] += 1
        }
        let end = try undisturbed.settled(isSlow: operation.isSlow)
        try #require(!occurrences.isEmpty && start != end)
        for (step, earlier) in occurrences {
            for fault in Self.faults {
                if case .misreport = fault, step.isRead { continue }
                let kernel = untouched.copy()
                kernel.inject(fault, at: step, after: earlier)
                try check(operation, fault, kernel, start, end, "\(operation), \(fault) at \(step) \(earlier)")
            }
        }
    }

    private func check(
        _ operation: Operation, _ fault: Fault, _ kernel: FakeKernel, _ start: KernelSnapshot, _ end: KernelSnapshot,
        _ place: @autoclosure () -> String
    ) throws {
        var client = try L2TPClient(kernel.connector)
        let errors = operation.perform(&client)
        if kernel.hasPendingFaults { Issue.record("not reached: \(place())") }
        let now = try kernel.settled(isSlow: operation.isSlow)
        guard errors.count == operation.objects.count else {
            Issue.record("\(errors.count) outcomes; \(place())")
            return
        }
        for (object, error) in zip(operation.objects, errors) {
            let part = now.part(of: object)
            if let error {
                if let problem = Self.problem(of: error, object, fault) {
                    Issue.record("\(problem): \(error); \(place())")
                }
                if part != start.part(of: object), part != end.part(of: object) {
                    Issue.record("\(object) left half-done: \(part); \(place())")
                }
            } else if part != end.part(of: object) {
                Issue.record("success, but \(object) is not done: \(part); \(place())")
            }
        }
        if now.rest(besides: operation.objects) != start.rest(besides: operation.objects) {
            Issue.record("something else was touched: \(now); \(place())")
        }
        // Whatever has happened, the same client reads what the kernel has.
        let (tunnels, sessions) = (try client.tunnels().map(\.id), try client.sessions().map(\.key))
        if tunnels != now.tunnels.map(\.id) || sessions != now.sessions.map(\.key) {
            Issue.record("afterwards the client reads \(tunnels), \(sessions); \(place())")
        }
    }

    /// What is wrong with an object's error; nil if nothing is.
    private static func problem(of error: L2TPError, _ object: L2TPError.Object, _ fault: Fault) -> String? {
        let text = error.description
        if error.object != object || !text.contains("\(object)") { return "the error lacks its object" }
        if text.contains(ClientOperation.secret.hexadecimal) { return "the error tells a cookie" }
        guard let errno = error.errno else { return "the error lacks a number" }
        if !text.contains("(\(errno.symbol))") { return "the error lacks its number's name" }
        switch fault {
        case .refuse(let expected), .misreport(let expected):
            return errno == expected ? nil : "the error has another number"
        default:
            return nil
        }
    }
}
