internal import HTTPTypes

/// A response with all of its body.
struct Answer: Sendable {
    /// The status.
    let status: HTTPResponse.Status
    /// The headers but for `Content-Length` and `Date`.
    let headers: HTTPFields
    /// The body, which is not sent to a request with method HEAD.
    let body: [UInt8]
}
