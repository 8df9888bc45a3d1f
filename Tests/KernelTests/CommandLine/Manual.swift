/// The manual page of `l2tp`.
enum Manual {
    /// The text of a section, without markup and in one line.
    static func section(_ title: String) throws -> String {
        let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let page = try Kernel.readText("/\(folder)/docs/man/man8/l2tp.8")
        let rest = page.split(separator: "\n").drop { $0 != ".SH \(title)" }.dropFirst()
        let lines = rest.prefix { !$0.hasPrefix(".SH") }
        return lines.map(plain).joined(separator: " ").words.joined(separator: " ")
    }

    /// A line without its macro and without the characters that are markup.
    private static func plain(_ line: Substring) -> String {
        let text = line.hasPrefix(".") ? line.drop { $0 != " " } : line
        return text.filter { $0 != "\"" && $0 != "\\" }
    }
}
