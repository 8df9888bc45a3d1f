import L2TPModel
import LinkControl
import Netlink
import SystemPackage
import Testing

extension KernelTests {
    @Suite("A wait for an IPv6 address", .sitePair)
    struct DuplicateDetectionTests {
        let pair: SitePair
        private let limit = Duration.seconds(30)
        private let specification = AddressSpecification(ipAddress("fd42::1"), prefixBitCount: 64)

        init() throws {
            pair = try SitePair.current()
            for side in Side.allCases { try pair[side].set("ipv6/conf/wan/dad_transmits", to: "3") }
        }

        /// Adds the address on the left and hands it to `body` while it is there.
        private func withAddress(_ body: (borrowing LinkClient<NetlinkSocket>, Link) throws -> Void) throws {
            var client = try pair.left.linkClient()
            let link = try pair.left.requireLink(SitePair.interface)
            try client.add(specification, to: link)
            defer {
                #expect(throws: Never.self) {
                    var client = try pair.left.linkClient()
                    try client.remove(specification, from: link)
                }
            }
            try body(client, link)
        }

        @Test("ends when no other host has answered")
        func tentative() throws {
            let start = ContinuousClock.now
            try withAddress { client, link in
                var reader = try pair.left.linkClient()
                let first = try #require(try reader.addresses().first { $0.address == specification.address })
                // Three seconds, in which a machine may stand still.
                #expect(first.isTentative || ContinuousClock.now - start > .seconds(2))
                #expect(!first.isDuplicate)
                let ready = try client.waitForAddress(specification.address, on: link, atMost: limit)
                #expect(ready.isUsable && ready.specification == specification)
            }
        }

        @Test("ends at once with an error when another host has the address")
        func duplicate() throws {
            let line = "\(specification) dev \(SitePair.interface)"
            try Shell.ip(["address add \(line) nodad"], in: pair.right)
            defer { #expect(throws: Never.self) { try Shell.ip(["address delete \(line)"], in: pair.right) } }
            try withAddress { client, _ in
                let error = linkFailure { () throws(LinkError) in
                    _ = try client.waitForAddress(specification.address, atMost: limit)
                }
                #expect(error?.reason == .duplicate)
                #expect(error?.object == .anyAddress("fd42::1"))
            }
        }

        @Test("is over when its time is")
        func timeOut() throws {
            let client = try pair.left.linkClient()
            let error = linkFailure { () throws(LinkError) in
                _ = try client.waitForAddress(ipAddress("fd42::99"), atMost: .milliseconds(20))
            }
            #expect(error?.reason == .timedOut)
        }

        @Test("says that a tentative address waits for its interface")
        func interfaceDown() throws {
            let interface = try PseudowireInterface(in: pair.left)
            try pair.left.set("ipv6/conf/pw/disable_ipv6", to: "0")
            var client = try pair.left.linkClient()
            try client.add(specification, to: try interface.link)
            let error = linkFailure { () throws(LinkError) in
                _ = try client.waitForAddress(specification.address, atMost: .milliseconds(20))
            }
            #expect(error?.explanation == "it is tentative as long as pw is down")
            try pair.left.deleteAllTunnels()
        }
    }
}
