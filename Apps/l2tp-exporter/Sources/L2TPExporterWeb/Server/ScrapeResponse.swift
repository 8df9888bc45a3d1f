internal import Gzip
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The answer to a scrape. One instance may answer any number of requests; they share its bytes, and what they are
/// compressed to.
public final class ScrapeResponse: Sendable {
    /// The value of the header `Content-Type`.
    public let contentType: String
    /// The body as it is without content coding.
    let body: ByteBuffer
    private let compression = Mutex(Task<ByteBuffer?, Never>?.none)

    /// An answer with status 200.
    ///
    /// - Parameters:
    ///   - contentType: The value of the header `Content-Type`.
    ///   - body: The body as it is without content coding.
    public init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = ByteBuffer(bytes: body)
    }

    /// The body in gzip format; nil if there was no memory for it.
    ///
    /// It is compressed once, for the first who asks, by a thread that may take its time.
    var gzippedBody: ByteBuffer? {
        get async {
            let body = body
            let task = compression.withLock { task in
                if let task { return task }
                let new = Task {
                    try? await NIOThreadPool.singleton.runIfActive {
                        Gzip.compress(body.readableBytesUInt8Span).map { ByteBuffer(bytes: $0) }
                    }
                }
                task = new
                return new
            }
            return await task.value
        }
    }
}
