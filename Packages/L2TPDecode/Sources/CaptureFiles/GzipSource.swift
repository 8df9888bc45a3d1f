internal import CZlib
public import PacketCapture

/// Inflates a stream that is compressed with gzip (RFC 1952) and hands any other through as it is.
///
/// The first two bytes decide: 1f 8b begins a gzip member, and no capture. Members may follow each other (RFC 1952
/// §2.2); zeros after the last one, as tapes have, are left out.
@safe
public struct GzipSource<Base: ByteSource & ~Copyable>: ByteSource, ~Copyable {
    private enum Stage {
        case start
        case plain
        case member
        case betweenMembers
        case end
    }

    /// Adding to `windowBits` makes zlib read gzip's header and trailer instead of its own (zlib.h).
    private static var gzipFormat: Int32 { 16 }

    private var base: Base
    private var input = [UInt8](repeating: 0, count: 64 * 1024)
    private var position = 0
    private var end = 0
    private var stage = Stage.start
    /// What is thrown once the bytes before the damage have been delivered.
    private var pending: ByteSourceError?
    /// On the heap: zlib remembers where it is. Nil until a member begins.
    private var inflation: UnsafeMutablePointer<z_stream>?

    /// Inflates a stream if it needs to be.
    ///
    /// - Parameter base: The stream, compressed or not.
    public init(_ base: consuming Base) {
        unsafe self.inflation = nil
        self.base = base
    }

    deinit {
        guard let inflation = unsafe inflation else { return }
        unsafe inflateEnd(inflation)
        unsafe inflation.deallocate()
    }

    /// The next bytes, inflated.
    ///
    /// The corresponding C function is `inflate`.
    ///
    /// - Throws: ``PacketCapture/ByteSourceError`` with code `damagedCompression`, or what the stream below throws.
    public mutating func read(into buffer: inout [UInt8], from start: Int) throws(ByteSourceError) -> Int {
        while true {
            switch stage {
            case .start: try begin()
            case .plain: return try plain(into: &buffer, from: start)
            case .member:
                let count = try inflated(into: &buffer, from: start)
                if count > 0 { return count }
            case .betweenMembers: try beginNextMember()
            case .end:
                guard let error = pending else { return 0 }
                pending = nil
                throw error
            }
        }
    }

    /// Reads further; returns whether the stream below had anything.
    private mutating func fill() throws(ByteSourceError) -> Bool {
        if position == end { (position, end) = (0, 0) }
        guard end < input.count else { return true }
        let count = try base.read(into: &input, from: end)
        end += count
        return count > 0
    }

    private mutating func begin() throws(ByteSourceError) {
        while end < 2 {
            guard try fill() else { break }
        }
        guard end >= 2, input[0] == 0x1f, input[1] == 0x8b else {
            stage = .plain
            return
        }
        let inflation = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe inflation.initialize(to: z_stream())
        let code = unsafe inflateInit2_(
            inflation, MAX_WBITS + Self.gzipFormat, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else {
            unsafe inflation.deallocate()
            throw ByteSourceError(.unreadable, "zlib has no memory")
        }
        unsafe self.inflation = inflation
        stage = .member
    }

    private mutating func plain(into buffer: inout [UInt8], from start: Int) throws(ByteSourceError) -> Int {
        guard position < end else { return try base.read(into: &buffer, from: start) }
        let count = min(end - position, buffer.count - start)
        buffer.replaceSubrange(start..<start + count, with: input[position..<position + count])
        position += count
        return count
    }

    private mutating func inflated(into buffer: inout [UInt8], from start: Int) throws(ByteSourceError) -> Int {
        guard let inflation = unsafe inflation else { return 0 }
        if position == end {
            guard try fill() else { throw damage("the data end within a member") }
        }
        let (position, end) = (position, end)
        // zlib counts in 32 bits.
        let room = min(buffer.count - start, Int(Int32.max))
        let (code, used, gained) = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe buffer.withUnsafeMutableBufferPointer { target in
                unsafe inflation.pointee.next_in = source.baseAddress.map { unsafe $0 + position }
                unsafe inflation.pointee.avail_in = UInt32(end - position)
                unsafe inflation.pointee.next_out = target.baseAddress.map { unsafe $0 + start }
                unsafe inflation.pointee.avail_out = UInt32(room)
                let code = unsafe inflate(inflation, Z_NO_FLUSH)
                return unsafe (
                    code, end - position - Int(inflation.pointee.avail_in), room - Int(inflation.pointee.avail_out)
                )
            }
        }
        self.position += used
        switch code {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: stage = .betweenMembers
        case Z_MEM_ERROR: throw ByteSourceError(.unreadable, "zlib has no memory")
        default:
            let reason = unsafe inflation.pointee.msg.map { unsafe String(cString: $0) }
            let error = damage(reason ?? "zlib's error \(code)")
            guard gained > 0 else { throw error }
            pending = error
        }
        return gained
    }

    private mutating func beginNextMember() throws(ByteSourceError) {
        while end - position < 2 {
            // What is left, one byte at most, moves to the front, so that there is room.
            if position < end { input[0] = input[position] }
            (position, end) = (0, end - position)
            guard try fill() else { break }
        }
        if end - position >= 2, input[position] == 0x1f, input[position + 1] == 0x8b, let inflation = unsafe inflation {
            unsafe inflateReset(inflation)
            stage = .member
            return
        }
        repeat {
            guard input[position..<end].allSatisfy({ $0 == 0 }) else {
                throw damage("what follows a member is none, which would begin with 1f8b")
            }
            position = end
        } while try fill()
        stage = .end
    }

    private mutating func damage(_ detail: String) -> ByteSourceError {
        stage = .end
        return ByteSourceError(.damagedCompression, detail)
    }
}
