import L2TPWireTestSupport
import Netlink
import SystemPackage
import Testing

@Suite struct MessageWriterTests {
    @Test func writesGoldenBytes() throws {
        var writer = NetlinkMessageWriter(
            NetlinkMessageType(rawValue: 27), flags: [.request, .acknowledge], sequence: 5, portID: 4711)
        try writer.append(genericCommand: 1, version: 1)
        try writer.append(NetlinkAttributeType(rawValue: 9), number: UInt32(3000))
        try writer.append(NetlinkAttributeType(rawValue: 8), text: "eth0")
        try writer.append(NetlinkAttributeType(rawValue: 15), bytes: [1, 2, 3].span)
        try writer.append(flag: NetlinkAttributeType(rawValue: 33))
        try writer.append(nested: NetlinkAttributeType(rawValue: 30)) { (nest) throws(NetlinkError) in
            try nest.append(NetlinkAttributeType(rawValue: 1), number: UInt8(1))
        }
        // As on a little-endian machine.
        let golden = hex(
            """
            40000000 1b00 0500 05000000 67120000   // nlmsg_len 64, type 27, REQUEST and ACK, seq 5, port 4711
            01010000                               // genl command 1, version 1
            0800 0900 b80b0000
            0900 0800 6574683000 000000
            0700 0f00 010203 00
            0400 2100
            0c00 1e80 0500 0100 01 000000          // nested, with NLA_F_NESTED
            """)
        #expect([UInt8](copying: writer.bytes) == golden)
    }

    /// A full buffer is an error and leaves a message that is no longer than it.
    @Test(arguments: 0..<7)
    func refusesWhatDoesNotFit(attempt: Int) throws {
        var writer = NetlinkMessageWriter(.noOperation, flags: [], sequence: 1, capacity: 24)
        do throws(NetlinkError) {
            try overfill(&writer, attempt)
            Issue.record("it fitted")
        } catch {
            #expect(error == NetlinkError(.build, Errno(rawValue: 90)))
        }
        #expect(writer.bytes.count <= 24)
    }

    /// Appends more than the 8 bytes that are left.
    private func overfill(_ writer: inout NetlinkMessageWriter, _ attempt: Int) throws(NetlinkError) {
        let type = NetlinkAttributeType(rawValue: 1)
        switch attempt {
        case 0: try writer.append(type, number: UInt64(1))
        case 1: try writer.append(type, bytes: [1, 2, 3, 4, 5].span)
        case 2: try writer.append(type, text: "eth0")
        case 3: try writer.append(header: [1, 2, 3, 4, 5, 6, 7, 8, 9])
        case 4:
            try writer.append(nested: type) { (nest) throws(NetlinkError) in
                try nest.append(type, number: UInt8(1))
            }
        case 5:
            for _ in 0..<3 { try writer.append(flag: type) }
        default:
            for _ in 0..<2 { try writer.append(flag: type) }
            try writer.append(nested: type) { (_) throws(NetlinkError) in }
        }
    }

    @Test func hasRoomForItsHeaderAtLeast() {
        let writer = NetlinkMessageWriter(.noOperation, flags: [], sequence: 1, capacity: 0)
        #expect(writer.bytes.count == 16)
    }

    // MARK: Lengths of 16 bits

    private static let tooLong = NetlinkError(.build, Errno(rawValue: 90))
    private static let type = NetlinkAttributeType(rawValue: 1)

    /// A message with one attribute and much room.
    private func roomy() throws -> NetlinkMessageWriter {
        var writer = NetlinkMessageWriter(.noOperation, flags: [], sequence: 1, capacity: 1 << 20)
        try writer.append(NetlinkAttributeType(rawValue: 7), number: UInt32(3000))
        return writer
    }

    /// The values of a message's attributes, behind the fixed header.
    private func values(_ writer: borrowing NetlinkMessageWriter) throws -> [[UInt8]] {
        var values: [[UInt8]] = []
        var reader = NetlinkAttributeReader(writer.bytes.extracting(droppingFirst: 16))
        while let attribute = try reader.next() { values.append([UInt8](copying: attribute.value)) }
        return values
    }

    /// The length field of an attribute counts its header of 4 bytes.
    @Test(arguments: [(65531, true), (65532, false), (65536, false), (131_072, false)])
    func aValueHasALongestLength(count: Int, isAccepted: Bool) throws {
        var writer = try roomy()
        let before = [UInt8](copying: writer.bytes)
        let bytes = [UInt8](repeating: 65, count: count)
        let binary = failure { () throws(NetlinkError) in try writer.append(Self.type, bytes: bytes.span) }
        // With its zero byte.
        let text = failure { () throws(NetlinkError) in
            try writer.append(Self.type, text: String(decoding: bytes.dropLast(), as: UTF8.self))
        }
        if isAccepted {
            #expect(binary == nil && text == nil)
            #expect(try values(writer).map(\.count) == [4, count, count])
        } else {
            #expect(binary == Self.tooLong && text == Self.tooLong)
            #expect([UInt8](copying: writer.bytes) == before)
        }
    }

    /// A nest that has grown too long is taken back.
    @Test(arguments: [(65524, true), (65528, false), (65531, false)])
    func aNestHasALongestLength(count: Int, isAccepted: Bool) throws {
        var writer = try roomy()
        let before = [UInt8](copying: writer.bytes)
        let bytes = [UInt8](repeating: 65, count: count)
        let error = failure { () throws(NetlinkError) in
            try writer.append(nested: Self.type) { (nest) throws(NetlinkError) in
                try nest.append(Self.type, bytes: bytes.span)
            }
        }
        if isAccepted {
            #expect(error == nil)
            #expect(try values(writer).map(\.count) == [4, count + 4])
        } else {
            #expect(error == Self.tooLong)
            #expect([UInt8](copying: writer.bytes) == before)
        }
        // The writer goes on.
        try writer.append(Self.type, number: UInt8(1))
        #expect(try values(writer).last == [1])
    }

    /// An inner nest goes alone if the outer body copes with its error.
    @Test func aNestWhoseBodyThrowsIsLeftOut() throws {
        var writer = try roomy()
        let before = [UInt8](copying: writer.bytes)
        let error = failure { () throws(NetlinkError) in
            try writer.append(nested: Self.type) { (nest) throws(NetlinkError) in
                try nest.append(Self.type, number: UInt64(1))
                throw .malformed("not this")
            }
        }
        #expect(error == .malformed("not this"))
        #expect([UInt8](copying: writer.bytes) == before)
        try writer.append(nested: Self.type) { (nest) throws(NetlinkError) in
            try nest.append(Self.type, number: UInt8(2))
            try? nest.append(nested: Self.type) { (inner) throws(NetlinkError) in
                try inner.append(Self.type, number: UInt8(3))
                throw .malformed("nor this")
            }
        }
        #expect(try values(writer) == [hostBytes(UInt32(3000)), rawAttribute(1, [2])])
    }

    @Test(arguments: ["\0", "eth0\0", "et\0h0"])
    func textHoldsNoZeroByte(text: String) throws {
        var writer = try roomy()
        let before = [UInt8](copying: writer.bytes)
        let error = failure { () throws(NetlinkError) in try writer.append(Self.type, text: text) }
        #expect(error == NetlinkError(.build, .invalidArgument, message: "text with a zero byte"))
        #expect([UInt8](copying: writer.bytes) == before)
    }
}
