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
}
