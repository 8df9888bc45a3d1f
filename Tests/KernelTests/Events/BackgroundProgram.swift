import Glibc
import SystemPackage
import Testing

/// A program that runs beside the test and writes to a file.
struct BackgroundProgram: CustomStringConvertible {
    /// What a process takes of the system.
    struct Footprint: Hashable, Sendable, CustomStringConvertible {
        var residentKilobytes: Int
        var descriptors: Int

        var description: String { "\(residentKilobytes) KiB resident, \(descriptors) descriptors" }

        /// That of a process of this system, by default of this one.
        init(of process: String = "self") throws {
            let status = try Kernel.readText("/proc/\(process)/status")
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
            residentKilobytes = try #require(Int(line.words[1]))
            let names = try Shell.require(["ls", "/proc/\(process == "self" ? "\(getpid())" : process)/fd"])
            descriptors = names.output.words.count
        }
    }

    private let process: pid_t
    private let output: FileDescriptor
    private let errors: FileDescriptor

    /// Starts a program in a namespace.
    init(_ arguments: [String], in namespace: TestNamespace, input text: String = "") throws {
        let files = try (0..<3).map { _ in try Shell.temporaryFile() }
        try files[0].writeAll(text.utf8)
        try files[0].seek(offset: 0, from: .start)
        process = try SystemCalls.inNamespace(namespace.path) {
            try SystemCalls.spawn(arguments, input: files[0], output: files[1], errors: files[2])
        }
        try files[0].close()
        (output, errors) = (files[1], files[2])
    }

    /// What it has written so far.
    func lines() throws -> [Substring] {
        var bytes: [UInt8] = []
        var offset = 0
        while case let chunk = try SystemCalls.read(from: output, at: offset), !chunk.isEmpty {
            bytes += chunk
            offset += chunk.count
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    /// The same, for messages.
    var description: String { (try? lines().joined(separator: "\n")) ?? "unreadable output" }

    /// What it takes of the system.
    func footprint() throws -> Footprint { try Footprint(of: "\(process)") }

    /// Ends it by a signal, with 0 waits for its own end; its exit status.
    func end(by signal: CInt = SIGTERM) throws -> Int {
        SystemCalls.end(process, by: signal)
        defer {
            try? output.close()
            try? errors.close()
        }
        return try SystemCalls.wait(for: process)
    }
}
