/// A table whose columns are as wide as their contents, two blanks apart.
struct Columns {
    /// A line: cells from the left, empty ones leave their column blank.
    typealias Line = [String]

    private var lines: [(cells: Line, note: (column: Int, text: String)?)] = []

    /// Adds a line.
    mutating func add(_ cells: Line) {
        lines.append((cells, nil))
    }

    /// Adds a text that begins at a column and may go on over those after it.
    mutating func add(_ text: String, at column: Int) {
        lines.append(([], (column, text)))
    }

    /// The lines, each with its end; `style` may set off a cell of a column, which is padded already.
    func text(_ style: (_ cell: String, _ line: Int, _ column: Int) -> String = { cell, _, _ in cell }) -> String {
        var widths: [Int] = []
        for line in lines {
            for (column, cell) in line.cells.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        // A column without any content takes no room.
        let starts = widths.reduce(into: [0]) { $0.append($0[$0.count - 1] + ($1 > 0 ? $1 + 2 : 0)) }
        var text = ""
        for (number, line) in lines.enumerated() {
            if let note = line.note {
                text += String(repeating: " ", count: starts[note.column]) + note.text + "\n"
                continue
            }
            let last = line.cells.lastIndex { !$0.isEmpty } ?? 0
            for (column, cell) in line.cells.prefix(last + 1).enumerated() where widths[column] > 0 {
                text += cell.isEmpty ? "" : style(cell, number, column)
                if column < last { text += String(repeating: " ", count: widths[column] + 2 - cell.count) }
            }
            text += "\n"
        }
        return text
    }
}
