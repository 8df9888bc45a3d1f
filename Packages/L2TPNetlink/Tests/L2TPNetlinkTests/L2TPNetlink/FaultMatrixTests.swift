import L2TPModel
import L2TPNetlink
import L2TPWire
import Netlink
import NetlinkTestSupport
import SystemPackage
import Testing

/// Every operation, with every step it takes failing in every way: a typed error or success, nothing left half-done,
/// and a client that goes on working.
@Suite("Every errno at every step of every operation")
struct FaultMatrixTests {
    /// The numbers of Linux's errno.h: 1…133, of which 41 and 58 have no name.
    private static let errnos = (1...133 as ClosedRange<CInt>).map { Errno(rawValue: $0) }

    private static let spoiling: [Fault] =
        [.drop, .overflow, .duplicate, .foreignFirst, .interruptDump, .reorder, .repeatMember, .skipMember]
        + [0, 1, 15, 16, 19, 20, 24, 30, 40, 60].map { .truncate(to: $0) }

    /// What all checks of one operation have in common.
    private struct Course {
        /// The kernel before the operation, to be copied.
        let kernel: FakeKernel
        let start: KernelSnapshot
        /// The steps of the operation if nothing fails.
        var steps: [Occurrence]
        /// What the operation leaves then.
        let end: KernelSnapshot
    }

    /// A step of an operation, and how many of its kind come before.
    private struct Occurrence: Hashable {
        let step: Step
        let earlier: Int
    }

    private func course(of operation: ClientOperation) throws -> Course {
        let untouched = try FakeKernel.forFaults(isSlow: operation.isSlow)
        let kernel = untouched.copy()
        var client = try L2TPClient(kernel.connector)
        kernel.forgetRequests()
        try operation.perform(&client, kernel)
        var counts: [Step: Int] = [:]
        var steps = operation.openings.flatMap { opening in
            (0..<opening.count).map { Occurrence(step: opening.step, earlier: $0) }
        }
        for request in kernel.requests {
            let earlier = counts[request.step, default: 0]
            // The first look at links opens its transport, which is a step that is not recorded.
            if case .link = request.step, earlier == 0 { steps.append(Occurrence(step: .open(.route), earlier: 0)) }
            counts[request.step] = earlier + 1
            steps.append(Occurrence(step: request.step, earlier: earlier))
        }
        // Of a slow deletion only the wait is new.
        if operation.isSlow { steps.removeSubrange(...(steps.firstIndex { !$0.step.isRead } ?? 0)) }
        return Course(
            kernel: untouched, start: KernelSnapshot(untouched), steps: steps,
            end: try kernel.settled(isSlow: operation.isSlow))
    }

    @Test("the kernel refuses", arguments: ClientOperation.all)
    private func refusal(operation: ClientOperation) throws {
        let course = try course(of: operation)
        try #require(!course.steps.isEmpty)
        for occurrence in course.steps {
            for errno in Self.errnos { try check(operation, .refuse(errno), occurrence, course) }
        }
    }

    @Test("the kernel obeys and reports an error nevertheless", arguments: ClientOperation.all)
    private func misreport(operation: ClientOperation) throws {
        let course = try course(of: operation)
        for occurrence in course.steps where !occurrence.step.isRead {
            for errno in Self.errnos { try check(operation, .misreport(errno), occurrence, course) }
        }
    }

    @Test("the answer is lost or spoiled", arguments: ClientOperation.all)
    private func spoiled(operation: ClientOperation) throws {
        let course = try course(of: operation)
        for occurrence in course.steps where !occurrence.step.isOpening {
            for fault in Self.spoiling { try check(operation, fault, occurrence, course) }
        }
    }

    /// Tries an operation with one fault, and looks at the error, at the kernel and at what the client does next.
    private func check(
        _ operation: ClientOperation, _ fault: Fault, _ occurrence: Occurrence, _ course: Course
    ) throws {
        let kernel = course.kernel.copy()
        var client = try L2TPClient(kernel.connector)
        kernel.inject(fault, at: occurrence.step, after: occurrence.earlier)
        let error = failure { () throws(L2TPError) in try operation.perform(&client, kernel) }
        // Built only where it is needed: there are many thousands of checks.
        func place() -> String { "\(operation), \(fault) at \(occurrence.step) \(occurrence.earlier)" }
        if kernel.hasPendingFaults { Issue.record("not reached: \(place())") }
        let now = try kernel.settled(isSlow: operation.isSlow)
        if let error {
            if let problem = problem(of: error, operation, fault) { Issue.record("\(problem): \(error); \(place())") }
            if now != course.start, now != course.end { Issue.record("left half-done: \(now); \(place())") }
        } else if now != course.end {
            Issue.record("success, but not done: \(now); \(place())")
        }
        // Whatever has happened, the same client reads what the kernel has.
        let (tunnels, sessions) = (try client.tunnels().map(\.id), try client.sessions().map(\.id))
        if tunnels != now.tunnels.map(\.id) || sessions != now.sessions.map(\.id) {
            Issue.record("afterwards the client reads \(tunnels), \(sessions); \(place())")
        }
    }

    /// What is wrong with an error; nil if nothing is.
    private func problem(of error: L2TPError, _ operation: ClientOperation, _ fault: Fault) -> String? {
        let text = error.description
        // A family that is gone is told in the words of opening.
        if error.operation != .open, !operation.objects.contains(where: { text.contains("\($0)") }) {
            return "the error lacks its object"
        }
        if text.contains(ClientOperation.secret.hexadecimal) { return "the error tells a cookie" }
        switch fault {
        case .refuse(let errno), .misreport(let errno):
            if error.errno != errno { return "the error lacks its number" }
            if !text.contains("(\(errno.symbol))") { return "the error lacks its number's name" }
        default:
            guard let errno = error.errno else { return "the error lacks a number" }
            if !text.contains("(\(errno.symbol))") { return "the error lacks its number's name" }
        }
        return nil
    }
}

extension Step {
    /// Whether the step has no answer that could be spoiled.
    fileprivate var isOpening: Bool {
        switch self {
        case .open, .join: true
        default: false
        }
    }
}
