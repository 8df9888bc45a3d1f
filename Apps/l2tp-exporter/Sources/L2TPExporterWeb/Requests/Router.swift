internal import HTTPTypes
internal import NIOCore

/// Answers requests: what is at which path, and for whom.
struct Router: Sendable {
    /// Collects.
    let scrapes: any ScrapeResponder
    /// Where the metrics are.
    let telemetryPath: String
    /// The page at `/`.
    let landingPage: LandingPage
    /// Whose users may look.
    let security: WebSecurity
    /// Checks their passwords.
    let passwords: PasswordChecker

    /// How long a client waits for its password to be checked that has not said how long it waits.
    private static let defaultPatience = Duration.seconds(10)

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - client: Who has sent it.
    ///   - arrival: When it has arrived. What the client waits for is counted from then on, the password's check included.
    /// - Returns: The answer.
    func respond(
        to request: HTTPRequest, from client: ClientAddress, arrival: ContinuousClock.Instant
    ) async -> Answer {
        let timeout = ScrapeTimeout.duration(
            HTTPField.Name(ScrapeTimeout.headerName).flatMap { request.headerFields[$0] })
        if let refusal = await refusal(of: request, from: client, until: arrival + (timeout ?? Self.defaultPatience)) {
            return refusal
        }
        let path = (request.path ?? "").prefix { $0 != "?" }
        let answer: (Self) async -> Answer
        switch path {
        case telemetryPath[...]: answer = { await $0.scrape(request, timeout, arrival) }
        case "/": answer = { $0.landing() }
        case "/-/healthy": answer = { _ in Self.text(.ok, "Healthy\n") }
        case "/-/ready":
            answer = {
                await $0.scrapes.readinessProblem.map { Self.text(.serviceUnavailable, "Not ready: \($0)\n") }
                    ?? Self.text(.ok, "Ready\n")
            }
        default: return Self.text(.notFound, "Not found. The metrics are at \(telemetryPath)\n")
        }
        guard request.method == .get || request.method == .head else {
            return Self.text(.methodNotAllowed, "Only GET and HEAD are possible here.\n", [.allow: "GET, HEAD"])
        }
        return await answer(self)
    }

    /// The answer to somebody who may not look; nil for one who may.
    private func refusal(
        of request: HTTPRequest, from client: ClientAddress, until deadline: ContinuousClock.Instant
    ) async -> Answer? {
        let users = security.current.users
        guard !users.isOpen else { return nil }
        let header = request.headerFields[.authorization]
        var refusal = AccessRefusal.noPassword
        if let credentials = header.flatMap(BasicCredentials.init(authorization:)) {
            switch await passwords.check(credentials, of: client, against: users, until: deadline) {
            case .accepted: return nil
            case .rejected:
                let isUser = users.hashes[credentials.user] != nil
                refusal = .wrongPassword(user: isUser ? credentials.user : nil)
            case .overloaded:
                var answer = Self.text(
                    .serviceUnavailable, "Too many passwords are being checked.\n", [.retryAfter: "5"])
                answer.refusal = .overloaded
                return answer
            }
        }
        let challenge = "Basic realm=\"\(landingPage.title)\", charset=\"UTF-8\""
        var answer = Self.text(.unauthorized, "Unauthorized\n", [.wwwAuthenticate: challenge])
        answer.refusal = refusal
        return answer
    }

    private func scrape(
        _ request: HTTPRequest, _ timeout: Duration?, _ arrival: ContinuousClock.Instant
    ) async -> Answer {
        let answer = await scrapes.scrape(
            accept: request.headerFields[.accept],
            timeout: timeout.map { ScrapeTimeout.remainder(of: $0, after: .now - arrival) })
        var headers: HTTPFields = [.contentType: answer.contentType, .vary: "Accept, Accept-Encoding"]
        guard AcceptEncoding.prefersGzip(request.headerFields[.acceptEncoding]),
            let bytes = await answer.gzippedBody
        else {
            return Answer(status: .ok, headers: headers, body: answer.body, scrape: answer)
        }
        headers[.contentEncoding] = "gzip"
        return Answer(status: .ok, headers: headers, body: bytes, scrape: answer)
    }

    private func landing() -> Answer {
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: "default-src 'none'",
            .xContentTypeOptions: "nosniff",
        ]
        return Answer(status: .ok, headers: headers, body: ByteBuffer(string: landingPage.html))
    }

    private static func text(_ status: HTTPResponse.Status, _ text: String, _ headers: HTTPFields = [:]) -> Answer {
        var headers = headers
        headers[.contentType] = "text/plain; charset=utf-8"
        headers[.xContentTypeOptions] = "nosniff"
        return Answer(status: status, headers: headers, body: ByteBuffer(string: text))
    }
}
