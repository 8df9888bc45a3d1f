import Testing

@testable import l2tp

@Suite struct CommandWordTests {
    /// ip's table in ip's order: the first word that an abbreviation begins.
    @Test(
        arguments: [
            ("a", .add), ("ad", .add), ("add", .add), ("d", .delete), ("de", .delete), ("del", .delete),
            ("dele", .delete), ("delete", .delete), ("s", .show), ("sh", .show), ("sho", .show), ("show", .show),
            ("l", .show), ("ls", .show), ("lst", .show), ("li", .show), ("lis", .show), ("list", .show),
            ("lo", .lookup), ("look", .lookup), ("lookup", .lookup), ("m", .modify), ("mod", .modify),
            ("modify", .modify), ("st", .stats), ("stat", .stats), ("stats", .stats), ("mon", .monitor),
            ("monitor", .monitor), ("f", .flush), ("flush", .flush), ("sa", .save), ("save", .save),
        ] as [(String, CommandWord)])
    func abbreviation(word: String, command: CommandWord) {
        #expect(CommandWord.meaning(of: word) == .command(command))
    }

    @Test(arguments: ["h", "he", "hel", "help"])
    func help(word: String) {
        #expect(CommandWord.meaning(of: word) == .help)
    }

    @Test(arguments: ["", "x", "adds", "Add", "shows", "modifies", "set", "flushed", "tunnel", "lookups"])
    func unknown(word: String) {
        #expect(CommandWord.meaning(of: word) == .unknown)
    }

    @Test(arguments: [
        ("dle", "del"), ("remove", "del"), ("rm", "del"), ("create", "add"), ("lokup", "lookup"),
        ("set", "modify"), ("change", "modify"), ("top", "stats"), ("watch", "monitor"), ("clear", "flush"),
        ("flsh", "flush"),
    ])
    func suggests(word: String, command: String) {
        #expect(
            CommandWord.problem(with: word).message == "unknown command \"\(word)\"; did you mean \"\(command)\"?")
    }

    @Test func suggestsTheNearest() {
        #expect(
            CommandWord.problem(with: "shwo") == Problem("unknown command \"shwo\"; did you mean \"show\"?", .usage))
        #expect(
            CommandWord.problem(with: "frobnicate")
                == Problem(
                    "unknown command \"frobnicate\"; the commands are add, del, show, lookup, modify, stats, monitor, flush, save and decode",
                    .usage))
    }
}
