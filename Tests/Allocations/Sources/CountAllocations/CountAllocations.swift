import CAllocationCounter
import Glibc
import L2TPWire
import L2TPWireTestSupport

/// Proves that reading a message or a captured packet allocates nothing: counts calls of malloc and its kin while
/// reading every golden vector, and a capture, many times. Exits 1 if there was any, or if the counter does not count.
@main struct CountAllocations {
    static let repetitions = 100_000

    static func main() {
        var succeeded = checkCounter()
        for vector in GoldenVector.all {
            let bytes = vector.bytes
            var checksum = 0
            let count = allocations {
                for _ in 0..<repetitions { checksum &+= read(bytes.span, vector.encapsulation, vector.header?.format) }
            }
            report(vector.name, count, expected: 0, &succeeded)
            // The optimizer must not have thrown the work away.
            if checksum == 0 { report("\(vector.name): nothing read", 1, expected: 0, &succeeded) }
        }
        countControl(&succeeded)
        countWriting(&succeeded)
        var refusals = 0
        let cut = GoldenVector.data.map { (Array($0.bytes.prefix(3)), $0.encapsulation) }
        let count = allocations {
            for _ in 0..<repetitions {
                for (bytes, encapsulation) in cut where read(bytes.span, encapsulation, DataFormat()) == 0 {
                    refusals += 1
                }
            }
        }
        report("refusing truncated messages", count, expected: 0, &succeeded)
        if refusals != repetitions * cut.count { report("not refused", 1, expected: 0, &succeeded) }
        checkCaptures(&succeeded)
        exit(succeeded ? 0 : 1)
    }

    /// Reads a message and everything in it; returns a number that depends on all of it, 0 for a refusal.
    @inline(never)
    static func read(_ bytes: Span<UInt8>, _ encapsulation: Encapsulation, _ format: DataFormat?) -> Int {
        do {
            switch try Message(parsing: bytes, encapsulation: encapsulation) {
            case .control(let message):
                return read(message)
            case .dataV2(let message):
                let header = DataHeaderV2(message)
                return 1 &+ Int(header.tunnelID.rawValue) &+ Int(header.sessionID.rawValue)
                    &+ Int(message.ns?.rawValue ?? 0) &+ message.payload.count &+ header.encodedByteCount
            case .data(let undecoded):
                let message = try undecoded.decoded(as: format ?? DataFormat())
                let header = DataHeader(message)
                return 1 &+ Int(header.sessionID.rawValue) &+ Int(message.cookie?[0] ?? 0)
                    &+ Int(message.sequenceNumber?.rawValue ?? 0) &+ message.payload.count &+ header.encodedByteCount
            }
        } catch {
            return 0
        }
    }

    /// Reads the header of a control message, and walks its AVPs.
    static func read(_ message: borrowing ControlMessage) -> Int {
        let header = ControlHeader(message)
        var checksum = 1 &+ Int(header.tunnelID.rawValue) &+ Int(header.ns.rawValue) &+ Int(header.nr.rawValue)
        checksum &+= Int(message.messageType?.rawValue ?? 0)
        var iterator = message.avps.makeIterator()
        while let avp = iterator.next() {
            checksum &+= avp.offset &+ Int(avp.type.number) &+ Int(avp.type.vendorID) &+ avp.value.count
            checksum &+= (avp.isMandatory ? 1 : 0) &+ (avp.isHidden ? 2 : 0)
        }
        return checksum
    }

    /// Values that are numbers, looked up in a message.
    static func readValues(_ bytes: Span<UInt8>) -> Int {
        do throws(WireError) {
            let message = try ControlMessage(parsing: bytes, encapsulation: .udp)
            let avps = message.avps
            let numbers: [7 of UInt32] = [
                try avps.value(of: .localSessionID)?.rawValue ?? 0,
                try avps.value(of: .remoteSessionID)?.rawValue ?? 0,
                try avps.value(of: .callSerialNumber) ?? 0,
                UInt32(try avps.value(of: .pseudowireType)?.rawValue ?? 0),
                UInt32(try avps.value(of: .assignedCookie)?.cookie?[0] ?? 0),
                UInt32(try avps.value(of: .circuitStatus)?.rawValue ?? 0),
                UInt32(try avps.value(of: .messageType)?.rawValue ?? 0),
            ]
            var checksum = 0
            for index in numbers.indices { checksum &+= Int(numbers[index]) }
            return checksum
        } catch {
            return 0
        }
    }

    /// Reading control messages in both ways, and values that are numbers.
    static func countControl(_ succeeded: inout Bool) {
        var writer = ControlMessageWriter(.first, type: nil)
        write(&writer)
        let bytes = writer.bytes
        let v2: [UInt8] = [0x4B, 0x02, 0, 18, 0, 7, 0, 9, 0, 1, 0, 0, 0, 1, 0, 0xFF, 3, 0]
        let kinds: [(String, (Span<UInt8>) -> Int)] = [
            ("control message", { read($0, .udp, nil) }),
            ("values of AVPs", readValues),
            ("control message, cut off", { readPrefix($0.extracting(droppingLast: 5)) }),
        ]
        for (name, body) in kinds {
            var checksum = 0
            let count = allocations { for _ in 0..<repetitions { checksum &+= body(bytes.span) } }
            report(name, count, expected: 0, &succeeded)
            if checksum == 0 { report("\(name): nothing read", 1, expected: 0, &succeeded) }
        }
        var checksum = 0
        let count = allocations { for _ in 0..<repetitions { checksum &+= read(v2.span, .udp, nil) } }
        report("data message of L2TPv2", count, expected: 0, &succeeded)
        if checksum == 0 { report("data message of L2TPv2: nothing read", 1, expected: 0, &succeeded) }
    }

    /// Reads what can be read of a control message.
    @inline(never)
    static func readPrefix(_ bytes: Span<UInt8>) -> Int {
        guard let message = try? ControlMessage(parsingPrefix: bytes, encapsulation: .udp) else { return 0 }
        return read(message) &+ (message.firstError?.offset ?? 0)
    }

    /// Writing one message after the other with the same writer, which has grown with the first.
    static func countWriting(_ succeeded: inout Bool) {
        var writer = ControlMessageWriter(.first, type: nil)
        write(&writer)
        var checksum = 0
        let count = allocations {
            for _ in 0..<repetitions {
                write(&writer)
                checksum &+= writer.bytes.count
            }
        }
        report("writing a control message", count, expected: 0, &succeeded)
        var buffer: [UInt8] = []
        buffer.reserveCapacity(128)
        let countInPlace = allocations {
            for _ in 0..<repetitions {
                buffer.removeAll(keepingCapacity: true)
                buffer.append(addingCapacity: 128) { writeInPlace(&$0) }
                checksum &+= buffer.count
            }
        }
        report("writing a control message in place", countInPlace, expected: 0, &succeeded)
        if checksum == 0 { report("nothing written", 1, expected: 0, &succeeded) }
    }

    /// An ICRQ of L2TPv3.
    @inline(never)
    static func write(_ writer: inout ControlMessageWriter) {
        writer.reset(.first, type: .incomingCallRequest)
        do throws(ControlMessageWriter.ValidationError) {
            try writer.append(.localSessionID, SessionID(0x1000))
            try writer.append(.remoteSessionID, SessionID(0))
            try writer.append(.callSerialNumber, 7)
            try writer.append(.pseudowireType, .ethernet)
            try writer.append(.assignedCookie, AssignedCookie(0x0123_4567_89AB_CDEF as UInt64))
            try writer.append(.circuitStatus, [.active])
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// The beginning of the same.
    @inline(never)
    static func writeInPlace(_ output: inout OutputSpan<UInt8>) {
        ControlHeader.first.serialize(.incomingCallRequest, into: &output) { avps in
            AVPDefinition.localSessionID.serialize(SessionID(0x1000), in: .v3, into: &avps)
            AVPDefinition.remoteSessionID.serialize(SessionID(0), in: .v3, into: &avps)
            AVPDefinition.assignedCookie.serialize(
                AssignedCookie(0x0123_4567_89AB_CDEF as UInt64), in: .v3, into: &avps)
        }
    }

    /// Calls of the allocator during `body`.
    static func allocations(_ body: () -> Void) -> UInt64 {
        let before = allocation_count()
        body()
        return allocation_count() - before
    }

    /// A counter that always says 0 would prove nothing.
    static func checkCounter() -> Bool {
        var succeeded = true
        // The first array of all also makes the runtime allocate its description of the type.
        var kept = makeArray(byteCount: 64)
        let count = allocations { for _ in 0..<1000 { kept = makeArray(byteCount: 64) } }
        report("control: 1000 arrays", count, expected: 1000, &succeeded)
        return succeeded && kept.count == 64
    }

    @inline(never)
    static func makeArray(byteCount: Int) -> [UInt8] { [UInt8](repeating: 1, count: byteCount) }

    static func report(_ what: String, _ count: UInt64, expected: UInt64, _ succeeded: inout Bool) {
        print("\(what): \(count) allocations\(count == expected ? "" : ", expected \(expected)")")
        if count != expected { succeeded = false }
    }
}

extension ControlHeader {
    /// The header of a first message.
    static let first = Self(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
}
