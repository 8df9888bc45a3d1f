import Glibc
import SystemPackage
import Testing

/// How a program ended and what it wrote.
struct Outcome: Hashable, Sendable, CustomStringConvertible {
    var arguments: [String]
    var status: Int
    var output: String
    var errors: String

    var succeeded: Bool { status == 0 }

    var description: String {
        "\(arguments.joined(separator: " ")): exit \(status)\n\(output)\(errors)"
    }
}

/// Runs programs.
enum Shell {
    /// Runs a program, found by PATH, to its end.
    static func run(
        _ arguments: [String], in namespace: TestNamespace? = nil, input text: String = ""
    ) throws -> Outcome {
        let input = try temporaryFile()
        let output = try temporaryFile()
        let errors = try temporaryFile()
        defer { for file in [input, output, errors] { try? file.close() } }
        try input.writeAll(text.utf8)
        try input.seek(offset: 0, from: .start)
        let status = try SystemCalls.inNamespace(namespace?.path) {
            let process = try SystemCalls.spawn(arguments, input: input, output: output, errors: errors)
            return try SystemCalls.wait(for: process)
        }
        for file in [output, errors] { try file.seek(offset: 0, from: .start) }
        return Outcome(
            arguments: arguments, status: status, output: try output.readAll(), errors: try errors.readAll())
    }

    /// A file without a name, for what a program reads and writes.
    static func temporaryFile() throws -> FileDescriptor {
        let unnamed = FileDescriptor.OpenOptions(rawValue: 0o20_200_000)  // O_TMPFILE
        return try FileDescriptor.open(
            FilePath("/tmp"), .readWrite, options: [unnamed, .closeOnExec], permissions: .ownerReadWrite)
    }

    /// Runs a program that must succeed.
    @discardableResult
    static func require(
        _ arguments: [String], in namespace: TestNamespace? = nil, input text: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Outcome {
        let outcome = try run(arguments, in: namespace, input: text)
        try #require(outcome.succeeded, "\(outcome)\(text)", sourceLocation: sourceLocation)
        return outcome
    }

    /// Gives lines to one `ip -batch`; each must succeed.
    static func ip(
        _ lines: [String], in namespace: TestNamespace? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = lines.map { "\($0)\n" }.joined()
        try require(["ip", "-batch", "-"], in: namespace, input: text, sourceLocation: sourceLocation)
    }

    /// The path or name of our own command, from the environment variable `L2TP_COMMAND`.
    static var l2tp: String { Environment["L2TP_COMMAND"] ?? "l2tp" }
}
