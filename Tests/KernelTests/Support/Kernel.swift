import Glibc
import SystemPackage

/// The kernel under test.
enum Kernel {
    /// Whether somebody asked for these tests.
    static var isUnderTest: Bool { Environment["L2TP_KERNEL_TESTS"] == "1" }

    /// The release, as `6.12.117+deb12-amd64`.
    static let release = (try? readText("/proc/sys/kernel/osrelease"))?.trimmed ?? ""

    /// Whether sessions of all tunnels are kept in one table, which changes what a lookup finds
    /// (Linux 6.11 and later).
    static var hasNamespaceWideSessions: Bool {
        let numbers = release.split(whereSeparator: { !$0.isNumber }).prefix(2).compactMap { Int($0) }
        return numbers.lexicographicallyPrecedes([6, 11]) == false
    }

    /// Whether a module is loaded.
    static func hasLoaded(_ module: String) throws -> Bool {
        try readText("/proc/modules").split(separator: "\n").contains { $0.hasPrefix("\(module) ") }
    }

    /// All of a file that may lie in /proc.
    static func readText(_ path: String) throws -> String {
        let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        return try file.closeAfter { try file.readAll() }
    }

    /// Makes a file with that text.
    static func write(_ text: String, to path: String) throws {
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
        _ = try file.closeAfter { try file.writeAll(text.utf8) }
    }
}

extension FileDescriptor {
    /// The text from the present position to the end.
    func readAll() throws -> String {
        var text: [UInt8] = []
        while case let chunk = try SystemCalls.read(from: self), !chunk.isEmpty { text += chunk }
        return String(decoding: text, as: UTF8.self)
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The words between white space.
    var words: [String] { split(whereSeparator: { $0.isWhitespace }).map { String($0) } }
}
