import L2TPConfig

/// Where parts of the configuration are written, in words.
struct Places {
    private let locate: (ConfigurationPath) -> SourceLocation?

    /// Places that `locate` finds.
    init(_ locate: @escaping (ConfigurationPath) -> SourceLocation? = { _ in nil }) {
        self.locate = locate
    }

    /// The file that a part is in; nil if that is not known.
    func file(of path: ConfigurationPath) -> String? { locate(path)?.file }

    /// The location of a part; nil if that is not known.
    func location(of path: ConfigurationPath) -> SourceLocation? { locate(path) }

    /// `FILE:LINE`, or `line LINE` if the file is known to the reader; empty if the place is not known.
    func place(of path: ConfigurationPath?, in file: String? = nil) -> String {
        guard let path, let location = locate(path) else { return "" }
        guard let line = location.position?.line else { return location.file }
        return location.file == file ? "line \(line)" : "\(location.file):\(line)"
    }
}
