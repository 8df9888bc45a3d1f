/// One part of an AVP's value, as people want to see it: what it is called, where it lies, what it says.
public struct AVPField: Hashable, Sendable {
    /// What a field says.
    public enum Content: Hashable, Sendable {
        /// A number in host byte order, with its name where it has one.
        case number(UInt64, name: String?)
        /// A bit.
        case flag(Bool)
        /// Text; bytes that are not UTF-8 have been replaced.
        case text(String)
        /// Bytes in wire order.
        case bytes([UInt8])
        /// Elements of one length each, in the order of the wire; they share the field's bytes evenly.
        case list([Content])
    }

    /// What the RFC calls it, for example `Error Code`; empty for a value that has one part only, as a list is.
    public let name: String
    /// Where it begins, in bytes from the start of the value.
    public let offset: Int
    /// How many bytes it takes; a bit takes the bytes of the word that it is in.
    public let byteCount: Int
    /// What it says.
    public let content: Content

    /// A field.
    ///
    /// - Parameters:
    ///   - name: What the RFC calls it; empty for a value that has one part only.
    ///   - offset: Where it begins, in bytes from the start of the value.
    ///   - byteCount: How many bytes it takes.
    ///   - content: What it says.
    public init(_ name: String = "", at offset: Int = 0, byteCount: Int, _ content: Content) {
        self.name = name
        self.offset = offset
        self.byteCount = byteCount
        self.content = content
    }
}
