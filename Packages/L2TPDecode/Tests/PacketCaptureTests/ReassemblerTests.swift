import L2TPWireTestSupport
import PacketCapture
import Testing

@Suite struct ReassemblerTests {
    /// A fragment in a raw IP packet.
    struct Piece {
        var bytes: [UInt8]
        var seconds: Int64 = 0
        var originalLength: Int?

        init(
            _ family: NetworkAddress.Family, _ payload: [UInt8], id: Int = 1, offset: Int, hasMore: Bool,
            _ number: IPProtocol = .udp, seconds: Int64 = 0
        ) {
            switch family {
            case .ipv4: bytes = Frames.ipv4(number, payload, id: id, offset: offset, hasMore: hasMore)
            case .ipv6:
                bytes = Frames.ipv6(
                    .fragment, Frames.fragmentHeader(number, id: id, offset: offset, hasMore: hasMore) + payload)
            }
            self.seconds = seconds
        }
    }

    /// What a reassembler gives for pieces, in order.
    struct Outcome {
        var payloads: [[UInt8]] = []
        var abandoned: [AbandonedDatagram] = []
        var abandonedCount = 0
        var errors: [LayerError] = []
        var mostPending = 0

        init(_ pieces: [Piece], limits: Reassembler.Limits = Reassembler.Limits(), timed: Bool = true) {
            var reassembler = Reassembler(limits: limits)
            for (index, piece) in pieces.enumerated() {
                do throws(LayerError) {
                    let packet = CapturedPacket(
                        number: index + 1, timestamp: nil, linkType: .raw, originalLength: piece.originalLength,
                        bytes: piece.bytes.span)
                    let network = try NetworkPacket(parsing: LinkFrame(parsing: packet))
                    let time = timed ? Timestamp(nanoseconds: piece.seconds * 1_000_000_000) : nil
                    if let whole = try reassembler.add(network, number: index + 1, at: time) {
                        payloads.append([UInt8](copying: whole.payload))
                    }
                } catch {
                    errors.append(error)
                }
                mostPending = max(mostPending, reassembler.pendingCount)
            }
            reassembler.finish()
            abandoned = reassembler.takeAbandoned()
            abandonedCount = reassembler.abandonedCount
        }
    }

    /// Random datagrams, cut at random, in random order, several at a time, some pieces twice.
    @Test(arguments: NetworkAddress.Family.allCases) func roundTrip(family: NetworkAddress.Family) {
        var generator = SeededGenerator(for: "ReassemblerTests.roundTrip")
        for _ in 0..<100 {
            var datagrams: [[UInt8]] = []
            var pieces: [Piece] = []
            for id in 0..<4 {
                let payload = generator.bytes(Int.random(in: 16...3000, using: &generator))
                datagrams.append(payload)
                var offset = 0
                while offset < payload.count {
                    // An offset of zero and nothing more to come would be no fragment.
                    let most = offset == 0 ? payload.count - 8 : payload.count - offset + 7
                    let count = max(Int.random(in: 1...800, using: &generator) / 8 * 8, 8)
                    let end = min(offset + min(count, most / 8 * 8), payload.count)
                    let piece = Piece(
                        family, Array(payload[offset..<end]), id: id, offset: offset, hasMore: end < payload.count)
                    pieces.append(piece)
                    offset = end
                }
            }
            pieces.shuffle(using: &generator)
            let outcome = Outcome(pieces)
            #expect(outcome.errors.isEmpty)
            #expect(Set(outcome.payloads) == Set(datagrams))
            #expect(outcome.payloads.count == 4)
            #expect(outcome.abandoned.isEmpty)
        }
    }

    static let bytes = Array(UInt8(0)..<32)

    @Test(arguments: NetworkAddress.Family.allCases) func duplicates(family: NetworkAddress.Family) {
        let first = Piece(family, Array(Self.bytes[..<16]), offset: 0, hasMore: true)
        let last = Piece(family, Array(Self.bytes[16...]), offset: 16, hasMore: false)
        #expect(Outcome([first, first, last]).payloads == [Self.bytes])
        #expect(Outcome([last, last, first]).payloads == [Self.bytes])
        // What comes after the last one begins anew.
        let twice = Outcome([first, last, first, last, first])
        #expect(twice.payloads == [Self.bytes, Self.bytes])
        #expect(twice.abandoned.map(\.reason) == [.captureEnded])
    }

    /// The bytes that came first stay (IPv4); the datagram is given up with all that follows (RFC 5722, IPv6).
    @Test func overlaps() {
        func pieces(_ family: NetworkAddress.Family) -> [Piece] {
            [
                Piece(family, [UInt8](repeating: 1, count: 8), offset: 8, hasMore: true),
                Piece(family, [UInt8](repeating: 2, count: 24), offset: 0, hasMore: true),
                Piece(family, [UInt8](repeating: 3, count: 16), offset: 16, hasMore: false),
            ]
        }
        let expected =
            [UInt8](repeating: 2, count: 8) + [UInt8](repeating: 1, count: 8)
            + [UInt8](repeating: 2, count: 8) + [UInt8](repeating: 3, count: 8)
        #expect(Outcome(pieces(.ipv4)).payloads == [expected])
        let outcome = Outcome(pieces(.ipv6))
        #expect(outcome.payloads.isEmpty)
        #expect(outcome.abandoned.map(\.reason) == [.overlap])
        // An overlap that repeats the same bytes is one too.
        let same = Outcome([
            Piece(.ipv6, [UInt8](repeating: 0, count: 16), offset: 0, hasMore: true),
            Piece(.ipv6, [UInt8](repeating: 0, count: 8), offset: 8, hasMore: true),
        ])
        #expect(same.abandoned.map(\.reason) == [.overlap])
    }

    @Test(arguments: NetworkAddress.Family.allCases) func contradictoryEnds(family: NetworkAddress.Family) {
        let short = Piece(family, [1, 2], offset: 8, hasMore: false)
        let long = Piece(family, [1, 2, 3], offset: 8, hasMore: false)
        let beyond = Piece(family, [UInt8](repeating: 0, count: 8), offset: 16, hasMore: true)
        for pieces in [[short, long], [long, short], [short, beyond], [beyond, short]] {
            let outcome = Outcome(pieces)
            #expect(outcome.payloads.isEmpty)
            #expect(outcome.abandoned.map(\.reason) == [.contradictoryEnd])
        }
    }

    @Test func identity() {
        // IPv4 tells datagrams of different protocols apart.
        let mixed = Outcome([
            Piece(.ipv4, [UInt8](repeating: 1, count: 8), offset: 0, hasMore: true, .udp),
            Piece(.ipv4, [2], offset: 8, hasMore: false, .tcp),
        ])
        #expect(mixed.payloads.isEmpty)
        #expect(mixed.abandoned.count == 2)
    }

    @Test func time() throws {
        let first = Piece(.ipv4, [UInt8](repeating: 1, count: 8), offset: 0, hasMore: true, seconds: 100)
        let inTime = Piece(.ipv4, [2], offset: 8, hasMore: false, seconds: 130)
        var late = inTime
        late.seconds = 131
        #expect(Outcome([first, inTime]).payloads.count == 1)
        let outcome = Outcome([first, late])
        #expect(outcome.payloads.isEmpty)
        #expect(outcome.abandoned.map(\.reason) == [.timedOut, .captureEnded])
        #expect(outcome.abandoned.first?.receivedByteCount == 8)
        #expect(outcome.abandoned.first?.expectedByteCount == nil)
        #expect(
            outcome.abandoned.last?.description
                == "fragments of 192.0.2.1 > 192.0.2.2, protocol 17, identification 1, from packet 2: 1 of 9 bytes: "
                + "fragments are missing at the end of the capture")
        #expect(Outcome([first, late], timed: false).payloads.count == 1)
        // One whose clock was ahead is not waited for.
        let ahead = Piece(.ipv4, [1, 2, 3, 4, 5, 6, 7, 8], id: 2, offset: 0, hasMore: true, seconds: 4_000_000_000)
        let others = Outcome([ahead, first, late])
        #expect(others.payloads.isEmpty)
        #expect(others.abandoned.map(\.reason) == [.timedOut, .timedOut, .captureEnded])
        // Nor is one behind another that is not too old, after the clock was set back.
        let before = Piece(.ipv4, [1, 2, 3, 4, 5, 6, 7, 8], id: 2, offset: 0, hasMore: true, seconds: 110)
        let setBack = Outcome([before, first, late])
        #expect(setBack.payloads.isEmpty)
        #expect(setBack.abandoned.map(\.reason) == [.timedOut, .captureEnded, .captureEnded])
        // One without a time has come when the first time was told.
        var reassembler = Reassembler()
        var payloads = 0
        for (piece, seconds) in [(before, nil), (first, 100), (late, 131)] as [(Piece, Int64?)] {
            let packet = CapturedPacket(number: 1, timestamp: nil, linkType: .raw, bytes: piece.bytes.span)
            let network = try NetworkPacket(parsing: LinkFrame(parsing: packet))
            let time = seconds.map { Timestamp(nanoseconds: $0 * 1_000_000_000) }
            if try reassembler.add(network, number: 1, at: time) != nil { payloads += 1 }
        }
        #expect(payloads == 0 && reassembler.takeAbandoned().map(\.reason) == [.timedOut, .timedOut])
    }

    @Test func bounds() {
        let limits = Reassembler.Limits(datagramCount: 10, byteCount: 1000, abandonedCount: 5)
        let many = (0..<100).map { Piece(.ipv4, [UInt8](repeating: 1, count: 8), id: $0, offset: 0, hasMore: true) }
        let outcome = Outcome(many, limits: limits)
        #expect(outcome.mostPending == 10)
        #expect(outcome.abandonedCount == 100)
        #expect(outcome.abandoned.count == 5)
        #expect(outcome.abandoned.allSatisfy { $0.reason == .evicted })
        let large = (0..<100).map { Piece(.ipv6, [UInt8](repeating: 1, count: 8), id: $0, offset: 392, hasMore: true) }
        #expect(Outcome(large, limits: limits).mostPending == 2)
    }

    /// Many datagrams that are done with behind one that waits are forgotten.
    @Test func doneWithBehindOneThatWaits() {
        var pieces = [Piece(.ipv4, [UInt8](repeating: 1, count: 8), id: 65535, offset: 0, hasMore: true)]
        for id in 0..<5000 {
            pieces.append(Piece(.ipv4, Array(Self.bytes[..<16]), id: id, offset: 0, hasMore: true))
            pieces.append(Piece(.ipv4, Array(Self.bytes[16...]), id: id, offset: 16, hasMore: false))
        }
        let outcome = Outcome(pieces, timed: false)
        #expect(outcome.payloads.count == 5000)
        #expect(outcome.mostPending == 2)
        #expect(outcome.abandoned.map(\.identification) == [65535])
    }

    @Test func cutFragment() {
        var first = Piece(.ipv4, [UInt8](repeating: 1, count: 16), offset: 0, hasMore: true)
        first.originalLength = first.bytes.count
        first.bytes.removeLast(4)
        let outcome = Outcome([first, Piece(.ipv4, [2], offset: 16, hasMore: false)])
        #expect(outcome.payloads.isEmpty)
        #expect(outcome.abandoned.map(\.reason) == [.cut])
    }

    /// Headers that the first fragment carries are walked in the whole datagram.
    @Test func headersInFragments() throws {
        let payload: [UInt8] = [17, 0, 1, 4, 0, 0, 0, 0] + Frames.udp([5])
        let pieces = [
            Piece(.ipv6, Array(payload[8...]), offset: 8, hasMore: false, .udp),
            Piece(.ipv6, Array(payload[..<8]), offset: 0, hasMore: true, .destinationOptions),
        ]
        #expect(Outcome(pieces).payloads == [Frames.udp([5])])
        let broken = [
            Piece(.ipv6, [17, 9, 1, 4, 0, 0, 0, 0], offset: 0, hasMore: true, .destinationOptions),
            Piece(.ipv6, [1], offset: 8, hasMore: false),
        ]
        #expect(
            Outcome(broken).errors == [LayerError(.truncated, at: 9, in: "IPv6 extension header", isReassembled: true)])
        let nested = [
            Piece(
                .ipv6, Frames.fragmentHeader(.udp, id: 2, offset: 4096, hasMore: true), offset: 0, hasMore: true,
                .fragment),
            Piece(.ipv6, Frames.udp([5]), offset: 8, hasMore: false, .fragment),
        ]
        let detail = "a fragment within a fragmented datagram"
        #expect(
            Outcome(nested).errors == [
                LayerError(.badFragment, at: 0, in: "IPv6 fragment header", detail, isReassembled: true)
            ])
    }

    @Test("an error in what was put together says so")
    func errorsOfReassembled() throws {
        let payload: [UInt8] = Frames.bigEndian(1701, 2) + Frames.bigEndian(1702, 2) + [0, 7, 0, 0]
        var reassembler = Reassembler()
        let pieces = [
            Piece(.ipv4, payload, offset: 0, hasMore: true), Piece(.ipv4, [1], offset: 8, hasMore: false),
        ]
        var errors: [LayerError] = []
        for piece in pieces {
            do throws(LayerError) {
                let packet = CapturedPacket(number: 1, timestamp: nil, linkType: .raw, bytes: piece.bytes.span)
                let network = try NetworkPacket(parsing: LinkFrame(parsing: packet))
                if let whole = try reassembler.add(network, number: 1, at: nil) { _ = try UDPDatagram(parsing: whole) }
            } catch {
                errors.append(error)
            }
        }
        let detail = "7 bytes, the header alone has 8"
        #expect(errors == [LayerError(.badLength, at: 4, in: "UDP Length", detail, isReassembled: true)])
        #expect(
            errors.first?.description
                == "wrong length, at byte 4 of the fragments put together (UDP Length): \(detail)")
    }

    @Test("what was given up waits for nothing, though its further fragments are still known")
    func failedAreNotPending() {
        let bytes = [UInt8](repeating: 1, count: 8)
        let outcome = Outcome([
            Piece(.ipv4, bytes, offset: 16, hasMore: false), Piece(.ipv4, bytes, offset: 32, hasMore: false),
            Piece(.ipv4, bytes, offset: 0, hasMore: true), Piece(.ipv4, bytes, id: 2, offset: 0, hasMore: true),
        ])
        #expect(outcome.mostPending == 1)
        #expect(outcome.abandonedCount == 2)
        #expect(outcome.abandoned.map(\.reason) == [.contradictoryEnd, .captureEnded])
    }

    @Test func wholePacketsAreLeftAlone() {
        var piece = Piece(.ipv4, [], offset: 0, hasMore: false)
        piece.bytes = LinkFrameTests.packet
        let outcome = Outcome([piece])
        #expect(outcome.payloads.isEmpty)
        #expect(outcome.abandoned.isEmpty)
    }

    @Test(arguments: NetworkAddress.Family.allCases) func randomFragmentsNeverTrap(family: NetworkAddress.Family) {
        var generator = SeededGenerator(for: "ReassemblerTests.randomFragmentsNeverTrap")
        let limits = Reassembler.Limits(datagramCount: 4, byteCount: 2000, nanoseconds: 5_000_000_000)
        let pieces = (0..<20_000).map { _ in
            Piece(
                family, generator.bytes(Int.random(in: 0...3, using: &generator) * 8),
                id: Int.random(in: 0...5, using: &generator), offset: Int.random(in: 0...4, using: &generator) * 8,
                hasMore: Int.random(in: 0...3, using: &generator) > 0,
                seconds: Int64.random(in: 0...20, using: &generator))
        }
        let outcome = Outcome(pieces, limits: limits)
        #expect(outcome.mostPending <= 4)
        #expect(outcome.payloads.count > 10)
        #expect(outcome.abandonedCount > 10)
    }
}
