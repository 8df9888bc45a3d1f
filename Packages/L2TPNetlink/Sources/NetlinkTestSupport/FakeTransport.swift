public import Netlink
internal import SystemPackage

/// A transport that talks to a ``FakeKernel``.
public struct FakeTransport: NetlinkTransport, ~Copyable {
    /// The port identifier the kernel gave the transport.
    public let portID: UInt32
    private let kernel: FakeKernel
    private let netlinkProtocol: NetlinkProtocol
    private var inbox: [Delivery] = []

    init(_ kernel: FakeKernel, _ netlinkProtocol: NetlinkProtocol, portID: UInt32) {
        self.kernel = kernel
        self.netlinkProtocol = netlinkProtocol
        self.portID = portID
    }

    /// Hands a datagram to the kernel, which answers it at once.
    public mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError) {
        inbox += kernel.answer([UInt8](copying: datagram), over: netlinkProtocol, to: portID)
    }

    /// Hands over the next datagram; fails with `EAGAIN` if there is none.
    public mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {
        guard !inbox.isEmpty else { throw NetlinkError(.receive, .resourceTemporarilyUnavailable) }
        switch inbox.removeFirst() {
        case .datagram(let bytes): try body(bytes.span)
        case .failure(let errno): throw NetlinkError(.receive, errno)
        }
    }
}

/// What a transport receives.
enum Delivery {
    case datagram([UInt8])
    case failure(Errno)
}
