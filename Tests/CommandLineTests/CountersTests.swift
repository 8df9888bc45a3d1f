import L2TPModel
import L2TPWire
import NetlinkTestSupport
import Testing

@testable import l2tp

/// `show` with `-s`.
@Suite struct CountersTests {
    private static let statistics = Statistics(
        transmitPackets: 256, transmitBytes: 18432, transmitErrors: 0, receivePackets: 128, receiveBytes: 9216,
        receiveErrors: 31, receiveSequenceDiscards: 0, receiveOutOfSequencePackets: 2, receiveCookieDiscards: 31,
        receiveInvalidPackets: 1)

    private func bench() -> Bench {
        let bench = Bench.withSession()
        bench("add session tid 3000 sid 1001 psid 2001 cookie deadbeef peer_cookie 0102030405060708")
        bench.kernel.setStatistics(Self.statistics, of: TunnelID(3000))
        bench.kernel.setStatistics(Self.statistics, of: SessionID(1001), in: TunnelID(3000))
        return bench
    }

    @Test(arguments: ["-s", "-stats", "--statistics"])
    func tunnel(option: String) {
        let bench = bench()
        #expect(
            bench("\(option) show tunnel").output == bench("show tunnel").output + """
                  RX: bytes packets errors invalid
                       9216     128     31       1
                  TX: bytes packets errors
                      18432     256      0
                  1 packet was malformed or of another version than L2TPv3

                """)
    }

    @Test func session() {
        let bench = bench()
        #expect(
            bench("show session sid 1001 -s").output == bench("show session sid 1001").output + """
                  RX: bytes packets errors cookie-discards seq-discards out-of-seq
                       9216     128     31              31            0          2
                  TX: bytes packets errors
                      18432     256      0
                  31 packets carried another cookie than 0102030405060708: the peer's cookie must equal our peer_cookie

                """)
    }

    @Test func oneLine() {
        #expect(
            bench()("-s -o show session sid 1000").output.hasSuffix(
                "\\  offset 0, peer offset 0\\  RX: bytes packets errors cookie-discards seq-discards out-of-seq"
                    + "\\          0       0      0               0            0          0"
                    + "\\  TX: bytes packets errors\\          0       0      0\n"))
    }

    @Test func largeNumbersAndMissingColumns() {
        var session = Session(
            tunnelID: TunnelID(1), peerTunnelID: TunnelID(2), id: SessionID(3), peerID: SessionID(4),
            requiresSequenceNumbers: true)
        session.statistics = Statistics(transmitBytes: .max, receiveSequenceDiscards: 1)
        #expect(
            Counters.lines(of: session) == [
                "  RX:                bytes packets errors seq-discards out-of-seq",
                "                         0       0      0            1          0",
                "  TX:                bytes packets errors",
                "      18446744073709551615       0      0",
                "  1 packet carried a number out of sequence, or no number at all: we require one (seq recv)",
            ])
        session.requiresSequenceNumbers = false
        session.statistics.receiveSequenceDiscards = 5
        #expect(Counters.lines(of: session).last == "  5 packets carried a number out of sequence")
    }

    @Test func jsonIsTheSame() {
        let bench = bench()
        #expect(bench("-s -j show session") == bench("-j show session"))
    }
}
