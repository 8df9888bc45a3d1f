/// The bytes of a layer, with what is needed to say what is missing of them.
struct LayerReader: ~Escapable {
    let bytes: Span<UInt8>
    /// Where the bytes stand in the captured frame, or in the payload of a reassembled datagram.
    let start: Int
    /// Whether their end is missing because not all was captured.
    let isCut: Bool
    /// Whether they have been put together from fragments, so that ``start`` counts in the datagram's payload.
    let isReassembled: Bool

    @_lifetime(copy bytes)
    init(bytes: Span<UInt8>, start: Int, isCut: Bool, isReassembled: Bool = false) {
        self.bytes = bytes
        self.start = start
        self.isCut = isCut
        self.isReassembled = isReassembled
    }

    /// Throws unless so many bytes are there.
    @inline(__always)
    func require(_ byteCount: Int, _ field: String) throws(LayerError) {
        guard bytes.count >= byteCount else { throw missing(field) }
    }

    /// The error that the bytes end too soon.
    func missing(_ field: String, _ detail: String? = nil) -> LayerError {
        LayerError(
            isCut ? .cut : .truncated, at: start + bytes.count, in: field, detail, isReassembled: isReassembled)
    }
}
