import L2TPMetrics
import NetlinkTestSupport
import Testing

@testable import l2tp_exporter

/// The program with a kernel of its own, and what it has written.
struct ProgramBench {
    let kernel = FakeKernel()
    let output = Recorder<String>()
    let errors = Recorder<String>()
    var environment: [String: String] = [:]
    var errorIsJournal = false

    /// Everything on standard output and standard error.
    var written: String { output.elements.joined() }
    var log: String { errors.elements.joined() }

    @discardableResult
    func run(_ arguments: String...) async -> Status { await run(arguments) }

    func run(_ arguments: [String]) async -> Status {
        let (output, errors, environment) = (output, errors, environment)
        let program = Program(
            Surroundings(
                namespaces: .own(kernel), environment: { environment[$0] }, time: { "2026-11-21T12:00:00.000+00:00" },
                errorIsJournal: errorIsJournal, write: { output.add($0) }, writeError: { errors.add($0) }))
        return await program.run(arguments)
    }
}
