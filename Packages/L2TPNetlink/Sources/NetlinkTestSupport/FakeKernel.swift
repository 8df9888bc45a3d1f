public import L2TPModel
public import L2TPWire
internal import LinkControl
public import Netlink
internal import Synchronization
public import SystemPackage

/// A kernel for tests: it keeps tunnels, sessions, links and addresses, and answers netlink requests in
/// bytes as Linux was measured to answer them, its oddities included.
///
/// ```swift
/// let kernel = FakeKernel()
/// var client = try L2TPClient(kernel.connector)
/// kernel.fail(.tunnelCreate, with: .noMemory)
/// ```
///
/// It begins with `lo` (127.0.0.1/8, ::1/128) and `eth0` (192.0.2.1/24, 2001:db8::1/64), and with a
/// route to everywhere. All of it may be used from several threads.
public final class FakeKernel: Sendable {
    /// Which Linux it behaves like.
    public enum Release: Hashable, Sendable, CaseIterable {
        /// Linux 6.1: sessions belong to their tunnel.
        case linux6_1
        /// Linux 6.12: sessions are found by identifier alone, and one UDP tunnel takes the same twice.
        case linux6_12
    }

    private let state: Mutex<KernelState>

    /// A kernel without tunnels.
    public init(_ release: Release = .linux6_12) {
        state = Mutex(KernelState(release))
        let loopback = addLink(named: "lo", mtu: 65536, isLoopback: true)
        addAddress(.v4(IPv4Address(number: 0x7f00_0001)), prefixBitCount: 8, to: loopback)
        addAddress(.v6(IPv6Address(high: 0, low: 1)), prefixBitCount: 128, to: loopback)
        let ethernet = addLink(named: "eth0")
        addAddress(.v4(IPv4Address(number: 0xc000_0201)), prefixBitCount: 24, to: ethernet)
        addAddress(.v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 1)), prefixBitCount: 64, to: ethernet)
    }

    private init(_ state: sending KernelState) {
        self.state = Mutex(state)
    }

    /// Another kernel that has the same objects and behavior; nobody talks to it yet, and no fault waits.
    public func copy() -> FakeKernel {
        FakeKernel(
            state.withLock { state in
                var copy = state
                copy.faults = []
                copy.requests = []
                copy.members = []
                return copy
            })
    }

    /// Opens transports that talk to this kernel.
    public var connector: NetlinkConnector<FakeTransport> {
        NetlinkConnector { [self] (netlinkProtocol) throws(NetlinkError) in
            let portID = try change { (state) throws(NetlinkError) in try state.open(netlinkProtocol) }
            return FakeTransport(self, netlinkProtocol, portID: portID, Mailbox())
        }
    }

    /// How it deviates from a kernel that has everything and is fast.
    public var behavior: Behavior {
        get { state.withLock { $0.behavior } }
        set { state.withLock { $0.behavior = newValue } }
    }

    // MARK: Faults

    /// Lets something go wrong at the next `times` occurrences of a step, after the faults it already
    /// waits for there and after `skipped` occurrences that pass unharmed.
    public func inject(_ fault: Fault, at step: Step, times: Int = 1, after skipped: Int = 0) {
        state.withLock {
            $0.faults.append(PendingFault(step: step, fault: fault, skipped: skipped, remaining: times))
        }
    }

    /// Lets the request go wrong, whatever it is, that comes after `skipped` others.
    public func inject(_ fault: Fault, atRequestAfter skipped: Int) {
        state.withLock {
            $0.faults.append(PendingFault(step: nil, fault: fault, skipped: skipped, remaining: 1))
        }
    }

    /// Whether a fault still waits for its step.
    public var hasPendingFaults: Bool { state.withLock { !$0.faults.isEmpty } }

    /// Refuses the next `times` occurrences of a step with an error number.
    public func fail(_ step: Step, with errno: Errno, times: Int = 1) {
        inject(.refuse(errno), at: step, times: times)
    }

    /// Forgets the faults that have not happened yet.
    public func removeFaults() {
        state.withLock { $0.faults = [] }
    }

    // MARK: What has happened

    /// The requests received so far, the oldest first; opening is none.
    public var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// The requests received so far that were to change something.
    public var changeRequests: [RecordedRequest] { requests.filter { !$0.step.isRead } }

    /// Forgets the requests received so far.
    public func forgetRequests() {
        state.withLock { $0.requests = [] }
    }

    /// The most bytes of answers that have waited to be received, as the kernel counts them.
    public var mostReceiveBufferBytes: Int { state.withLock { $0.mostReceiveBufferBytes } }

    /// Notes how many bytes of answers wait.
    func noteReceiveBuffer(_ byteCount: Int) {
        change { $0.mostReceiveBufferBytes = max($0.mostReceiveBufferBytes, byteCount) }
    }

    /// The tunnels, by ascending identifier, those in deletion excluded.
    public var tunnels: [Tunnel] {
        state.withLock { $0.tunnels.filter { !$0.lifetime.isEnding }.map(\.tunnel) }.sorted { $0.id < $1.id }
    }

    /// The sessions in the order of their creation, those in deletion excluded.
    public var sessions: [Session] {
        state.withLock { $0.sessions.filter { !$0.lifetime.isEnding }.map(\.session) }
    }

    /// The sublayer of a session, which the kernel never reports; nil if there is no such session.
    public func l2SpecificSublayer(of id: SessionID, in tunnelID: TunnelID) -> L2SpecificSublayer? {
        state.withLock { state in
            state.sessions.last { $0.session.id == id && $0.session.tunnelID == tunnelID }?.sublayer
        }
    }

    /// The links, by ascending index, those in deletion excluded.
    public var links: [Link] {
        state.withLock { $0.links.filter { !$0.lifetime.isEnding }.map(\.link) }
    }

    /// Changes the tables, for the extensions in the other files.
    func change<Value, Failure: Error>(
        _ body: (inout sending KernelState) throws(Failure) -> sending Value
    ) throws(Failure) -> sending Value {
        try state.withLock(body)
    }

    /// Makes a mailbox a member of a multicast group.
    func join(_ group: UInt32, over netlinkProtocol: NetlinkProtocol, _ mailbox: Mailbox) throws(NetlinkError) {
        try change { (state) throws(NetlinkError) in
            if case .refuse(let errno) = state.takeFault(at: .join(netlinkProtocol)) {
                throw NetlinkError(.join, errno)
            }
            state.members.append(Member(netlinkProtocol: netlinkProtocol, group: group, mailbox: mailbox))
        }
    }

    /// Answers a datagram.
    func answer(
        _ datagram: [UInt8], over netlinkProtocol: NetlinkProtocol, to portID: UInt32
    ) -> [Delivery] {
        state.withLock { $0.answer(datagram, over: netlinkProtocol, to: portID) }
    }
}
