internal import Synchronization

/// The places of a text, looked for when they are needed for the first time: most runs have nothing to say about any.
final class LazyPositions: Sendable {
    private let text: String
    private let known = Mutex<TOMLPositions?>(nil)

    /// The places of a text that TOMLKit has accepted.
    init(_ text: String) {
        self.text = text
    }

    /// The places.
    var positions: TOMLPositions {
        known.withLock { known in
            if let known { return known }
            let found = TOMLPositions(text)
            known = found
            return found
        }
    }
}
