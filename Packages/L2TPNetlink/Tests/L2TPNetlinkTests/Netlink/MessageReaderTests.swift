import L2TPWireTestSupport
import Netlink
import SystemPackage
import Testing

/// What a walk over a datagram finds.
private struct Walk: Equatable {
    var messages: [(type: UInt16, attributes: [UInt16: [UInt8]])] = []
    var error: NetlinkError?

    /// Walks the messages of a datagram, each with a generic netlink header, and their attributes.
    init(_ datagram: [UInt8]) {
        self.init(datagram.span)
    }

    init(_ datagram: Span<UInt8>) {
        do throws(NetlinkError) {
            var messages = NetlinkMessageReader(datagram)
            while let message = try messages.next() {
                self.messages.append((message.header.type.rawValue, [:]))
                var attributes = try message.attributes(after: 4)
                while let attribute = try attributes.next() {
                    let value = [UInt8](copying: attribute.value)
                    self.messages[self.messages.count - 1].attributes[attribute.type.rawValue] = value
                }
            }
        } catch {
            self.error = error
        }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.error == right.error && left.messages.elementsEqual(right.messages) { $0 == $1 }
    }
}

@Suite struct MessageReaderTests {
    /// Two messages, as a little-endian machine has them.
    private static let golden = hex(
        """
        28000000 1b00 0200 05000000 67120000   // nlmsg_len 40, type 27, MULTI, seq 5, port 4711
        04010000                               // genl command 4, version 1
        0800 0900 b80b0000                     // CONN_ID 3000
        0500 0700 03 000000                    // PROTO_VERSION 3, padded
        04002100                               // ZERO_CSUM6_TX, without a value
        1d000000 1c00 0000 06000000 67120000   // nlmsg_len 29, not padded
        08010000
        0900 0880 6c326d7000                   // IFNAME with NLA_F_NESTED set, which is no part of the number
        """)

    @Test func readsGoldenBytes() throws {
        let datagram = Self.golden
        var reader = NetlinkMessageReader(datagram.span)
        let first = try #require(try Self.header(&reader))
        #expect(first.byteCount == 40)
        #expect(first.type.rawValue == 27)
        #expect(first.flags == .multipart)
        #expect(first.sequence == 5)
        #expect(first.portID == 4711)
        let walk = Walk(datagram)
        #expect(walk.error == nil)
        #expect(walk.messages.map(\.type) == [27, 28])
        #expect(walk.messages[0].attributes == [9: [0xb8, 0x0b, 0, 0], 7: [3], 33: []])
        #expect(walk.messages[1].attributes == [8: Array("l2mp\0".utf8)])
    }

    private static func header(_ reader: inout NetlinkMessageReader) throws(NetlinkError) -> NetlinkMessageHeader? {
        try reader.next()?.header
    }

    /// Every prefix: an error, or a clean end where a message ends.
    @Test func everyTruncationIsNoticed() {
        for count in 0..<Self.golden.count {
            let walk = Walk(Array(Self.golden.prefix(count)))
            if count == 0 || count == 40 {
                #expect(walk.error == nil)
                #expect(walk.messages.count == count / 40)
            } else {
                #expect(walk.error?.operation == .parse)
                #expect(walk.error?.errno == .badMessage)
                #expect(walk.error?.offset == (count > 40 ? 40 : 0))
            }
        }
    }

    /// The same, with a header that says how short the message is: now the attributes must notice.
    @Test func everyShortenedMessageIsNoticed() {
        for count in 16..<40 {
            let message = hostBytes(UInt32(count)) + Self.golden[4..<count]
            let walk = Walk(message)
            // Attributes end at 20, 28 and 36; 33 to 35 are within the padding of the second.
            let isWhole = [20, 28, 33, 34, 35, 36].contains(count)
            #expect((walk.error == nil) == isWhole, "\(count) bytes: \(String(describing: walk.error))")
        }
    }

    /// Bytes need not be aligned: from an odd address everything is read as from an even one.
    @Test(arguments: 1...7)
    func anAddressMayBeOdd(shift: Int) throws {
        for count in 0...Self.golden.count {
            let datagram = Array(Self.golden.prefix(count))
            let shifted = [UInt8](repeating: 0xff, count: shift) + datagram
            #expect(Walk(shifted.span.extracting(droppingFirst: shift)) == Walk(datagram), "\(count) bytes")
        }
        let shifted = [UInt8](repeating: 0xff, count: shift) + Self.golden
        let span = shifted.span.extracting(droppingFirst: shift)
        var reader = NetlinkMessageReader(span)
        let header = try #require(try Self.header(&reader))
        #expect(header.byteCount == 40 && header.type.rawValue == 27 && header.flags == .multipart)
        #expect(header.sequence == 5 && header.portID == 4711)
        var attributes = NetlinkAttributeReader(span.extracting(20..<28))
        let attribute = try attributes.next()
        guard let attribute else {
            Issue.record("no attribute")
            return
        }
        #expect(attribute.type.rawValue == 9)
        #expect(try attribute.number(UInt32.self) == 3000)
        #expect(try attribute.bigEndianNumber(UInt32.self) == 0xb80b_0000)
    }

    /// `nlmsg_len` and `nla_len` that lie, and one that is negative as a C int.
    @Test(arguments: [0, 1, 15, 41, 0x7fff_ffff, 0x8000_0000, 0x8000_0028, 0xffff_fff0, 0xffff_ffff] as [UInt32])
    func refusesAMessageLength(length: UInt32) {
        let walk = Walk(hostBytes(length) + Self.golden[4..<40])
        #expect(walk.error?.errno == .badMessage)
        #expect(walk.messages.isEmpty)
    }

    @Test(arguments: [0, 3, 21, 0x7fff, 0x8000, 0xffff] as [UInt16])
    func refusesAnAttributeLength(length: UInt16) {
        let message = Array(Self.golden[..<20]) + hostBytes(length) + Self.golden[22..<40]
        let walk = Walk(message)
        #expect(walk.error?.errno == .badMessage)
        #expect(walk.error?.offset == 0)
        #expect(walk.messages.count == 1)
    }

    @Test func numbersHaveTheirLength() throws {
        let bytes = rawAttribute(1, [1, 2, 3, 4])
        var reader = NetlinkAttributeReader(bytes.span)
        let attribute = try reader.next()
        guard let attribute else {
            Issue.record("no attribute")
            return
        }
        #expect(try attribute.number(UInt32.self) == UInt32(littleEndian: 0x0403_0201))
        #expect(try attribute.bigEndianNumber(UInt32.self) == 0x0102_0304)
        #expect(failure { () throws(NetlinkError) in _ = try attribute.number(UInt8.self) }?.errno == .badMessage)
        let error = failure { () throws(NetlinkError) in _ = try attribute.number(UInt64.self) }
        #expect(error?.message == "attribute 1 has 4 bytes instead of 8")
        #expect(failure { () throws(NetlinkError) in _ = try attribute.bigEndianNumber(UInt16.self) } != nil)
    }

    @Test func fieldsLieWithinTheMessage() throws {
        let bytes = rawMessage(type: 20, [1, 2, 3, 4, 5])
        var reader = NetlinkMessageReader(bytes.span)
        let message = try reader.next()
        guard let message else {
            Issue.record("no message")
            return
        }
        #expect(try message.number(UInt8.self, at: 4) == 5)
        #expect(try message.number(UInt16.self, at: 3) == UInt16(littleEndian: 0x0504))
        for offset in [-1, 2, 5, Int.max] {
            let error = failure { () throws(NetlinkError) in _ = try message.number(UInt32.self, at: offset) }
            #expect(error?.errno == .badMessage, "\(offset)")
        }
        let error = failure { () throws(NetlinkError) in _ = try message.attributes(after: 6) }
        #expect(error?.message == "message of 5 bytes lacks its header of 6")
        #expect(try message.genericCommand == 1)
        let short = rawMessage(type: 20, [1, 2, 3])
        var shortReader = NetlinkMessageReader(short.span)
        let shortMessage = try shortReader.next()
        guard let shortMessage else {
            Issue.record("no message")
            return
        }
        #expect(failure { () throws(NetlinkError) in _ = try shortMessage.genericCommand }?.errno == .badMessage)
    }

    @Test(arguments: [
        (Array("eth0\0".utf8), "eth0"), (Array("eth0".utf8), "eth0"), ([], ""), ([0, 65], ""), ([0xff, 0], "\u{fffd}"),
    ])
    func textEndsAtZero(bytes: [UInt8], text: String) throws {
        let attribute = rawAttribute(8, bytes)
        var reader = NetlinkAttributeReader(attribute.span)
        let found = try reader.next()?.text
        #expect(found == text)
    }

    /// Whatever is written is read back.
    @Test func roundTrip() throws {
        var random = SeededGenerator(for: "netlink messages, written and read")
        for _ in 0..<500 {
            let type = UInt16.random(in: 16...0xffff, using: &random)
            var expected: [UInt16: [UInt8]] = [:]
            var writer = NetlinkMessageWriter(
                NetlinkMessageType(rawValue: type), flags: [.request], sequence: 9, capacity: 4096)
            try writer.append(genericCommand: 7, version: 1)
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let number = UInt16.random(in: 1...0x3fff, using: &random)
                let attribute = NetlinkAttributeType(rawValue: number)
                switch Int.random(in: 0...3, using: &random) {
                case 0:
                    let value = UInt64.random(in: .min ... .max, using: &random)
                    try writer.append(attribute, number: value)
                    expected[number] = hostBytes(value)
                case 1:
                    let value = random.bytes(Int.random(in: 0...40, using: &random))
                    try writer.append(attribute, bytes: value.span)
                    expected[number] = value
                case 2:
                    try writer.append(attribute, text: "l2tp\(number)")
                    expected[number] = Array("l2tp\(number)\0".utf8)
                default:
                    try writer.append(flag: attribute)
                    expected[number] = []
                }
            }
            let datagram = [UInt8](copying: writer.bytes)
            let walk = Walk(datagram)
            #expect(walk.error == nil)
            #expect(walk.messages.map(\.type) == [type])
            #expect(walk.messages.first?.attributes == expected)
            // Nothing that arrives may trap, wherever it is cut or spoiled.
            _ = Walk(Array(datagram.prefix(Int.random(in: 0...datagram.count, using: &random))))
            var spoiled = datagram
            for _ in 0..<4 {
                spoiled[Int.random(in: 0..<spoiled.count, using: &random)] = UInt8(truncatingIfNeeded: random.next())
            }
            _ = Walk(spoiled)
        }
    }
}
