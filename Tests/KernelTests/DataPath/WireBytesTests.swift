import L2TPModel
import L2TPNetlink
import L2TPWire
import L2TPWireTestSupport
import Testing

extension KernelTests {
    /// What is on the cable is what we configured, read with L2TPWire.
    @Suite(.sitePair)
    struct WireBytesTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
        }

        @Test(arguments: Cell.possible)
        func carriesWhatWasConfigured(_ cell: Cell) throws {
            let packets = try capture(cell, frameCount: 3)
            for (number, packet) in packets.enumerated() {
                try check(packet, of: cell, number: number)
                #expect(packet.udp?.checksum != 0 || cell.ipVersion == .v4)
                if cell.ipVersion == .v4, let udp = packet.udp { #expect(udp.checksum == 0) }
            }
        }

        @Test func checksumOverIPv4OnRequest() throws {
            let packet = try #require(try capture(udp(.v4)) { $0.ipv4Checksum = true }.first)
            #expect(packet.udp?.checksum != 0)
        }

        @Test func noChecksumOverIPv6OnRequest() throws {
            let packet = try #require(try capture(udp(.v6)) { $0.ipv6TransmitChecksum = false }.first)
            #expect(packet.udp?.checksum == 0)
        }

        /// A peer that insists on checksums drops what comes without.
        @Test(arguments: [true, false])
        func receiverMayInsistOnChecksums(_ insists: Bool) throws {
            let wire = try Pseudowire(in: pair, udp(.v6)) { side, tunnel, _ in
                tunnel.setUDP {
                    if side == .left { $0.ipv6TransmitChecksum = false } else { $0.ipv6ReceiveChecksum = insists }
                }
            }
            let socket = try PacketSocket(Cell.interface, in: pair.left)
            try socket.send(TestFrame.bytes(number: 0))
            #expect(try wire.session(.right).statistics.receivePackets == (insists ? 0 : 1))
            try wire.remove()
        }

        private func udp(_ version: IPVersion) -> Cell { Cell(encapsulation: .udp, ipVersion: version) }

        /// Sends frames from the left side and catches them on the cable at the right side.
        private func capture(
            _ cell: Cell, frameCount: Int = 1, adjust: (inout UDPParameters) -> Void = { _ in }
        ) throws -> [OuterPacket] {
            var client = try pair.left.client()
            var tunnel = cell.tunnel(.left)
            tunnel.setUDP(adjust)
            try client.createTunnel(tunnel)
            try client.createSession(try cell.session(.left))
            try Shell.ip(["link set \(Cell.interface) up"], in: pair.left)
            let cable = try PacketSocket(SitePair.interface, in: pair.right)
            let pseudowire = try PacketSocket(Cell.interface, in: pair.left)
            let packets = try (0..<frameCount).map { number in
                try pseudowire.send(TestFrame.bytes(number: number))
                return try #require(
                    try cable.next { $0.source == SitePair.address(.left, cell.ipVersion) ? $0 : nil })
            }
            try client.deleteTunnel(tunnel.id)
            return packets
        }

        private func check(_ packet: OuterPacket, of cell: Cell, number: Int) throws {
            #expect(packet.destination == SitePair.address(.right, cell.ipVersion))
            #expect(packet.encapsulation == cell.encapsulation)
            #expect(!packet.dontFragment)
            if let udp = packet.udp {
                #expect(udp.source == Cell.port(.left))
                #expect(udp.destination == Cell.port(.right))
            }
            let bytes = packet.payload
            guard case .data(let undecoded) = try Message(parsing: bytes.span, encapsulation: packet.encapsulation)
            else {
                Issue.record("a control message")
                return
            }
            #expect(undecoded.sessionID == Cell.sessionID(.right))
            let message = try undecoded.decoded(as: cell.format)
            #expect(message.cookie == cell.cookie(.left))
            #expect(message.sequenceNumber == (cell.sequence ? SequenceNumber(rawValue: UInt32(number)) : nil))
            let word: UInt32? = cell.sublayer == .none ? nil : cell.sequence ? 0x4000_0000 | UInt32(number) : 0
            #expect(message.sublayerWord == word)
            #expect([UInt8](copying: message.payload) == TestFrame.bytes(number: number))

            // And the other way: what we would write are the kernel's bytes.
            let header = try DataHeader(
                encapsulation: cell.encapsulation, sessionID: Cell.sessionID(.right), cookie: cell.cookie(.left),
                sublayer: cell.sublayer, sequenceNumber: message.sequenceNumber)
            let written = [UInt8](capacity: header.encodedByteCount) { header.serialize(into: &$0) }
            #expect(written == Array(bytes.prefix(header.encodedByteCount)))
        }
    }
}
