import Foundation
import Testing

/// docs/kernel-api.md has every name of the kernel's headers, and what it says of Swift and of the tests is so.
@Suite("The table of the kernel's interface")
struct KernelInterfaceTests {
    /// A line of the table.
    struct Row {
        var name: String
        var swift: String
        var tests: String
    }

    private static let rows: [Row] = {
        let file = ManifestTests.repository.appending(path: "docs/kernel-api.md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("| `") else { return nil }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3 else { return nil }
            return Row(name: cells[0].trimmingCharacters(in: ["`"]), swift: cells[1], tests: cells[2])
        }
    }()

    /// The enumerators, macros and structures of a header; include guards and names with two underscores are its own
    /// affair.
    private static func names(in header: String) throws -> Set<String> {
        let text = try String(contentsOf: URL(filePath: "/usr/include/linux/\(header)"), encoding: .utf8)
        let code = text.replacing(/\/\*[\s\S]*?\*\//, with: "")
        var names: Set<String> = []
        for match in code.matches(of: /#define\s+([A-Z]\w+)/) { names.insert(String(match.1)) }
        for match in code.matches(of: /struct\s+(\w+)\s*\{/) { names.insert(String(match.1)) }
        for match in code.matches(of: /enum\s*\w*\s*\{([^}]*)\}/) {
            for part in match.1.split(separator: ",") {
                let name = part.split(separator: "=")[0].trimmingCharacters(in: .whitespacesAndNewlines)
                if !name.isEmpty, !name.hasPrefix("__") { names.insert(name) }
            }
        }
        return names
    }

    @Test(
        "every enumerator, macro and structure of the headers is in the table, once",
        arguments: ["l2tp.h", "if_pppol2tp.h"])
    func complete(header: String) throws {
        let listed = Self.rows.map(\.name)
        #expect(Set(listed).count == listed.count)
        let names = try Self.names(in: header)
        #expect(names.count > 8)
        let missing = names.subtracting(listed)
        #expect(missing == [])
    }

    @Test("the table has no name that the headers lack, and no empty cell")
    func noInventions() throws {
        let names = try Self.names(in: "l2tp.h").union(Self.names(in: "if_pppol2tp.h"))
        for row in Self.rows {
            // Options, ioctls and addresses of other headers may be there too.
            let isOfTheseHeaders = ["L2TP_", "PPPOL2TP_"].contains(where: row.name.hasPrefix)
            #expect(!isOfTheseHeaders || names.contains(row.name), "\(row.name)")
            #expect(!row.swift.isEmpty && !row.tests.isEmpty, "\(row.name)")
            #expect(row.swift.contains("`") || row.swift.hasPrefix("no name: "), "\(row.name)")
        }
    }

    /// All Swift files below a folder, with their texts.
    private static func sources(below folder: String) -> [String] {
        let root = ManifestTests.repository.appending(path: folder)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return (files?.allObjects ?? []).compactMap { file in
            guard let file = file as? URL, file.pathExtension == "swift", !file.path.contains("/.build/") else {
                return nil
            }
            return try? String(contentsOf: file, encoding: .utf8)
        }
    }

    /// The texts between backticks.
    private static func quoted(_ cell: String) -> [String] {
        cell.matches(of: /`([^`]+)`/).map { String($0.1) }
    }

    @Test("every Swift name is public in the sources")
    func swiftNames() throws {
        let sources = Self.sources(below: "Packages").filter { !$0.contains("import Testing") }
        for row in Self.rows {
            for name in Self.quoted(row.swift) {
                let parts = name.split(separator: ".")
                let type = try #require(parts.first)
                let isDeclared = sources.contains { text in
                    let homes = ["struct \(type)", "enum \(type)", "class \(type)", "extension \(type)"]
                    guard homes.contains(where: text.contains) else { return false }
                    guard parts.count == 2 else { return true }
                    let member = "`?\(parts[1])`?(?![A-Za-z0-9_])"
                    let pattern = "(public ([a-z(]+[)]? )*(let|var|func) |case )\(member)"
                    return text.range(of: pattern, options: .regularExpression) != nil
                }
                #expect(isDeclared, "\(row.name): \(name)")
            }
        }
    }

    @Test("every test is there")
    func tests() throws {
        let cases = Self.sources(below: "Packages/L2TPNetlink/Sources/L2TPContract/Cases").joined()
        let suites = Self.sources(below: "Tests/KernelTests")
        for row in Self.rows {
            for test in row.tests.components(separatedBy: "; ") {
                if let name = test.split(separator: "contract: ", maxSplits: 1).first, test.hasPrefix("contract: ") {
                    // The ignored attributes share one sentence.
                    let subject = name.split(separator: " is accepted and ignored").first ?? name
                    let isThere = cases.contains("\"\(name)\"") || cases.contains("(\"\(subject)\", Raw")
                    #expect(isThere, "\(row.name): \(name)")
                } else {
                    let parts = test.trimmingCharacters(in: ["`"]).split(separator: "/")
                    try #require(parts.count == 2, "\(row.name): \(test)")
                    let isThere = suites.contains {
                        $0.contains("struct \(parts[0])") && $0.contains("func \(parts[1])(")
                    }
                    #expect(isThere, "\(row.name): \(test)")
                }
            }
        }
    }
}
