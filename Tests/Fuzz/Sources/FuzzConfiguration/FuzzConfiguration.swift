import L2TPConfig
import L2TPConfigTOML

/// Feeds texts to everything that reads a configuration and checks what must hold for all of them.
///
/// The first byte of the input chooses what files that the text names hold, the rest is the text.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    let bytes = (1..<count).map { input[$0] }
    let file = ConfigurationFile(name: "fuzz.toml", bytes: bytes, isReadableByOthers: input[0] & 1 != 0)
    let reading = ConfigurationLoader().load([file], secrets: Secrets(choice: input[0] >> 1))

    let lines = file.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(\.count)
    for diagnostic in reading.diagnostics {
        check(diagnostic, lines: lines)
    }
    for tunnel in reading.configuration.tunnels { check(tunnel, reading, lines: lines) }
    if reading.isValid { checkWritten(reading.configuration) }
    return 0
}

/// Files as the input chooses them.
private struct Secrets: SecretReader {
    var choice: UInt8

    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        switch choice & 3 {
        case 0: ("0123456789abcdef\n", choice & 4 != 0)
        case 1: ("deadbeef", choice & 4 != 0)
        case 2: (path, choice & 4 != 0)
        default: throw SecretError("not there")
        }
    }
}

/// A finding is one line and stands in the text.
private func check(_ diagnostic: Diagnostic, lines: [Int]) {
    precondition(!diagnostic.message.isEmpty)
    precondition(!diagnostic.description.unicodeScalars.contains("\n"), "a finding of several lines: \(diagnostic)")
    if let position = diagnostic.location.position { check(position, lines: lines) }
}

private func check(_ position: SourcePosition, lines: [Int]) {
    precondition((1...lines.count).contains(position.line), "no such line: \(position)")
    precondition((1...lines[position.line - 1] + 1).contains(position.column), "no such column: \(position)")
}

/// What was read stands somewhere.
private func check(_ tunnel: TunnelConfiguration, _ reading: ConfigurationReading, lines: [Int]) {
    let paths = [tunnel.path] + tunnel.sessions.map { tunnel.path.appending("session", $0.name) }
    for path in paths {
        guard let location = reading.locate(path), let position = location.position else {
            preconditionFailure("\(path) was read, but stands nowhere")
        }
        check(position, lines: lines)
    }
}

/// Written and read again, a configuration is the same.
private func checkWritten(_ configuration: Configuration) {
    let dialect = TOMLDialect()
    let text = dialect.write(configuration, withCookies: true, remarks: [:])
    let again = dialect.read(text, file: "again.toml", secrets: Secrets(choice: 3))
    precondition(again.diagnostics.isEmpty, "what was written has findings: \(again.diagnostics)")
    precondition(again.configuration == configuration, "the meaning has changed")
}
