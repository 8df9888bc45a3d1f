import Foundation

/// A package manifest, as `swift package dump-package` prints it, reduced to what two manifests of the same
/// targets must agree on.
struct Manifest {
    /// A target, in a form that can be compared across manifests.
    struct Target: Equatable {
        /// `regular`, `test`, `system` or `executable`.
        var type: String
        /// The names of the targets and products it depends on, in order.
        var dependencies: [String]
        /// Its build settings, in a canonical text.
        var settings: [String]
        /// The pkg-config name of a system library.
        var pkgConfig: String?
        /// The path of its sources from the top of the repository.
        var path: String
    }

    var targets: [String: Target] = [:]
    /// The names of the library products with the targets each vends.
    var libraries: [String: [String]] = [:]
    /// The packages it depends on by URL, with the version requirement in a canonical text.
    var remoteDependencies: [String: String] = [:]

    /// The manifest of the package in a folder below the top of the repository (empty for the top itself).
    init(ofPackageIn folder: String, of repository: URL) throws {
        let dump = try Self.dump(repository.appending(path: folder))
        for target in dump["targets"] as? [[String: Any]] ?? [] {
            let name = target["name"] as? String ?? ""
            let type = target["type"] as? String ?? ""
            let standard = "\(type == "test" ? "Tests" : "Sources")/\(name)"
            let path = target["path"] as? String ?? standard
            targets[name] = Target(
                type: type,
                dependencies: (target["dependencies"] as? [[String: Any]] ?? []).compactMap(Self.dependencyName),
                settings: try (target["settings"] as? [Any] ?? []).map(Self.canonicalText),
                pkgConfig: target["pkgConfig"] as? String,
                path: folder.isEmpty ? path : "\(folder)/\(path)")
        }
        for product in dump["products"] as? [[String: Any]] ?? [] {
            guard (product["type"] as? [String: Any])?["library"] != nil else { continue }
            libraries[product["name"] as? String ?? ""] = product["targets"] as? [String]
        }
        for dependency in dump["dependencies"] as? [[String: Any]] ?? [] {
            for remote in dependency["sourceControl"] as? [[String: Any]] ?? [] {
                remoteDependencies[remote["identity"] as? String ?? ""] = try Self.canonicalText(
                    remote["requirement"] ?? "")
            }
        }
    }

    private static func dependencyName(_ dependency: [String: Any]) -> String? {
        let value = dependency["byName"] ?? dependency["product"] ?? dependency["target"]
        return (value as? [Any])?.first as? String
    }

    private static func canonicalText(_ value: Any) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
        return String(decoding: data, as: UTF8.self)
    }

    /// Runs SwiftPM with a scratch folder of its own: the run that executes this test holds the usual one.
    private static func dump(_ package: URL) throws -> [String: Any] {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "manifest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", package.path, "--scratch-path", scratch.path, "dump-package",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
}
