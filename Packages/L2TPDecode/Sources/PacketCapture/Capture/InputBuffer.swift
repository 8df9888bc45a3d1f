/// The part of a stream that is being looked at: one array, filled again and again.
struct InputBuffer: ~Copyable {
    /// How far it grows ahead of what is asked for.
    private static let largestStep = 1 << 20

    private var source: any ByteSource & ~Copyable
    private var storage: [UInt8]
    private var start = 0
    private var end = 0
    private var hasEnded = false
    /// Where the next byte stands in the stream, counted from 0.
    private(set) var offset = 0

    init(_ source: consuming some ByteSource & ~Copyable, byteCount: Int = 128 * 1024) {
        self.source = consume source
        storage = [UInt8](repeating: 0, count: byteCount)
    }

    /// How many bytes are there without reading further.
    var count: Int { end - start }
    /// Where in the stream the bytes that are there end.
    var endOffset: Int { offset + count }

    /// The bytes that are there.
    var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get { storage.span.extracting(start..<end) }
    }

    /// Reads until so many bytes are there; returns whether the stream has them.
    mutating func fill(to wanted: Int) throws(CaptureError) -> Bool {
        if count >= wanted { return true }
        return try refill(to: wanted)
    }

    private mutating func refill(to wanted: Int) throws(CaptureError) -> Bool {
        if start > 0, start + wanted > storage.count || start == end {
            // Not by a slice, which would share the array and so have it copied, into an ever larger one.
            for index in 0..<count { storage[index] = storage[start + index] }
            (start, end) = (0, count)
        }
        if wanted > storage.count {
            // Who asks for one byte more is likely to go on asking.
            let byteCount = max(wanted, min(2 * storage.count, Self.largestStep))
            storage += [UInt8](repeating: 0, count: byteCount - storage.count)
        }
        while count < wanted, !hasEnded {
            do throws(ByteSourceError) {
                let gained = try source.read(into: &storage, from: end)
                end += gained
                hasEnded = gained == 0
            } catch {
                hasEnded = true
                throw CaptureError(error.code, at: endOffset, in: "file", error.detail)
            }
        }
        return count >= wanted
    }

    /// Goes past bytes that are there.
    mutating func drop(_ byteCount: Int) {
        start += byteCount
        offset += byteCount
    }

    /// Goes past bytes that need not be there; returns whether the stream has them.
    mutating func skip(_ byteCount: Int) throws(CaptureError) -> Bool {
        var left = byteCount
        while left > 0 {
            guard try fill(to: 1) else { return false }
            let step = min(left, count)
            drop(step)
            left -= step
        }
        return true
    }
}
