public import L2TPNetlink

/// What reaches the multicast group `l2tp` without a change of this kernel's tunnels and sessions.
extension FakeKernel {
    /// The port identifier of the transport that sent the last request.
    public var lastRequesterPortID: UInt32 { change { $0.requester.portID } }

    /// Sends a notification of another network namespace, as Linux sends them to all: nothing changes here.
    public func sendForeign(_ notification: L2TPNotification) {
        change { $0.announce(notification) }
    }
}
