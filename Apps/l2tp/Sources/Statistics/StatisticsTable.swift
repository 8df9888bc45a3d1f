import L2TPModel
import Netlink

/// The table of `stats` as text.
struct StatisticsTable {
    var columns = StatisticsColumn.allCases
    var sort = StatisticsColumn.tunnel

    /// The table in so many lines and columns at most; what does not fit is counted in the last line.
    func screen(_ report: StatisticsReport, in size: TerminalSize) -> [String] {
        let rows = sort.sorted(report.rows)
        let footer = footer(report)
        var room = max(size.rows - 1 - footer.count, 0)
        var end: [String] = []
        if rows.isEmpty {
            end = ["no session"]
        } else if rows.count > room {
            room = max(room - 1, 0)
            let hidden = rows.count - room
            end = ["\(hidden) more \(hidden == 1 ? "session does" : "sessions do") not fit"]
        }
        let shown = rows.prefix(room)
        let widths = widths(Array(shown))
        let table = [header(widths)] + shown.map { line($0, widths) } + end + footer
        return table.prefix(max(size.rows, 1)).map { String($0.prefix(size.columns)) }
    }

    /// The table as lines that others may follow, each with its time in seconds before it.
    func lines(_ report: StatisticsReport, withHeader: Bool) -> [String] {
        let rows = sort.sorted(report.rows)
        let widths = widths(rows)
        let time = aligned(Self.seconds(report.elapsed), 8)
        return (withHeader ? [aligned("SECONDS", 8) + " " + header(widths)] : [])
            + rows.map { time + " " + line($0, widths) } + footer(report).map { time + " " + $0 }
    }

    /// What only tunnels count.
    private func footer(_ report: StatisticsReport) -> [String] {
        report.invalid.map { tunnel, packets in
            let what = packets == 1 ? "packet was" : "packets were"
            return "tunnel \(tunnel): \(packets) \(what) malformed or of another version"
        }
    }

    private func header(_ widths: [Int]) -> String {
        line(zip(columns, widths).map { cell($0.title, $0.isText, $1) })
    }

    private func line(_ row: StatisticsRow, _ widths: [Int]) -> String {
        let cells = zip(columns, widths).map { cell($0.text(of: row), $0.isText, $1) }
        return line(cells + (row.note.map { [$0.rawValue] } ?? []))
    }

    private func line(_ cells: [String]) -> String {
        let line = cells.joined(separator: " ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    private func widths(_ rows: [StatisticsRow]) -> [Int] {
        columns.map { column in
            rows.reduce(max(column.width, column.title.count)) { max($0, column.text(of: $1).count) }
        }
    }

    private func cell(_ text: String, _ isText: Bool, _ width: Int) -> String {
        isText ? text + String(repeating: " ", count: max(width - text.count, 0)) : aligned(text, width)
    }

    private func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0)) + text
    }

    /// A duration in seconds with one decimal.
    static func seconds(_ duration: Duration) -> String {
        let tenths = Int64((duration / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
