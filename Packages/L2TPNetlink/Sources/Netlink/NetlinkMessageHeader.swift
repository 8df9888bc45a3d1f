internal import CLibmnl

/// What a netlink message is: a control message of netlink itself or a number of the protocol.
///
/// The kernel field is `nlmsg_type`.
public struct NetlinkMessageType: RawRepresentable, Hashable, Sendable {
    /// The number in host byte order; below 16 it belongs to netlink itself.
    public var rawValue: UInt16

    /// Wraps a number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Nothing (`NLMSG_NOOP`).
    public static let noOperation = Self(rawValue: UInt16(NLMSG_NOOP))
    /// An error number or, with 0, an acknowledgement (`NLMSG_ERROR`).
    public static let error = Self(rawValue: UInt16(NLMSG_ERROR))
    /// The end of a dump (`NLMSG_DONE`).
    public static let done = Self(rawValue: UInt16(NLMSG_DONE))
    /// Lost data (`NLMSG_OVERRUN`).
    public static let overrun = Self(rawValue: UInt16(NLMSG_OVERRUN))
}

/// The flags of a netlink message; the kernel field is `nlmsg_flags`.
public struct NetlinkMessageFlags: OptionSet, Hashable, Sendable {
    /// The bits in host byte order.
    public var rawValue: UInt16

    /// Wraps bits.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// A request (`NLM_F_REQUEST`).
    public static let request = Self(rawValue: UInt16(NLM_F_REQUEST))
    /// One of several parts (`NLM_F_MULTI`).
    public static let multipart = Self(rawValue: UInt16(NLM_F_MULTI))
    /// An acknowledgement is wanted (`NLM_F_ACK`).
    public static let acknowledge = Self(rawValue: UInt16(NLM_F_ACK))
    /// The list changed while it was dumped (`NLM_F_DUMP_INTR`).
    public static let dumpInterrupted = Self(rawValue: UInt16(NLM_F_DUMP_INTR))
    /// The whole list is wanted (`NLM_F_DUMP`).
    public static let dump = Self(rawValue: UInt16(NLM_F_ROOT | NLM_F_MATCH))
    /// In a request to make something: refuse if it is there (`NLM_F_EXCL`).
    public static let exclusive = Self(rawValue: UInt16(NLM_F_EXCL))
    /// In a request to make something: make it if it is not there (`NLM_F_CREATE`).
    public static let create = Self(rawValue: UInt16(NLM_F_CREATE))
    /// In an acknowledgement: the request's payload is left out (`NLM_F_CAPPED`).
    public static let capped = Self(rawValue: 0x100)
    /// In an acknowledgement: attributes follow (`NLM_F_ACK_TLVS`).
    public static let acknowledgeAttributes = Self(rawValue: 0x200)
}

/// The fixed header of a netlink message; the kernel's is `struct nlmsghdr`.
public struct NetlinkMessageHeader: Hashable, Sendable {
    /// Length of the message in bytes, header included (`nlmsg_len`).
    public var byteCount: Int
    /// What the message is (`nlmsg_type`).
    public var type: NetlinkMessageType
    /// Its flags (`nlmsg_flags`).
    public var flags: NetlinkMessageFlags
    /// The number that ties an answer to its request (`nlmsg_seq`).
    public var sequence: UInt32
    /// The port identifier of the socket that asked (`nlmsg_pid`).
    public var portID: UInt32

    /// Length of the header on the wire in bytes.
    public static let encodedByteCount = 16
}
