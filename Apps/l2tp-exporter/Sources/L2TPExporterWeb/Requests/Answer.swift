internal import HTTPTypes
internal import NIOCore

/// A response with all of its body.
struct Answer: Sendable {
    /// The status.
    let status: HTTPResponse.Status
    /// The headers but for `Content-Length` and `Date`.
    let headers: HTTPFields
    /// The body, which is not sent to a request with method HEAD.
    let body: ByteBuffer
    /// What the body belongs to, if it is large and others may be sent it too.
    var scrape: ScrapeResponse?
    /// Why the client may not look, if this is the answer to that.
    var refusal: AccessRefusal?
}
