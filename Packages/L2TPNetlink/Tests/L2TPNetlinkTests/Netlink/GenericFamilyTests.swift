import Netlink
import SystemPackage
import Testing

/// Against the kernel this runs on: the controller answers everywhere and needs no privilege.
@Suite struct GenericFamilyTests {
    private func exchange() throws(NetlinkError) -> Exchange<NetlinkSocket> {
        Exchange(over: try NetlinkConnector.kernel().open(.generic))
    }

    @Test func theControllerKnowsItself() throws {
        var exchange = try exchange()
        let family = try exchange.family(named: "nlctrl")
        #expect(family.name == "nlctrl")
        #expect(family.messageType.rawValue == 16)
        #expect(family.version == 2)
        #expect(family.multicastGroups.keys.contains("notify"))
        #expect(family.multicastGroups.values.allSatisfy { $0 > 0 })
    }

    @Test func anUnknownFamilyIsMissing() throws {
        var exchange = try exchange()
        let error = failure { () throws(NetlinkError) in _ = try exchange.family(named: "no-such-family") }
        #expect(error?.operation == .request)
        #expect(error?.errno == .noSuchFileOrDirectory)
    }

    /// The kernel complains of names that do not fit, and says at which byte.
    @Test func aFamilyNameMayBeTooLong() throws {
        var exchange = try exchange()
        let error = failure { () throws(NetlinkError) in
            _ = try exchange.family(named: String(repeating: "x", count: 40))
        }
        #expect(error?.operation == .request)
        #expect([.outOfRange, .invalidArgument].contains(error?.errno))
    }

    private func family(_ attributes: [UInt8]) throws(NetlinkError) -> GenericFamily {
        let bytes = rawMessage(type: 16, [1, 2, 0, 0] + attributes)
        var reader = NetlinkMessageReader(bytes.span)
        guard let message = try reader.next() else { throw .malformed("no message") }
        return try GenericFamily(message)
    }

    @Test func readsGoldenBytes() throws {
        let golden = hex(
            """
            0900 0200 6c32747000 000000            // FAMILY_NAME l2tp
            0600 0100 1b00 0000                    // FAMILY_ID 27
            0800 0300 01000000                     // VERSION 1
            0800 0400 00000000                     // HDRSIZE 0, skipped
            1c00 0780                              // MCAST_GROUPS, nested
            1800 0180                              //   group 1, nested
            0800 0200 07000000                     //     ID 7
            0900 0100 6c32747000 000000            //     NAME l2tp
            """)
        let family = try family(golden)
        #expect(
            family
                == GenericFamily(
                    name: "l2tp", messageType: NetlinkMessageType(rawValue: 27), version: 1,
                    multicastGroups: ["l2tp": 7]))
        for count in 0..<golden.count {
            _ = failure { () throws(NetlinkError) in _ = try self.family(Array(golden.prefix(count))) }
        }
    }

    @Test func aFamilyNeedsItsNumber() {
        let error = failure { () throws(NetlinkError) in _ = try family(rawAttribute(2, Array("x\0".utf8))) }
        #expect(error?.message == "family x lacks its number")
        let short = failure { () throws(NetlinkError) in _ = try family(rawAttribute(1, [1])) }
        #expect(short?.errno == .badMessage)
    }

    @Test func aGroupNeedsNameAndNumber() throws {
        let groups = rawAttribute(7, rawAttribute(1, rawAttribute(2, [7, 0, 0, 0])) + rawAttribute(2, []))
        #expect(try family(rawAttribute(1, [27, 0]) + groups).multicastGroups.isEmpty)
    }
}
