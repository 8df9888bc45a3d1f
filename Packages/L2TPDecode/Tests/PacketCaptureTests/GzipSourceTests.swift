import CaptureFiles
import L2TPWireTestSupport
import PacketCapture
import SystemPackage
import Testing

@Suite struct GzipSourceTests {
    /// `gzip -n`'s output for "hello\\n" (RFC 1952 §2.3: header of ten bytes, deflated data, CRC-32, length).
    static let hello = "1f8b0800000000000003 cb48cdc9c9e70200 20303a36 06000000"

    /// Everything that a source gives, and the error that ended it.
    private func drain(_ source: consuming some ByteSource & ~Copyable) -> (bytes: [UInt8], error: ByteSourceError?) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 7)
        do throws(ByteSourceError) {
            while true {
                let count = try source.read(into: &buffer, from: 2)
                if count == 0 { return (bytes, nil) }
                bytes += buffer[2..<2 + count]
            }
        } catch {
            return (bytes, error)
        }
    }

    private func inflate(_ bytes: [UInt8], chunkByteCount: Int = .max) -> (bytes: [UInt8], error: ByteSourceError?) {
        drain(GzipSource(MemorySource(bytes, chunkByteCount: chunkByteCount)))
    }

    @Test(arguments: [1, 3, Int.max]) func golden(chunkByteCount: Int) throws {
        let member = try Hex.parse(Self.hello)
        for (bytes, text) in [
            (member, "hello\n"), (member + member + member, "hello\nhello\nhello\n"),
            (member + [0, 0, 0], "hello\n"), (member + [0], "hello\n"),
        ] {
            let (found, error) = inflate(bytes, chunkByteCount: chunkByteCount)
            #expect(String(decoding: found, as: UTF8.self) == text)
            #expect(error == nil)
        }
    }

    @Test func plainBytesPass() {
        for bytes: [UInt8] in [[], [0x1f], [0x1f, 0x8c, 1, 2, 3, 4, 5, 6, 7, 8], Array(0...255)] {
            #expect(inflate(bytes).bytes == bytes)
            #expect(inflate(bytes, chunkByteCount: 1).bytes == bytes)
        }
    }

    /// Every prefix of two members: all that could be read, then that it is damaged.
    @Test func truncation() throws {
        let member = try Hex.parse(Self.hello)
        let bytes = member + member
        for count in 2..<bytes.count where count != member.count {
            let (found, error) = inflate(Array(bytes.prefix(count)))
            #expect("hello\nhello\n".utf8.starts(with: found))
            #expect(error?.code == .damagedCompression, "\(count) bytes")
        }
    }

    @Test func damage() throws {
        let member = try Hex.parse(Self.hello)
        for index in member.indices where index >= 10 {
            var bytes = member
            bytes[index] ^= 0x55
            #expect(inflate(bytes).error?.code == .damagedCompression, "byte \(index)")
        }
        let garbage = inflate(member + [1, 2, 3])
        #expect(garbage.error?.detail == "what follows a member is none, which would begin with 1f8b")
        // A wrong checksum takes nothing away from the bytes before it.
        var checksum = member
        checksum[member.count - 8] ^= 1
        let (bytes, error) = inflate(checksum)
        #expect(bytes == Array("hello\n".utf8) && error?.detail == "incorrect data check")
        let last = inflate(member + [0x1f])
        #expect(last.error?.code == .damagedCompression)
    }

    /// The reader says how far it came.
    @Test func readerReportsDamage() throws {
        let reading = Reading<CaptureError>(CaptureReader(GzipSource(MemorySource(try Hex.parse(Self.hello)))))
        #expect(reading.error?.code == .unknownFormat)
        let cut = Reading<CaptureError>(CaptureReader(GzipSource(MemorySource(try Hex.parse("1f8b0800")))))
        #expect(
            cut.error?.description == "damaged gzip data, at byte 0 (file): the data end within a member")
    }

    @Test func filesAreRead() throws {
        let pipe = try FileDescriptor.pipe()
        try pipe.writeEnd.writeAll(Hex.parse(PCAPTests.files[0].hexadecimal))
        try pipe.writeEnd.close()
        let reading = Reading<CaptureError>(CaptureReader(GzipSource(FileSource(pipe.readEnd))))
        try pipe.readEnd.close()
        #expect(reading.error == nil)
        #expect(reading.packets.count == 1)
        let closed = Reading<CaptureError>(CaptureReader(FileSource(FileDescriptor(rawValue: -1))))
        #expect(closed.error?.description == "cannot read, at byte 0 (file): Bad file descriptor")
    }
}
