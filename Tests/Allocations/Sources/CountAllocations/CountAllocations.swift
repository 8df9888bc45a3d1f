import CAllocationCounter
import Glibc
import L2TPWire
import L2TPWireTestSupport

/// Proves that reading a message allocates nothing: counts calls of malloc and its kin while reading every
/// golden vector many times. Exits 1 if there was any, or if the counter does not count.
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
        exit(succeeded ? 0 : 1)
    }

    /// Reads a message and everything in it; returns a number that depends on all of it, 0 for a refusal.
    @inline(never)
    static func read(_ bytes: Span<UInt8>, _ encapsulation: Encapsulation, _ format: DataFormat?) -> Int {
        do {
            switch try Message(parsing: bytes, encapsulation: encapsulation) {
            case .control(let message):
                return message.bytes.count
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
