/// A place in a text.
public struct SourcePosition: Hashable, Comparable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int

    /// A place from its parts.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Whether a place comes before another.
    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A place in a file, as compilers write it.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was named.
    public var file: String
    /// The place in it; nil means the file as a whole.
    public var position: SourcePosition?

    /// A place from its parts.
    public init(file: String, position: SourcePosition? = nil) {
        self.file = file
        self.position = position
    }

    /// `FILE:LINE:COLUMN`, or `FILE`.
    public var description: String {
        position.map { "\(file):\($0.line):\($0.column)" } ?? file
    }
}
