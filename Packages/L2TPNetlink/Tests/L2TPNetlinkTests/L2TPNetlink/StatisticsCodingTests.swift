import L2TPModel
import Netlink
import SystemPackage
import Testing

@testable import L2TPNetlink

@Suite struct StatisticsCodingTests {
    private func decode(_ attributes: [UInt8]) throws(NetlinkError) -> Statistics {
        try Statistics(NetlinkAttributeReader(attributes.span))
    }

    /// Each counter under its number in <linux/l2tp.h>.
    @Test func readsEveryCounter() throws {
        let attributes = (1...11).flatMap { rawAttribute($0, hostBytes(UInt64($0) * 100)) }
        let expected = Statistics(
            transmitPackets: 100, transmitBytes: 200, transmitErrors: 300, receivePackets: 400, receiveBytes: 500,
            receiveErrors: 800, receiveSequenceDiscards: 600, receiveOutOfSequencePackets: 700,
            receiveCookieDiscards: 1000, receiveInvalidPackets: 1100)
        #expect(try decode(attributes) == expected)
        #expect(try decode(attributes + rawAttribute(50, [1])) == expected)
    }

    @Test func countersThatOldKernelsLackAreNil() throws {
        let statistics = try decode(rawAttribute(1, hostBytes(UInt64.max)))
        #expect(statistics.transmitPackets == .max)
        #expect(statistics.receiveCookieDiscards == nil)
        #expect(statistics.receiveInvalidPackets == nil)
        #expect(try decode([]) == Statistics())
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11] as [UInt16])
    func refusesACounterOfAnotherLength(type: UInt16) {
        for count in [0, 4, 7, 9] {
            let bytes = rawAttribute(type, [UInt8](repeating: 1, count: count))
            let error = failure { () throws(NetlinkError) in _ = try decode(bytes) }
            #expect(error?.errno == .badMessage)
        }
    }
}
