import CLibmnl
import Glibc
import L2TPModel
import L2TPWireTestSupport
import SystemPackage
import Testing

@testable import L2TPSockets

/// What the kernel writes into structures: counters and queued errors; and the numbers of options.
@Suite struct SocketStructureTests {
    @Test func statisticsStandWhereTheKernelHasThem() {
        typealias Structure = pppol2tp_ioc_stats
        #expect(MemoryLayout<Structure>.size == PPPoL2TPStatistics.encodedByteCount)
        #expect(MemoryLayout<Structure>.offset(of: \.session_id) == 2)
        #expect(MemoryLayout<Structure>.offset(of: \.tx_packets) == 8)
        #expect(MemoryLayout<Structure>.offset(of: \.tx_bytes) == 16)
        #expect(MemoryLayout<Structure>.offset(of: \.tx_errors) == 24)
        #expect(MemoryLayout<Structure>.offset(of: \.rx_packets) == 32)
        #expect(MemoryLayout<Structure>.offset(of: \.rx_bytes) == 40)
        #expect(MemoryLayout<Structure>.offset(of: \.rx_seq_discards) == 48)
        #expect(MemoryLayout<Structure>.offset(of: \.rx_oos_packets) == 56)
        #expect(MemoryLayout<Structure>.offset(of: \.rx_errors) == 64)
    }

    @Test func statistics() throws {
        let bytes =
            hostBytes(UInt16(1)) + hostBytes(UInt16(7)) + hostBytes(UInt32(1))
            + (1...8).flatMap { hostBytes(UInt64($0)) }
        let value = try #require(PPPoL2TPStatistics(bytes: bytes))
        #expect(value.tunnelID == 1 && value.sessionID == 7 && value.usesIPsec)
        #expect(
            value.counters
                == Statistics(
                    transmitPackets: 1, transmitBytes: 2, transmitErrors: 3, receivePackets: 4, receiveBytes: 5,
                    receiveErrors: 8, receiveSequenceDiscards: 6, receiveOutOfSequencePackets: 7))
        for count in 0..<bytes.count { #expect(PPPoL2TPStatistics(bytes: Array(bytes.prefix(count))) == nil) }
        #expect(PPPoL2TPStatistics.request(session: 7).count == 72)
        #expect(Array(PPPoL2TPStatistics.request(session: 7)[2..<4]) == hostBytes(UInt16(7)))
    }

    @Test func optionsAreTheKernels() {
        let options: [PPPoL2TPOption] = [.debug, .receiveSequence, .sendSequence, .lnsMode, .reorderTimeout]
        #expect(options.map(\.rawValue) == [1, 2, 3, 4, 5])
        #expect(L2TP_PPPIOCGL2TPSTATS == 0x8048_7436)
        #expect(L2TP_PPPIOCGCHAN == 0x8004_7437)
        #expect(L2TP_PPPIOCBRIDGECHAN == 0x4004_7435)
        #expect(L2TP_PPPIOCUNBRIDGECHAN == 0x7434)
        #expect(PPPUnit.NetworkProtocol.ipv4.rawValue == 0x21 && PPPUnit.NetworkProtocol.ipv6.rawValue == 0x57)
    }

    // MARK: Errors

    /// A control message (`cmsghdr`) on a machine with 64 bits.
    private func controlMessage(_ level: Int32, _ type: Int32, _ data: [UInt8]) -> [UInt8] {
        let bytes =
            hostBytes(UInt64(16 + data.count)) + hostBytes(UInt32(bitPattern: level))
            + hostBytes(UInt32(bitPattern: type)) + data
        return bytes + [UInt8](repeating: 0, count: -bytes.count & 7)
    }

    /// `sock_extended_err` of a closed port, and who says so.
    private static let refused =
        hostBytes(UInt32(bitPattern: ECONNREFUSED)) + hex("02 03 03 00") + hostBytes(UInt32(0)) + hostBytes(UInt32(0))
        + UDPAddress(address("192.0.2.2"), port: 0).bytes

    @Test func queuedError() throws {
        #expect(MemoryLayout<sock_extended_err>.size == 16)
        #expect(MemoryLayout<sock_extended_err>.offset(of: \.ee_info) == 8)
        // Something else comes first, as a time stamp does.
        let control = controlMessage(SOL_SOCKET, 29, [1, 2, 3]) + controlMessage(0, 11, Self.refused)
        let error = try #require(QueuedError(control: control, message: [5], destination: nil))
        #expect(
            error
                == QueuedError(
                    errno: .connectionRefused, origin: .icmp, type: 3, code: 3, offender: address("192.0.2.2"),
                    message: [5]))
        #expect(error.description == "\(Errno.connectionRefused.description), says 192.0.2.2")
        let ipv6 = controlMessage(41, 25, Array(Self.refused.prefix(16)))
        #expect(QueuedError(control: ipv6, message: [], destination: nil)?.offender == nil)
    }

    @Test func malformedControlDataIsNone() {
        let control = controlMessage(0, 11, Self.refused)
        for count in 0..<16 + 16 {
            #expect(QueuedError(control: Array(control.prefix(count)), message: [], destination: nil) == nil)
        }
        for length in [0, 15, 1 << 40, UInt64.max] {
            let wrong = hostBytes(length) + control.dropFirst(8)
            #expect(QueuedError(control: wrong, message: [], destination: nil) == nil)
        }
        let other = controlMessage(SOL_SOCKET, 29, [1])
        #expect(QueuedError(control: other, message: [], destination: nil) == nil)
    }

    @Test func randomControlDataNeverTraps() {
        var generator = SeededGenerator(for: "structures of sockets, random bytes")
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                UInt8.random(in: 0...(Bool.random(using: &generator) ? 3 : 255), using: &generator)
            }
            _ = QueuedError(control: bytes, message: [], destination: nil)
            _ = PPPoL2TPAddress(bytes: bytes)
            _ = PPPoL2TPStatistics(bytes: bytes)
        }
    }
}
