import L2TPModel
import L2TPNetlink
import L2TPSockets
import L2TPWire
import Testing

extension KernelTests {
    /// What Linux makes of the sequence numbers of L2TPv2 (RFC 2661 §5.4), over messages written by hand.
    @Suite(.sitePair)
    struct SequenceNumberTests {
        let pair: SitePair

        init() throws {
            pair = try SitePair.current()
            try pair.left.deleteAllTunnels()
        }

        /// One end, and a socket in the place of the other.
        final class Receiver {
            let session: PPPoL2TPSocket
            private let tunnel: ManagedTunnel
            private let peer: TunnelSocket

            init(in pair: SitePair) throws {
                tunnel = try TunnelKind.v2UDP.tunnel(.left, 1, in: pair)
                session = try TunnelKind.v2UDP.pppSocket(.left, 7, in: 1, of: pair)
                peer = try TunnelKind.v2UDP.socket(.right, 1, in: pair)
            }

            /// Sends 64 bytes of PPP to the session, with a sequence number or without.
            func send(_ number: UInt16?) throws {
                var message: [UInt8] = [number == nil ? 0x00 : 0x08, 0x02, 0, 1, 0, 7]
                if let number { message += [UInt8(number >> 8), UInt8(number & 0xff), 0, 0] }
                message += [0xff, 0x03, 0x00, 0x21] + [UInt8](repeating: 0x5a, count: 60)
                try peer.send(message.span)
            }

            func counters() throws -> Statistics { try session.statistics().counters }
        }

        private func run(_ body: (Receiver) throws -> Void) throws {
            do {
                let receiver = try Receiver(in: pair)
                try body(receiver)
            }
            #expect(try pair.left.losesAllTunnels())
        }

        /// Waits until so many messages have been counted.
        private func expect(
            _ receiver: Receiver, received: UInt64, errors: UInt64 = 0, discards: UInt64 = 0, outOfSequence: UInt64 = 0,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            var found = Statistics()
            _ = try eventually {
                found = try receiver.counters()
                return found.receivePackets + found.receiveErrors >= received + errors
            }
            #expect(found.receivePackets == received, sourceLocation: sourceLocation)
            #expect(found.receiveErrors == errors, sourceLocation: sourceLocation)
            #expect(found.receiveSequenceDiscards == discards, sourceLocation: sourceLocation)
            #expect(found.receiveOutOfSequencePackets == outOfSequence, sourceLocation: sourceLocation)
        }

        @Test(arguments: [Int32(0), 1])
        func numbersAreDemanded(_ lnsMode: Int32) throws {
            try run { receiver in
                try receiver.session.setOption(.lnsMode, to: lnsMode)
                try receiver.session.setOption(.receiveSequence, to: 1)
                try receiver.send(nil)
                try expect(receiver, received: 0, errors: 1, discards: 1)
                try receiver.send(0)
                try expect(receiver, received: 1, errors: 1, discards: 1)
                // An access concentrator follows the peer.
                #expect(try receiver.session.option(.sendSequence) == (lnsMode == 0 ? 1 : 0))
            }
        }

        @Test(arguments: [Int32(0), 1])
        func numbersAreSent(_ lnsMode: Int32) throws {
            try run { receiver in
                try receiver.session.setOption(.lnsMode, to: lnsMode)
                try receiver.session.setOption(.sendSequence, to: 1)
                try receiver.send(nil)
                if lnsMode == 1 {
                    try expect(receiver, received: 0, errors: 1, discards: 1)
                } else {
                    try expect(receiver, received: 1)
                }
                #expect(try receiver.session.option(.sendSequence) == lnsMode)
            }
        }

        /// A window of half the space lies ahead of the number that is due.
        @Test(arguments: [(UInt16(0), true), (1, true), (32766, true), (32767, false), (65535, false)])
        func window(_ number: UInt16, _ isWithin: Bool) throws {
            try run { receiver in
                try receiver.session.setOption(.reorderTimeout, to: 100)
                try receiver.send(number)
                // What is ahead waits in the queue; the one that is due comes after its time.
                SystemCalls.sleep(milliseconds: 150)
                if number != 0, isWithin {
                    try receiver.send(number &+ 1)
                    try expect(receiver, received: 2)
                } else {
                    try expect(receiver, received: isWithin ? 1 : 0, errors: isWithin ? 0 : 1)
                }
            }
        }

        @Test func queueRestoresOrder() throws {
            try run { receiver in
                try receiver.session.setOption(.reorderTimeout, to: 60_000)
                for number in [UInt16(0), 2, 1] { try receiver.send(number) }
                try expect(receiver, received: 3, outOfSequence: 1)
            }
        }

        /// The queue's time is looked at only when the next message arrives.
        @Test func queueGivesUp() throws {
            try run { receiver in
                try receiver.session.setOption(.reorderTimeout, to: 100)
                for number in [UInt16(0), 2] { try receiver.send(number) }
                SystemCalls.sleep(milliseconds: 250)
                #expect(try receiver.counters().receivePackets == 1)
                try receiver.send(3)
                try expect(receiver, received: 2, errors: 1, discards: 1)
            }
        }

        @Test func withoutQueueTheLateAreDropped() throws {
            try run { receiver in
                for number in [UInt16(0), 2, 1] { try receiver.send(number) }
                try expect(receiver, received: 2, errors: 1, discards: 1)
            }
        }

        /// After five in a row out of turn the receiver follows them.
        @Test func withoutQueueTheReceiverCatchesUp() throws {
            try run { receiver in
                for number in [UInt16(0), 2, 3, 4, 5, 6, 7, 8] { try receiver.send(number) }
                try expect(receiver, received: 3, errors: 5, discards: 5)
            }
        }
    }
}
