import Testing

@testable import l2tp

@Suite struct LeadingOptionsTests {
    /// ip's spellings and what the frame gets.
    @Test(arguments: [
        ("show tunnel", "show tunnel"), ("s tunnel", "show tunnel"), ("-j show", "--json show"),
        ("-json show", "--json show"), ("--js l", "--json show"), ("-p -j lst", "--pretty --json show"),
        ("-n NS d x", "--netns=NS delete x"), ("-netns NS add", "--netns=NS add"), ("--netns=NS add", "--netns=NS add"),
        ("-b - -force", "--batch=- --force"), ("-batch F", "--batch=F"), ("-fo", "--force"), ("-V", "--version"),
        ("-Version", "--version"), ("-o show", "--oneline show"), ("-h", "--help"), ("--help", "--help"),
        ("-4 -6 -0 -M -B -s -stats -statistics -d -details -r -N -Numeric -t -ts -a -i -human -echo show", "show"),
        ("-c show", "show"), ("-color=always show", "show"), ("-f inet show", "show"), ("-family inet6 show", "show"),
        ("-l 5 -rc 4096 show", "show"), ("-- show", "show"), ("--bogus show", "--bogus show"), ("-n", "--netns"),
        ("-jp show", "-jp show"), ("add name -j", "add name -j"), ("show --help", "show --help"),
        ("--generate-completion-script zsh", "--generate-completion-script zsh"),
    ])
    func words(line: String, expected: String) {
        #expect(
            LeadingOptions.read(line.split(separator: " ").map(String.init))
                == .words(expected.split(separator: " ").map(String.init)))
    }

    @Test func otherOutcomes() {
        #expect(LeadingOptions.read(["help"]) == .usage(nil))
        #expect(LeadingOptions.read(["-j", "h", "sh"]) == .usage(.show))
        #expect(LeadingOptions.read([]) == .words([]))
        #expect(LeadingOptions.read(["-"]) == .wrong(CommandWord.problem(with: "-")))
        #expect(LeadingOptions.read([""]) == .wrong(CommandWord.problem(with: "")))
    }
}
