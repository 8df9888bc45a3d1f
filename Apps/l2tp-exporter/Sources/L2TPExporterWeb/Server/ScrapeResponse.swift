internal import Gzip
internal import Synchronization

/// The answer to a scrape. One instance may answer any number of requests; they share its bytes, and what they are
/// compressed to.
public final class ScrapeResponse: Sendable {
    /// What compressing has come to.
    private enum Compression {
        case notTried
        /// The gzip member; nil if compressing failed.
        case done([UInt8]?)
    }

    /// The value of the header `Content-Type`.
    public let contentType: String
    /// The body as it is without content coding.
    public let body: [UInt8]
    private let compression = Mutex(Compression.notTried)

    /// An answer with status 200.
    public init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = body
    }

    /// The body in gzip format; nil if there was no memory for it. The first call compresses, others wait for it.
    var gzippedBody: [UInt8]? {
        compression.withLock { state in
            if case .done(let bytes) = state { return bytes }
            let bytes = Gzip.compress(body)
            state = .done(bytes)
            return bytes
        }
    }
}
