import Testing

@testable import l2tp

/// A command line that is read without building the frame must mean what the frame makes of it.
@Suite struct InvocationTests {
    @Test(arguments: [
        "show tunnel", "add tunnel tunnel_id 1", "delete session --help", "--json show session", "--pretty --json show",
        "--oneline show", "--netns=NS lookup name a=b", "--netns=/run/x=y show", "--force --batch=FILE",
        "--batch=- show tunnel", "--json", "",
    ])
    func frameAgrees(line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let simple = try #require(Invocation(withoutFrame: words))
        let framed = try Invocation(framing: words)
        #expect(simple == framed)
    }

    @Test(arguments: ["--bogus show", "--json=yes show", "--netns", "--help", "-jp show", "bogus", "--version"])
    func otherLinesNeedTheFrame(line: String) {
        #expect(Invocation(withoutFrame: line.split(separator: " ").map(String.init)) == nil)
    }
}
