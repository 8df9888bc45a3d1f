import Netlink

/// Where the reports of `stats` go: to a terminal, on which each takes the place of the one before, or line after line.
struct StatisticsView {
    private let console: Console
    private let table: StatisticsTable
    private let isJSON: Bool
    private let isTerminal: Bool
    /// How many lines stand on the terminal.
    private var drawnCount = 0
    /// How many lines have followed the last header elsewhere.
    private var linesSinceHeader = Int.max

    /// After how many lines a header comes again where nothing is drawn anew.
    private static let headerDistance = 40

    init(_ console: Console, sort: StatisticsColumn, isJSON: Bool) {
        self.console = console
        table = StatisticsTable(sort: sort)
        self.isJSON = isJSON
        isTerminal = !isJSON && console.terminalSize() != nil
    }

    /// The text that shows a report.
    mutating func text(of report: StatisticsReport, afterResizing: Bool = false) -> String {
        if isJSON { return report.json(sortedBy: table.sort) }
        if isTerminal, let size = console.terminalSize() {
            // The cursor stands in the line below.
            let limit = TerminalSize(columns: size.columns, rows: max(size.rows - 1, 1))
            let lines = table.screen(report, in: limit)
            var text = drawnCount == 0 ? Self.hideCursor : "\u{1b}[\(drawnCount)A\r"
            // A terminal that has become narrower may have broken the lines: nobody knows where they are now.
            if afterResizing { text = "\u{1b}[H" }
            for line in lines { text += "\(line)\u{1b}[K\n" }
            drawnCount = lines.count
            return text + "\u{1b}[J"
        }
        let needsHeader = linesSinceHeader >= Self.headerDistance
        let lines = table.lines(report, withHeader: needsHeader)
        linesSinceHeader = needsHeader ? lines.count - 1 : linesSinceHeader + lines.count
        return lines.map { "\($0)\n" }.joined()
    }

    /// What gives the terminal back as it was.
    var end: String { isTerminal && drawnCount > 0 ? Self.showCursor : "" }

    private static let hideCursor = "\u{1b}[?25l"
    private static let showCursor = "\u{1b}[?25h"
}
