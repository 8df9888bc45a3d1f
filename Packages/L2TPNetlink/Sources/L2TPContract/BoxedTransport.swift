public import Netlink
public import SystemPackage

/// A transport of any kind behind one type, so that a case of the contract need not be generic.
public struct BoxedTransport: NetlinkTransport, ~Copyable {
    private let box: TransportBox

    /// Puts a transport into its box.
    public init<Transport: NetlinkTransport & ~Copyable>(_ transport: consuming Transport) {
        box = SomeTransportBox(transport)
    }

    /// The port identifier of the transport in the box.
    public var portID: UInt32 { box.portID }

    /// The descriptor of the transport in the box.
    public var fileDescriptor: FileDescriptor? { box.fileDescriptor }

    /// Sends over the transport in the box.
    public mutating func send(_ datagram: Span<UInt8>) throws(NetlinkError) {
        try box.send(datagram)
    }

    /// Receives from the transport in the box.
    public mutating func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {
        try box.receive(body)
    }

    /// Makes the transport in the box a member of a group.
    public mutating func join(_ group: UInt32) throws(NetlinkError) {
        try box.join(group)
    }
}

/// What every box can do; it holds nothing.
private class TransportBox {
    var portID: UInt32 { 0 }
    var fileDescriptor: FileDescriptor? { nil }
    func send(_: Span<UInt8>) throws(NetlinkError) {}
    func receive(_: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {}
    func join(_: UInt32) throws(NetlinkError) {}
}

private final class SomeTransportBox<Transport: NetlinkTransport & ~Copyable>: TransportBox {
    private var transport: Transport

    init(_ transport: consuming Transport) {
        self.transport = transport
    }

    override var portID: UInt32 { transport.portID }
    override var fileDescriptor: FileDescriptor? { transport.fileDescriptor }

    override func send(_ datagram: Span<UInt8>) throws(NetlinkError) {
        try transport.send(datagram)
    }

    override func receive(_ body: (Span<UInt8>) throws(NetlinkError) -> Void) throws(NetlinkError) {
        try transport.receive(body)
    }

    override func join(_ group: UInt32) throws(NetlinkError) {
        try transport.join(group)
    }
}

extension NetlinkConnector where Transport: ~Copyable & SendableMetatype {
    /// The same connector with boxed transports.
    public var boxed: NetlinkConnector<BoxedTransport> {
        NetlinkConnector<BoxedTransport> { (netlinkProtocol) throws(NetlinkError) in
            BoxedTransport(try open(netlinkProtocol))
        }
    }
}
