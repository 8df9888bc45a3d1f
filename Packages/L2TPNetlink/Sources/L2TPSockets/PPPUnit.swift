internal import CLibmnl
public import Netlink
public import SystemPackage

/// A PPP unit: a network interface `pppN`, whose packets go over the channels given to it. It goes with its handle.
///
/// This is the kernel's half only. Without a PPP daemon nothing is negotiated: both ends let their packets pass
/// (``allow(_:)``) and get their addresses by hand. It needs CAP_NET_ADMIN.
public struct PPPUnit: ~Copyable, Sendable {
    /// A network protocol that a unit lets pass, by its PPP number. Open for additions.
    public struct NetworkProtocol: RawRepresentable, Hashable, Sendable {
        /// The number.
        public var rawValue: UInt16

        /// Wraps a number.
        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// IPv4 (`PPP_IP`).
        public static let ipv4 = Self(rawValue: 0x0021)
        /// IPv6 (`PPP_IPV6`).
        public static let ipv6 = Self(rawValue: 0x0057)
    }

    /// The unit's number, which the kernel chose.
    public let number: Int32
    /// The descriptor.
    public let fileDescriptor: FileDescriptor

    /// Makes a unit, in another network namespace if one is given.
    ///
    /// Throws ``SocketError`` with reason `namespace`, `notPermitted`, `notSupported` (no /dev/ppp) or `other`. The
    /// corresponding C function is `ioctl` with `PPPIOCNEWUNIT`.
    public init(in namespace: NetworkNamespace = .current) throws(SocketError) {
        try self.init(in: PinnedNamespace(namespace))
    }

    /// Makes a unit in a namespace that is held.
    public init(in namespace: PinnedNamespace) throws(SocketError) {
        let box = NumberBox()
        fileDescriptor = try .ppp("PPP unit", in: namespace) { (descriptor) throws(Errno) in
            box.number = try SocketCalls.control(descriptor, UInt(L2TP_PPPIOCNEWUNIT), -1)
        }
        number = box.number
    }

    deinit {
        try? fileDescriptor.close()
    }

    /// The name its interface was made with.
    public var interfaceName: String { "ppp\(number)" }

    /// Lets the packets of a network protocol pass in both directions.
    ///
    /// Throws ``SocketError`` with reason `other`. The corresponding C function is `ioctl` with `PPPIOCSNPMODE`.
    public borrowing func allow(_ networkProtocol: NetworkProtocol) throws(SocketError) {
        // struct npioctl: the protocol, then the mode NPMODE_PASS, which is 0.
        var bytes: [UInt8] = []
        bytes.append(host: UInt32(networkProtocol.rawValue))
        bytes.append(host: UInt32(0))
        do {
            try SocketCalls.control(fileDescriptor, UInt(L2TP_PPPIOCSNPMODE), &bytes)
        } catch {
            throw SocketError(.configure, "PPP unit \(number)", error)
        }
    }
}

/// Carries a number out of a closure that may run on another thread, which has ended when it is read.
private final class NumberBox {
    var number: Int32 = -1
}
