/// One reading of everything, which the sources share.
public final class Walk {
    private var results: [ObjectIdentifier: Any] = [:]

    /// A walk in which nothing has been read yet.
    public init() {}

    /// What a reader has read in this walk: the first who asks makes it read, all others get the same.
    ///
    /// - Parameters:
    ///   - reader: Whose result it is; it must live as long as the walk.
    ///   - read: Reads.
    /// - Returns: What `read` has returned the first time.
    public func result<Value>(of reader: AnyObject, _ read: () -> Value) -> Value {
        if let value = results[ObjectIdentifier(reader)] as? Value { return value }
        let value = read()
        results[ObjectIdentifier(reader)] = value
        return value
    }
}
