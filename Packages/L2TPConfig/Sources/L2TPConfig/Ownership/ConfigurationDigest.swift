/// Which text a configuration was read from: 128 bits that are others for any other text.
///
/// It tells whether a configuration has to be read again. It is no protection against somebody who makes two texts that
/// have the same: whoever writes configurations may do all that they ask for anyway.
public struct ConfigurationDigest: Hashable, Sendable {
    /// The first half of the bits.
    public var high: UInt64
    /// The last half of the bits.
    public var low: UInt64

    /// A digest of those bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The digest of files, with all that their reading depends on; not of other files that they name.
    ///
    /// - Parameters:
    ///   - files: The files, in the order in which they are given to ``ConfigurationLoader``.
    ///   - version: The version of the program that reads them: another may find something else in the same text.
    public init(of files: [ConfigurationFile], version: String) {
        // Any key will do if it is always the same.
        var hash = SipHash(wideWithK0: 0x6c32_7470_2d61_7070, k1: 0x6c79_2064_6967_6573)
        hash.append(delimited: version)
        for file in files {
            hash.append(delimited: file.name)
            hash.append(file.isReadableByOthers ? 1 : 0)
            // What is wrong with the bytes is not seen in the text, in which it is made good.
            hash.append(file.invalidEncoding == nil ? 0 : 1)
            hash.append(delimited: file.text)
        }
        (high, low) = hash.finishWide()
    }
}

extension SipHash {
    /// Takes a text with its length before, so that nothing of it can be taken for a part of its neighbours.
    fileprivate mutating func append(delimited text: String) {
        let bytes = text.utf8.span
        append(bigEndian: UInt64(bytes.count))
        append(bytes)
    }
}
