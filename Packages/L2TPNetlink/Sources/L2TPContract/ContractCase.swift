/// One thing that every kernel must do, by name.
public struct ContractCase: Sendable, CustomStringConvertible {
    /// The case as a sentence.
    public let name: String
    private let body: @Sendable (inout Contract) throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (inout Contract) throws -> Void) {
        self.name = name
        self.body = body
    }

    /// What differs from the contract on a host whose kernel has no tunnels; empty if nothing does.
    public func findings(on host: any ContractHost) throws -> [String] {
        var contract = try Contract(host)
        try body(&contract)
        return contract.findings
    }

    /// The name.
    public var description: String { name }

    /// All cases, by subject.
    public static let all: [ContractCase] =
        familyCases + tunnelCreationCases + tunnelSocketCases + tunnelReadingCases + sessionCreationCases
        + sessionSettingCases + sessionLookupCases + deletionCases + ignoredAttributeCases + clientCases + changeCases
}
