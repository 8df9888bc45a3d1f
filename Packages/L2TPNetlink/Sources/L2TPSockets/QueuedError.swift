internal import Glibc
public import L2TPModel
public import SystemPackage

/// An error that the network reported for something sent earlier. The C structure is `sock_extended_err`.
public struct QueuedError: Hashable, Sendable, CustomStringConvertible {
    /// Who reported it. Open for additions.
    public struct Origin: RawRepresentable, Hashable, Sendable {
        /// The number in `ee_origin`.
        public var rawValue: UInt8

        /// Wraps a number.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// This host (`SO_EE_ORIGIN_LOCAL`).
        public static let local = Self(rawValue: 1)
        /// Somebody by ICMP (`SO_EE_ORIGIN_ICMP`).
        public static let icmp = Self(rawValue: 2)
        /// Somebody by ICMPv6 (`SO_EE_ORIGIN_ICMP6`).
        public static let icmpv6 = Self(rawValue: 3)
    }

    /// The error number (`ee_errno`), as `ECONNREFUSED`.
    public var errno: Errno
    /// Who reported it (`ee_origin`).
    public var origin: Origin
    /// The type of the ICMP message (`ee_type`).
    public var type: UInt8
    /// Its code (`ee_code`).
    public var code: UInt8
    /// More about it (`ee_info`): the MTU with `EMSGSIZE`.
    public var info: UInt32
    /// The host that sent the ICMP message (`SO_EE_OFFENDER`); nil if unknown.
    public var offender: IPAddress?
    /// Where the message was sent to that caused it; nil if unknown.
    public var destination: TunnelSocketAddress?
    /// As much of that message as came back.
    public var message: [UInt8]

    /// An error from its parts.
    public init(
        errno: Errno, origin: Origin, type: UInt8 = 0, code: UInt8 = 0, info: UInt32 = 0, offender: IPAddress? = nil,
        destination: TunnelSocketAddress? = nil, message: [UInt8] = []
    ) {
        self.errno = errno
        self.origin = origin
        self.type = type
        self.code = code
        self.info = info
        self.offender = offender
        self.destination = destination
        self.message = message
    }

    /// The error in a message's control data (a sequence of `cmsghdr`, cmsg(3)); nil if there is none.
    init?(control: [UInt8], message: [UInt8], destination: TunnelSocketAddress?) {
        let word = UInt.bitWidth / 8
        func aligned(_ count: Int) -> Int { (count + word - 1) / word * word }
        let header = aligned(word + 8)
        var offset = 0
        while offset + header <= control.count {
            guard let length: UInt = control.host(at: offset), length >= header, length <= control.count - offset,
                let level: UInt32 = control.host(at: offset + word),
                let type: UInt32 = control.host(at: offset + word + 4)
            else { return nil }
            let isError =
                (CInt(bitPattern: level), CInt(bitPattern: type)) == (CInt(IPPROTO_IP), IP_RECVERR)
                || (CInt(bitPattern: level), CInt(bitPattern: type)) == (CInt(IPPROTO_IPV6), IPV6_RECVERR)
            if isError {
                self.init(structure: Array(control[offset + header..<offset + Int(length)]))
                self.message = message
                self.destination = destination
                return
            }
            offset += aligned(Int(length))
        }
        return nil
    }

    /// The bytes of `sock_extended_err` and the address behind it.
    private init?(structure: [UInt8]) {
        guard structure.count >= 16, let errno: UInt32 = structure.host(at: 0),
            let info: UInt32 = structure.host(at: 8)
        else { return nil }
        self.init(
            errno: Errno(rawValue: CInt(truncatingIfNeeded: errno)), origin: Origin(rawValue: structure[4]),
            type: structure[5], code: structure[6], info: info,
            offender: UDPAddress(bytes: Array(structure[16...]))?.address)
    }

    /// `Connection refused, says 192.0.2.2`.
    public var description: String {
        offender.map { "\(errno.description), says \($0)" } ?? errno.description
    }
}
