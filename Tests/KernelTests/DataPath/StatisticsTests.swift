import L2TPModel
import L2TPNetlink
import L2TPWire
import Testing

extension KernelTests {
    /// The counters mean what the documentation of `Statistics` says.
    @Suite(.sitePair)
    struct StatisticsTests {
        static let frameCount = 5

        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        @Test(arguments: Cell.possible.filter { $0.ipVersion == .v4 })
        func countFramesWithTheirHeaders(_ cell: Cell) throws {
            let wire = try Pseudowire(in: pair, cell)
            let before = try wire.session(.left).statistics
            #expect(before == .zero)
            try sendFrames()

            let packets = UInt64(Self.frameCount)
            let header = cell.format.headerByteCount(over: cell.encapsulation)
            let bytes = packets * UInt64(TestFrame.byteCount + header)
            var sent = Statistics.zero
            (sent.transmitPackets, sent.transmitBytes) = (packets, bytes)
            var received = Statistics.zero
            (received.receivePackets, received.receiveBytes) = (packets, bytes)
            #expect(try wire.session(.left).statistics == sent)
            #expect(try wire.session(.right).statistics == received)
            #expect(try tunnel(.left).statistics == sent)
            #expect(try tunnel(.right).statistics == received)

            // The interface counts plain frames when sending and whole messages when receiving.
            #expect(try interfaceBytes(.left).sent == packets * UInt64(TestFrame.byteCount))
            #expect(try interfaceBytes(.right).received == bytes)
            try wire.remove()
        }

        /// Frames without a number where numbers are required are dropped and counted.
        @Test func missingSequenceNumbers() throws {
            let wire = try Pseudowire(in: pair, Cell(encapsulation: .udp, ipVersion: .v4)) { side, _, session in
                session.requiresSequenceNumbers = side == .right
            }
            try sendFrames()
            let statistics = try wire.session(.right).statistics
            #expect(statistics.receiveSequenceDiscards == UInt64(Self.frameCount))
            #expect(statistics.receiveErrors == UInt64(Self.frameCount))
            #expect(statistics.receivePackets == 0)
            try wire.remove()
        }

        /// Outside LNS mode the kernel follows the peer: numbered frames turn our numbering on.
        @Test(arguments: [false, true])
        func sequenceNumbersFollowThePeerUnlessLNS(_ lnsMode: Bool) throws {
            let wire = try Pseudowire(in: pair, Cell(encapsulation: .udp, ipVersion: .v4)) { side, _, session in
                session.sendsSequenceNumbers = side == .left
                session.lnsMode = side == .right && lnsMode
            }
            #expect(try wire.session(.right).sendsSequenceNumbers == false)
            #expect(try wire.session(.right).lnsMode == lnsMode)
            try sendFrames()
            #expect(try wire.session(.right).statistics.receivePackets == UInt64(Self.frameCount))
            #expect(try wire.session(.right).sendsSequenceNumbers == !lnsMode)
            try wire.remove()
        }

        private func sendFrames() throws {
            let socket = try PacketSocket(Cell.interface, in: pair.left)
            for number in 0..<Self.frameCount { try socket.send(TestFrame.bytes(number: number)) }
        }

        private func tunnel(_ side: Side) throws -> Tunnel {
            var client = try pair[side].client()
            return try #require(try client.tunnel(Cell.tunnelID(side)))
        }

        /// The counters of the interface itself.
        private func interfaceBytes(_ side: Side) throws -> (received: UInt64, sent: UInt64) {
            let text = try SystemCalls.inNamespace(pair[side].path) {
                try Kernel.readText("/proc/thread-self/net/dev")
            }
            let line = try #require(text.split(separator: "\n").first { $0.trimmed.hasPrefix("\(Cell.interface):") })
            let numbers = line.words.dropFirst().compactMap { UInt64($0) }
            return (numbers[0], numbers[8])
        }
    }
}

extension Statistics {
    /// All counters zero, on a kernel that keeps all of them.
    fileprivate static let zero = Self(receiveCookieDiscards: 0, receiveInvalidPackets: 0)
}
