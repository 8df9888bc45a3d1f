import CWireBaseline
import Glibc
import L2TPWire

/// Measures how long L2TPWire takes to parse and to write messages, against the same by hand in C, in one process and in
/// turn.
///
///     ParseMessages [MESSAGES [ROUNDS]]      1000000 and 15 unless told otherwise
@main struct ParseMessages {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
        let count = arguments.first ?? 1_000_000
        let rounds = arguments.count > 1 ? arguments[1] : 15
        guard count > 0, rounds > 0, arguments.count < 3 else {
            print("usage: ParseMessages [MESSAGES [ROUNDS]]")
            exit(2)
        }

        print("\(count) messages, ns each, median of \(rounds) rounds, target 1.20")
        print(line("", "L2TPWire", "C", "ratio"))
        for kind in Workload.Kind.allCases {
            let workload = try Workload(kind, count: count)
            measureParsing(workload.damaged(), rounds: 1, isPrinted: false)
            measureParsing(workload, rounds: rounds, isPrinted: true)
            switch kind {
            case .dataUDP, .dataIP: measureWriting(data: workload, rounds: rounds)
            case .dataV2: measureWriting(dataV2: workload, rounds: rounds)
            case .control: measureWriting(control: workload, rounds: rounds)
            case .mix: break
            }
        }
    }

    static func measureParsing(_ workload: Workload, rounds: Int, isPrinted: Bool) {
        let (bytes, places) = (workload.bytes, workload.places)
        let plain = places.map(message_place.init)
        let times = compare(rounds: rounds) {
            Subject.parse(bytes.span, places.span)
        } baseline: {
            unsafe bytes.withUnsafeBufferPointer { bytes in
                unsafe plain.withUnsafeBufferPointer { plain in
                    unsafe baseline_parse(bytes.baseAddress, bytes.count, plain.baseAddress, plain.count)
                }
            }
        }
        if isPrinted { report("parse \(workload.kind.rawValue)", times, places.count) }
    }

    static func measureWriting(data workload: Workload, rounds: Int) {
        let headers = workload.dataHeaders
        let plain = headers.map(data_header.init)
        let capacity = headers.reduce(0) { $0 + $1.encodedByteCount }
        unsafe measureWriting(workload.kind, headers.count, capacity: capacity, rounds: rounds) { output in
            Subject.write(headers.span, into: &output)
        } baseline: { output in
            unsafe plain.withUnsafeBufferPointer { plain in
                unsafe baseline_write_data(output.baseAddress, output.count, plain.baseAddress, plain.count)
            }
        }
    }

    static func measureWriting(dataV2 workload: Workload, rounds: Int) {
        let headers = workload.dataHeadersV2
        let plain = headers.map(data_header_v2.init)
        let capacity = headers.reduce(0) { $0 + $1.encodedByteCount }
        unsafe measureWriting(workload.kind, headers.count, capacity: capacity, rounds: rounds) { output in
            Subject.write(headers.span, into: &output)
        } baseline: { output in
            unsafe plain.withUnsafeBufferPointer { plain in
                unsafe baseline_write_data_v2(output.baseAddress, output.count, plain.baseAddress, plain.count)
            }
        }
    }

    /// Writes headers into one array with each of the two, whose bytes must be the same.
    static func measureWriting(
        _ kind: Workload.Kind, _ count: Int, capacity: Int, rounds: Int,
        subject: (inout OutputSpan<UInt8>) -> Void, baseline: (UnsafeMutableBufferPointer<UInt8>) -> Int
    ) {
        var written: [UInt8] = []
        written.reserveCapacity(capacity)
        var expected = [UInt8](repeating: 0xFF, count: capacity)
        let times = compare(rounds: rounds) {
            written.removeAll(keepingCapacity: true)
            written.append(addingCapacity: capacity) { subject(&$0) }
            return UInt64(written.count)
        } baseline: {
            UInt64(unsafe expected.withUnsafeMutableBufferPointer { unsafe baseline($0) })
        }
        precondition(written == expected, "the two write different bytes")
        report("write \(kind.rawValue)", times, count)
    }

    /// Writes messages into memory of ours, and with a writer that makes room by itself.
    static func measureWriting(control workload: Workload, rounds: Int) {
        let requests = workload.requests
        var writer = ControlMessageWriter(.plain, type: nil)
        var written: [UInt8] = []
        var expected = [UInt8](repeating: 0, count: 256)
        let times = compare(rounds: rounds) {
            var sum: UInt64 = 0
            written.removeAll(keepingCapacity: true)
            written.append(addingCapacity: 256) { sum = Subject.write(requests.span, into: &$0) }
            return sum
        } baseline: {
            unsafe expected.withUnsafeMutableBufferPointer { output in
                unsafe requests.withUnsafeBufferPointer { requests in
                    unsafe baseline_write_control_in_place(
                        output.baseAddress, output.count, requests.baseAddress, requests.count)
                }
            }
        }
        precondition(written.elementsEqual(expected.prefix(written.count)), "the two write different bytes")
        let timesOfWriter = compare(rounds: rounds) {
            Subject.write(requests.span, with: &writer)
        } baseline: {
            unsafe expected.withUnsafeMutableBufferPointer { output in
                unsafe requests.withUnsafeBufferPointer { requests in
                    unsafe baseline_write_control(
                        output.baseAddress, output.count, requests.baseAddress, requests.count)
                }
            }
        }
        precondition(written == writer.bytes, "ControlHeader and ControlMessageWriter write different bytes")
        precondition(written.elementsEqual(expected.prefix(written.count)), "the two write different bytes")
        precondition((requests.last?.over_ip == 0) == (written.first != 0), "the last message is not the last request")
        report("write ICRQ in place", times, requests.count)
        report("write ICRQ by writer", timesOfWriter, requests.count)
    }

    /// The median times of two ways to compute the same, in turn, and in every round the other one first.
    static func compare(
        rounds: Int, subject: () -> UInt64, baseline: () -> UInt64
    ) -> (subject: Duration, baseline: Duration) {
        let clock = ContinuousClock()
        var times: (subject: [Duration], baseline: [Duration]) = ([], [])
        var sums: (subject: UInt64, baseline: UInt64) = (0, 0)
        // One round more, which warms up.
        for round in 0...rounds {
            for turn in 0...1 {
                if (round + turn).isMultiple(of: 2) {
                    let time = clock.measure { sums.subject = subject() }
                    if round > 0 { times.subject.append(time) }
                } else {
                    let time = clock.measure { sums.baseline = baseline() }
                    if round > 0 { times.baseline.append(time) }
                }
            }
            precondition(sums.subject == sums.baseline, "\(sums.subject) is not \(sums.baseline)")
        }
        return (times.subject.sorted()[rounds / 2], times.baseline.sorted()[rounds / 2])
    }

    static func report(_ what: String, _ times: (subject: Duration, baseline: Duration), _ count: Int) {
        let subject = times.subject / .nanoseconds(count)
        let baseline = times.baseline / .nanoseconds(count)
        print(line(what, decimal(subject), decimal(baseline), decimal(subject / baseline)))
    }

    static func decimal(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100)." + String(String(100 + hundredths % 100).dropFirst())
    }

    static func line(_ what: String, _ cells: String...) -> String {
        let name = what + String(repeating: " ", count: max(0, 22 - what.count))
        return name + cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
    }
}

extension Cookie {
    /// The bytes as a number.
    var number: UInt64 { (0..<byteCount).reduce(0) { $0 << 8 | UInt64(self[$1]) } }
}

extension message_place {
    init(_ place: Place) {
        self.init(
            cookie: place.cookie?.number ?? 0, offset: place.offset, length: place.length,
            over_ip: place.encapsulation == .ip ? 1 : 0, cookie_length: UInt8(place.format.cookieLength.byteCount),
            has_sublayer: place.format.sublayer == .default ? 1 : 0)
    }
}

extension data_header {
    init(_ header: DataHeader) {
        self.init(
            cookie: header.cookie?.number ?? 0, session_id: header.sessionID.rawValue,
            sequence_number: header.sequenceNumber?.rawValue ?? 0, over_ip: header.encapsulation == .ip ? 1 : 0,
            cookie_length: UInt8(header.cookie?.byteCount ?? 0), has_sublayer: header.sublayer == .default ? 1 : 0,
            has_sequence_number: header.sequenceNumber == nil ? 0 : 1)
    }
}

extension data_header_v2 {
    init(_ header: DataHeaderV2) {
        self.init(
            tunnel_id: UInt16(header.tunnelID.rawValue), session_id: UInt16(header.sessionID.rawValue),
            ns: header.numbers?.ns.rawValue ?? 0, nr: header.numbers?.nr.rawValue ?? 0,
            offset_size: UInt16(header.offsetByteCount ?? 0), payload_length: 64, has_length: header.hasLength ? 1 : 0,
            has_numbers: header.numbers == nil ? 0 : 1, has_priority: header.hasPriority ? 1 : 0,
            has_offset: header.offsetByteCount == nil ? 0 : 1)
    }
}
