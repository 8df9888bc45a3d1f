import CLibmnl
import L2TPModel
import L2TPNetlink
import Testing

@testable import LinkControl
@testable import Netlink

/// Our numbers against the kernel's headers.
@Suite struct LayoutTests {
    @Test func headersAreAsLongAsTheKernels() {
        #expect(NetlinkMessageHeader.encodedByteCount == MemoryLayout<nlmsghdr>.size)
        #expect(MemoryLayout<nlattr>.size == 4)
        #expect(GenericFamily.headerByteCount == MemoryLayout<genlmsghdr>.size)
        #expect(Link.headerByteCount == MemoryLayout<ifinfomsg>.size)
        #expect(InterfaceAddress.headerByteCount == MemoryLayout<ifaddrmsg>.size)
    }

    @Test func fieldsStandWhereTheyAreRead() {
        #expect(MemoryLayout<nlmsghdr>.offset(of: \.nlmsg_len) == 0)
        #expect(MemoryLayout<nlmsghdr>.offset(of: \.nlmsg_type) == 4)
        #expect(MemoryLayout<nlmsghdr>.offset(of: \.nlmsg_flags) == 6)
        #expect(MemoryLayout<nlmsghdr>.offset(of: \.nlmsg_seq) == 8)
        #expect(MemoryLayout<nlmsghdr>.offset(of: \.nlmsg_pid) == 12)
        #expect(MemoryLayout<nlmsgerr>.offset(of: \.msg) == 4)
        #expect(MemoryLayout<ifinfomsg>.offset(of: \.ifi_index) == 4)
        #expect(MemoryLayout<ifinfomsg>.offset(of: \.ifi_flags) == 8)
        #expect(MemoryLayout<ifaddrmsg>.offset(of: \.ifa_prefixlen) == 1)
        #expect(MemoryLayout<ifaddrmsg>.offset(of: \.ifa_flags) == 2)
        #expect(MemoryLayout<ifaddrmsg>.offset(of: \.ifa_index) == 4)
    }

    /// The model writes the numbers out, for it knows no C.
    @Test func numbersOfTheModelAreTheKernels() {
        let flags: [(LinkFlags, net_device_flags)] = [
            (.up, IFF_UP), (.broadcast, IFF_BROADCAST), (.loopback, IFF_LOOPBACK), (.pointToPoint, IFF_POINTOPOINT),
            (.running, IFF_RUNNING), (.noAddressResolution, IFF_NOARP), (.promiscuous, IFF_PROMISC),
            (.multicast, IFF_MULTICAST), (.lowerUp, IFF_LOWER_UP),
        ]
        for (ours, theirs) in flags { #expect(ours.rawValue == theirs.rawValue) }
        let states: [(OperationalState, Int)] = [
            (.unknown, IF_OPER_UNKNOWN), (.notPresent, IF_OPER_NOTPRESENT), (.down, IF_OPER_DOWN),
            (.lowerLayerDown, IF_OPER_LOWERLAYERDOWN), (.testing, IF_OPER_TESTING), (.dormant, IF_OPER_DORMANT),
            (.up, IF_OPER_UP),
        ]
        for (ours, theirs) in states { #expect(Int(ours.rawValue) == theirs) }
    }

    @Test func numbersAreTheKernels() {
        #expect(NetlinkMessageType.noOperation.rawValue == 1)
        #expect(NetlinkMessageType.error.rawValue == 2)
        #expect(NetlinkMessageType.done.rawValue == 3)
        #expect(NetlinkMessageType.overrun.rawValue == 4)
        #expect(NetlinkMessageFlags.request.rawValue == 0x1)
        #expect(NetlinkMessageFlags.multipart.rawValue == 0x2)
        #expect(NetlinkMessageFlags.acknowledge.rawValue == 0x4)
        #expect(NetlinkMessageFlags.dumpInterrupted.rawValue == 0x10)
        #expect(NetlinkMessageFlags.dump.rawValue == 0x300)
        #expect(NetlinkMessageFlags.capped.rawValue == UInt16(NLM_F_CAPPED))
        #expect(NetlinkMessageFlags.acknowledgeAttributes.rawValue == UInt16(NLM_F_ACK_TLVS))
        #expect(GenericFamily.controller.messageType.rawValue == 16)
        #expect(GenericFamily.l2tpName == "l2tp")
        #expect(GenericFamily.l2tpVersion == 1)
        let commands: [L2TPCommand] = [
            .noOperation, .tunnelCreate, .tunnelDelete, .tunnelGet, .sessionCreate, .sessionDelete, .sessionGet,
        ]
        #expect(commands.map(\.rawValue) == [0, 1, 2, 4, 5, 6, 8])
    }
}
