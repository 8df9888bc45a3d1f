internal import CZlib

/// The gzip format (RFC 1952), written by zlib.
public enum Gzip {
    /// Adding to `windowBits` makes zlib write gzip's header and trailer instead of its own (zlib.h).
    private static let gzipFormat: Int32 = 16
    /// `deflateInit2`'s default for memory (zlib.h: `DEF_MEM_LEVEL`).
    private static let memoryLevel: Int32 = 8

    /// Compresses.
    ///
    /// - Parameters:
    ///   - bytes: What is to be compressed.
    ///   - level: From 1, fast, to 9, small. A scrape is so repetitive that 1 leaves little more than 6 does in a third
    ///     of the time.
    /// - Returns: One gzip member; nil if there was no memory for it.
    public static func compress(_ bytes: Span<UInt8>, level: Int32 = 1) -> [UInt8]? {
        // zlib counts a call's input in 32 bits.
        guard bytes.count <= Int(UInt32.max) else { return nil }
        // On the heap: zlib remembers where it is.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        defer { unsafe stream.deallocate() }
        guard
            unsafe deflateInit2_(
                stream, level, Z_DEFLATED, MAX_WBITS + gzipFormat, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { _ = unsafe deflateEnd(stream) }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        let finished = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(input.count)
            while true {
                let (code, count) = unsafe chunk.withUnsafeMutableBufferPointer { buffer in
                    unsafe stream.pointee.next_out = buffer.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(buffer.count)
                    let code = unsafe deflate(stream, Z_FINISH)
                    return unsafe (code, buffer.count - Int(stream.pointee.avail_out))
                }
                output += chunk[..<count]
                if code == Z_STREAM_END { return true }
                guard code == Z_OK else { return false }
            }
        }
        return finished ? output : nil
    }
}
