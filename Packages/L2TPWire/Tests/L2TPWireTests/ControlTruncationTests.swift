import L2TPWire
import L2TPWireTestSupport
import Testing

@Suite struct ControlTruncationTests {
    /// Every prefix of every message is refused, by an error that points at the first missing byte; read as far as
    /// possible, it has all AVPs that are whole.
    @Test(arguments: GoldenControlMessage.all)
    func prefixes(vector: GoldenControlMessage) throws {
        let bytes = vector.bytes
        let headerEnd = vector.encapsulation == .udp ? 12 : 16
        for count in 0..<bytes.count {
            let prefix = Array(bytes.prefix(count))
            guard case .refused(let error) = DecodedControl(prefix, over: vector.encapsulation) else {
                Issue.record("\(vector): \(count) bytes are no message")
                continue
            }
            #expect(error.code == .truncated)
            #expect(error.offset == count)
            switch DecodedControl(prefixOf: prefix, over: vector.encapsulation) {
            case .refused(let other):
                #expect(count < headerEnd)
                #expect(other == error)
            case .message(let header, _, let avps, let firstError):
                #expect(count >= headerEnd)
                #expect(firstError == error)
                #expect(header == (try vector.header()))
                var end = headerEnd
                let whole = vector.avps.prefix { avp in
                    end += avp.bytes.count
                    return end <= count
                }
                #expect(avps.map(\.type) == whole.map(\.type))
            }
        }
    }

    /// With its Length field made right, a message that is cut within an AVP is refused for that.
    @Test(arguments: GoldenControlMessage.all.filter { !$0.avps.isEmpty })
    func cutAVPs(vector: GoldenControlMessage) throws {
        let bytes = vector.bytes
        let start = vector.encapsulation == .udp ? 0 : 4
        let ends = vector.avps.reduce(into: [start + 12]) { $0.append(($0.last ?? 0) + $1.bytes.count) }
        for count in (start + 12)..<bytes.count {
            var cut = Array(bytes.prefix(count))
            cut[start + 2] = UInt8((count - start) >> 8)
            cut[start + 3] = UInt8(truncatingIfNeeded: count - start)
            let exact = DecodedControl(cut, over: vector.encapsulation)
            let most = DecodedControl(prefixOf: cut, over: vector.encapsulation)
            if ends.contains(count) {
                #expect(exact == most)
                continue
            }
            let begin = try #require(ends.last { $0 < count })
            let expected =
                count - begin < AVP.headerByteCount
                ? WireError(.truncated, at: count, in: "AVP header")
                : WireError(.avpTruncated, at: begin, in: "AVP Length")
            #expect(exact == .refused(expected))
            guard case .message(_, _, let avps, let error) = most else {
                Issue.record("\(vector): the header of \(count) bytes can be read")
                continue
            }
            #expect(error == expected)
            #expect(avps.count == ends.filter { $0 <= count }.count - 1)
        }
    }

    @Test(arguments: GoldenDataMessageV2.all)
    func dataOfVersion2(vector: GoldenDataMessageV2) {
        let bytes = vector.bytes
        let end = vector.header.hasLength ? bytes.count : vector.header.encodedByteCount
        for count in 0...bytes.count {
            let prefix = Array(bytes.prefix(count))
            switch Sorted(prefix, over: .udp) {
            case .refused(let error):
                #expect(count < end)
                #expect(error.code == .truncated && error.offset == count)
            case .dataV2(let header, let payload):
                #expect(count >= end)
                #expect(header == vector.header && header.encodedByteCount + payload.count == count)
            case let other: Issue.record("\(vector): \(count) bytes are \(other)")
            }
        }
    }
}
