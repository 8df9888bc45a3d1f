import Testing

@testable import l2tp

@Suite struct LeadingOptionsTests {
    /// ip's spellings and ours.
    @Test(arguments: [
        ("show tunnel", "show tunnel"), ("s tunnel", "show tunnel"), ("-j show", "--json show"),
        ("-json show", "--json show"), ("--js l", "--json show"), ("-p -j lst", "--pretty --json show"),
        ("-n NS d x", "--netns=NS del x"), ("-netns NS add", "--netns=NS add"), ("--netns=NS add", "--netns=NS add"),
        ("-b - -force", "--batch=- --force"), ("-batch F", "--batch=F"), ("-fo", "--force"),
        ("-o show", "--oneline show"),
        ("-s -stats -statistics --stat show", "--statistics --statistics --statistics --statistics show"),
        ("-4 -6 -0 -M -B -d -details -r -N -Numeric -t -ts -a -i -human -echo show", "show"),
        ("-c show", "show"), ("-color=always show", "show"), ("-f inet show", "show"), ("-family inet6 show", "show"),
        ("-l 5 -rc 4096 show", "show"), ("-- show", "show"), ("--bogus show", "--bogus show"), ("-n", "--netns"),
        ("-jp show", "-jp show"), ("add name -j", "add name -j"), ("show --help", "show --help"),
    ])
    func words(line: String, expected: String) throws {
        #expect(
            try LeadingOptions.read(line.split(separator: " ").map(String.init))
                == expected.split(separator: " ").map(String.init))
    }

    @Test(
        arguments: [
            (["help"], .usage(nil)), (["-j", "h", "sh"], .usage(.show)), (["help", "help"], .usage(nil)),
            (["-h"], .help(nil)), (["--help", "del"], .help(.delete)), (["-j", "--help", "x"], .help(nil)),
            (["-V"], .version), (["-Version", "show"], .version),
            (["-"], .failure(Failure([CommandWord.problem(with: "-")]))),
            ([""], .failure(Failure([CommandWord.problem(with: "")]))),
            (["help", "nope"], .failure(Failure([CommandWord.problem(with: "nope")]))),
            (["---completion", "lo"], .text("lookup")),
        ] as [([String], Invocation.Ending)])
    func endings(words: [String], ending: Invocation.Ending) {
        #expect(throws: ending) { try LeadingOptions.read(words) }
    }

    @Test func ignoredOptions() {
        #expect(LeadingOptions.ignored.contains("-color"))
        #expect(!LeadingOptions.ignored.contains("-statistics"))
    }
}
