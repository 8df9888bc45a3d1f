import L2TPContract
import Testing

extension KernelTests {
    /// The contract, held against the running kernel. The package's own tests hold the same cases against the fake
    /// kernel.
    @Suite("The kernel keeps the contract", .contractHost)
    struct ClientContractTests {
        let host: NamespaceHost

        init() throws {
            host = try NamespaceHost.current()
            try host.namespace.deleteAllTunnels()
        }

        @Test("contract", arguments: ContractCase.all)
        func contract(_ contract: ContractCase) throws {
            let findings = try contract.findings(on: host)
            #expect(findings == [], "\(findings.joined(separator: "\n"))")
        }
    }
}
