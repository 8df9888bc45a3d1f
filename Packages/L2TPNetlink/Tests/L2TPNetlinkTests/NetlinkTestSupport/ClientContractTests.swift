import L2TPContract
import NetlinkTestSupport
import Testing

/// The contract, held against the fake kernel of both releases. `KernelTests` holds the same cases against the real
/// one, so that the fake cannot drift from the truth.
@Suite("The fake kernel keeps the contract")
struct ClientContractTests {
    @Test("Linux 6.1", arguments: ContractCase.all)
    func linux6_1(_ contract: ContractCase) throws {
        #expect(try contract.findings(on: FakeHost(.linux6_1)) == [])
    }

    @Test("Linux 6.12", arguments: ContractCase.all)
    func linux6_12(_ contract: ContractCase) throws {
        #expect(try contract.findings(on: FakeHost(.linux6_12)) == [])
    }

    @Test("no two cases have the same name")
    func names() {
        #expect(Set(ContractCase.all.map(\.name)).count == ContractCase.all.count)
    }
}
