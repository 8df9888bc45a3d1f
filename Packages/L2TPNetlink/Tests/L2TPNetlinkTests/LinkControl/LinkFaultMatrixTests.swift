import L2TPModel
import L2TPWire
import LinkControl
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// What can be done to links, with every step failing in every way: a typed error that names the object, or success, and
/// nothing left half-done.
@Suite("Every errno at every step of operations on links")
struct LinkFaultMatrixTests {
    /// An operation on a kernel that has the link `lan`, down, with 10.42.1.1/30.
    struct Operation: Sendable, CustomStringConvertible {
        let description: String
        let object: LinkError.Object
        /// How often it opens a transport, and joins a group.
        var openings: [(step: Step, count: Int)] = []
        let perform: @Sendable (inout LinkClient<FakeTransport>, Link) throws(LinkError) -> Void
    }

    private static func one(_ errors: [LinkError?]) throws(LinkError) {
        if let error = errors[0] { throw error }
    }

    private static let present = AddressSpecification(address("10.42.1.1"), prefixBitCount: 30)
    private static let absent = AddressSpecification(address("2001:db8:1::1"), prefixBitCount: 64)
    private static let watching: [(step: Step, count: Int)] = [(.open(.route), 2), (.join(.route), 3)]

    static let all: [Operation] = [
        Operation(description: "change", object: .link("lan")) { (client, link) throws(LinkError) in
            try client.change(link, LinkChanges(isUp: true, mtu: 1400, alias: "site A"))
        },
        Operation(description: "move", object: .link("lan")) { (client, link) throws(LinkError) in
            try client.move(link, to: .current)
        },
        Operation(description: "add", object: .address("2001:db8:1::1/64", on: "lan")) {
            (client, link) throws(LinkError) in
            try client.add(absent, to: link)
        },
        Operation(description: "remove", object: .address("10.42.1.1/30", on: "lan")) {
            (client, link) throws(LinkError) in
            try client.remove(present, from: link)
        },
        Operation(description: "route", object: .route(to: "192.0.2.2")) { (client, _) throws(LinkError) in
            _ = try client.route(to: address("192.0.2.2"), from: address("192.0.2.1"))
        },
        Operation(description: "change of many", object: .link("lan")) { (client, link) throws(LinkError) in
            try one(client.change([(link, LinkChanges(isUp: true, mtu: 1400, alias: "site A"))]))
        },
        Operation(description: "add of many", object: .address("2001:db8:1::1/64", on: "lan")) {
            (client, link) throws(LinkError) in
            try one(client.add([(absent, link)]))
        },
        Operation(description: "remove of many", object: .address("10.42.1.1/30", on: "lan")) {
            (client, link) throws(LinkError) in
            try one(client.remove([(present, link)]))
        },
        Operation(description: "routes", object: .route(to: "192.0.2.2")) { (client, _) throws(LinkError) in
            _ = try client.routes(to: [(address("192.0.2.2"), address("192.0.2.1"))])[0].get()
        },
        Operation(
            description: "waitForAddress", object: .address("10.42.1.1", on: "lan"), openings: watching
        ) { (client, link) throws(LinkError) in
            _ = try client.waitForAddress(address("10.42.1.1"), on: link, atMost: .zero)
        },
        Operation(
            description: "waitForRoute", object: .route(to: "192.0.2.2"),
            openings: [(.open(.route), 2), (.join(.route), 5)]
        ) { (client, _) throws(LinkError) in
            do throws(LinkError) {
                _ = try client.waitForRoute(to: address("192.0.2.2"), from: address("192.0.2.1"), atMost: .zero)
            } catch {
                // Some numbers say that there is no route, which is an answer.
                guard error.reason == .timedOut else { throw error }
            }
        },
        Operation(description: "waitForLink", object: .link("lan"), openings: watching) {
            (client, _) throws(LinkError) in
            _ = try client.waitForLink(named: "lan", atMost: .zero)
        },
        Operation(description: "waitForRemoval", object: .linkRemoval("gone"), openings: watching) {
            (client, link) throws(LinkError) in
            var gone = link
            (gone.index, gone.name) = (99, "gone")
            try client.waitForRemoval(of: gone, atMost: .zero)
        },
    ]

    private static let errnos = (1...133 as ClosedRange<CInt>).map { Errno(rawValue: $0) }
    private static let spoiling: [Fault] =
        [.drop, .overflow, .duplicate, .foreignFirst, .interruptDump, .reorder]
        + [0, 1, 15, 16, 19, 20, 24, 30, 40, 60].map { .truncate(to: $0) }

    @Test("a typed error, or it is done", arguments: all)
    func everyFault(_ operation: Operation) throws {
        let untouched = FakeKernel()
        let index = untouched.addLink(named: "lan", mtu: 1446, isUp: false)
        untouched.addAddress(address("10.42.1.1"), prefixBitCount: 30, to: index)
        let link = try #require(untouched.links.first { $0.name == "lan" })
        let start = KernelSnapshot(untouched)
        let undisturbed = untouched.copy()
        var client = try LinkClient(undisturbed.connector)
        try operation.perform(&client, link)
        let end = KernelSnapshot(undisturbed)
        var occurrences = operation.openings.flatMap { opening in
            (0..<opening.count).map { (step: opening.step, earlier: $0) }
        }
        var counts: [Step: Int] = [:]
        for step in undisturbed.requests.map(\.step) {
            occurrences.append((step, counts[step, default: 0]))
            counts[step, default: 0] += 1
        }
        for (step, earlier) in occurrences {
            var faults = Self.errnos.map { Fault.refuse($0) }
            if !step.isRead { faults += Self.errnos.map { .misreport($0) } }
            if counts[step] != nil { faults += Self.spoiling }
            for fault in faults {
                let kernel = untouched.copy()
                var client = try LinkClient(kernel.connector)
                kernel.inject(fault, at: step, after: earlier)
                let error = failure { () throws(LinkError) in try operation.perform(&client, link) }
                func place() -> String { "\(operation), \(fault) at \(step) \(earlier)" }
                if kernel.hasPendingFaults { Issue.record("not reached: \(place())") }
                kernel.removeFaults()
                let now = KernelSnapshot(kernel)
                if let error {
                    if let problem = problem(of: error, operation, fault) {
                        Issue.record("\(problem): \(error); \(place())")
                    }
                    if now != start, now != end { Issue.record("left half-done: \(now); \(place())") }
                } else if now != end {
                    Issue.record("success, but not done: \(now); \(place())")
                }
                if try client.links() != now.links { Issue.record("the client reads something else; \(place())") }
            }
        }
    }

    /// What is wrong with an error; nil if nothing is.
    private func problem(of error: LinkError, _ operation: Operation, _ fault: Fault) -> String? {
        let text = error.description
        if error.object != operation.object { return "the error has another object" }
        if !text.contains("\(operation.object)") { return "the error lacks its object" }
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
