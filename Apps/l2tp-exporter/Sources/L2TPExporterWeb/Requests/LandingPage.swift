/// The page at `/`, for somebody who comes with a browser.
struct LandingPage: Sendable {
    /// The program's name.
    var title: String
    /// The program's version.
    var version: String
    /// A sentence about the program.
    var summary: String
    /// Paths with a word about each.
    var links: [(path: String, label: String)]

    /// The page as an HTML document.
    var html: String {
        let items = links.map { "<li><a href=\"\(Self.escape($0.path))\">\(Self.escape($0.label))</a></li>\n" }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="UTF-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escape(title))</title>
            </head>
            <body>
            <h1>\(Self.escape(title))</h1>
            <p>\(Self.escape(summary))</p>
            <p>Version \(Self.escape(version))</p>
            <ul>
            \(items.joined())</ul>
            </body>
            </html>

            """
    }

    /// A text as it may stand in HTML, in an attribute's quotes too.
    static func escape(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
