import Testing

@testable import l2tp

/// A command line that is read without ArgumentParser must mean what ArgumentParser makes of it.
@Suite struct InvocationTests {
    @Test(arguments: [
        "show tunnel", "add tunnel tunnel_id 1", "del session --help", "--json show session", "--pretty --json show",
        "--oneline show", "--netns=NS lookup name a=b", "--netns=/run/x=y show", "--force --batch=FILE",
        "--statistics --batch=-", "--statistics show session", "--json", "",
    ])
    func parserAgrees(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let simple = try #require(Invocation(withoutParser: words))
        let parsed = try Invocation(parsing: words)
        #expect(simple == parsed)
    }

    @Test(arguments: ["--bogus show", "--json=yes show", "--netns", "--help", "-jp show", "bogus", "--batch=F show"])
    func otherLinesNeedTheParser(line: String) {
        #expect(Invocation(withoutParser: line.split(separator: " ").map(String.init)) == nil)
    }
}
