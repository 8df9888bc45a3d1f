internal import CLibmnl
public import L2TPWire
public import Netlink

/// A request that a ``FakeKernel`` received.
public struct RecordedRequest: Hashable, Sendable {
    /// What was asked.
    public let step: Step
    /// The values of the attributes, the last of each number.
    public let attributes: [NetlinkAttributeType: [UInt8]]
    /// The whole message.
    public let bytes: [UInt8]

    /// The tunnel identifier (`L2TP_ATTR_CONN_ID`) of a command; nil if it has none.
    public var tunnelID: TunnelID? {
        attributes[NetlinkAttributeType(L2TP_ATTR_CONN_ID)].map { TunnelID(number(fromHostBytes: $0)) }
    }

    /// The session identifier (`L2TP_ATTR_SESSION_ID`) of a command; nil if it has none.
    public var sessionID: SessionID? {
        attributes[NetlinkAttributeType(L2TP_ATTR_SESSION_ID)].map { SessionID(number(fromHostBytes: $0)) }
    }

    /// The interface name (`L2TP_ATTR_IFNAME`) of a command; nil if it has none.
    public var interfaceName: String? {
        attributes[NetlinkAttributeType(L2TP_ATTR_IFNAME)].map { text(fromBytes: $0) }
    }
}
