import Foundation
import L2TPConfig
import L2TPDrift
import L2TPModel
import L2TPWire
import Netlink
import SystemPackage
import Testing

@Suite("A configuration that is watched")
struct WatchedConfigurationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func tunnels(_ reading: WatchedConfiguration.Reading) -> [String]? {
        reading.configuration?.tunnels.map { "\($0.name) \($0.specification.id)" }
    }

    @Test("is read again when its file has changed, by whatever way")
    func changes() throws {
        try folder.write("a.toml", ExampleConfiguration.hq)
        let watched = WatchedConfiguration([folder["a.toml"]])
        let first = watched.current()
        #expect(tunnels(first) == ["hq 3000"])
        #expect(first.problem == nil)
        #expect(watched.current().generation == first.generation)
        // Replaced.
        try folder.write("a.toml", ExampleConfiguration.hq.replacing("3000", with: "3001"))
        #expect(tunnels(watched.current()) == ["hq 3001"])
        // Written in place, of the same length.
        let file = try #require(FileHandle(forWritingAtPath: folder["a.toml"]))
        try file.write(contentsOf: Data(ExampleConfiguration.hq.replacing("3000", with: "3002").utf8))
        try file.close()
        let third = watched.current()
        #expect(tunnels(third) == ["hq 3002"])
        #expect(third.generation == first.generation + 2)
        // Touched: the same configuration.
        try folder.write("a.toml", ExampleConfiguration.hq.replacing("3000", with: "3002") + "# a remark\n")
        #expect(watched.current().generation == third.generation)
    }

    @Test("stays what it was while there are errors, which are told")
    func broken() throws {
        try folder.write("a.toml", ExampleConfiguration.hq)
        let watched = WatchedConfiguration([folder["a.toml"]])
        _ = watched.current()
        try folder.write("a.toml", ExampleConfiguration.hq.replacing("cookie =", with: "coookie ="))
        for _ in 0..<2 {
            let reading = watched.current()
            #expect(tunnels(reading) == ["hq 3000"])
            let problem = try #require(reading.problem)
            #expect(problem.hasPrefix("\(folder["a.toml"]):12:1: error: tunnel.hq.session.lan: unknown key"))
            #expect(problem.hasSuffix("; and 3 more"))
        }
        try folder.remove("a.toml")
        #expect(watched.current().problem?.contains("No such file or directory") == true)
        #expect(tunnels(watched.current()) == ["hq 3000"])
        try folder.write("a.toml", ExampleConfiguration.hq)
        #expect(watched.current().problem == nil)
    }

    @Test("that was never good is none")
    func neverGood() throws {
        let watched = WatchedConfiguration([folder["a.toml"]])
        #expect(watched.current().configuration == nil)
        #expect(watched.current().problem != nil)
        try folder.write("a.toml", "x")
        #expect(watched.current().configuration == nil)
        try folder.write("a.toml", "")
        #expect(tunnels(watched.current()) == [])
        #expect(watched.current().problem == nil)
    }

    @Test("in a folder is that of its files, which come and go")
    func folders() throws {
        let watched = WatchedConfiguration([folder.path])
        #expect(watched.current().problem?.contains(folder.path) == true)
        try folder.write("b.toml", ExampleConfiguration.hq)
        try folder.write(".hidden.toml", "x")
        try folder.write("notes.txt", "x")
        #expect(tunnels(watched.current()) == ["hq 3000"])
        let other = ExampleConfiguration.hq.replacing("hq", with: "branch").replacing("3000", with: "3001")
            .replacing("5000", with: "5001")
        try folder.write("a.toml", other)
        #expect(tunnels(watched.current()) == ["branch 3001", "hq 3000"])
        try folder.remove("b.toml")
        #expect(tunnels(watched.current()) == ["branch 3001"])
        try folder.remove("a.toml")
        let last = watched.current()
        #expect(tunnels(last) == ["branch 3001"])
        #expect(last.problem != nil)
    }

    @Test("is read again when a file with a cookie has changed")
    func secrets() throws {
        try folder.write("lan.cookie", "0123456789abcdef\n")
        let text = ExampleConfiguration.hq.replacing(
            "cookie = \"0123456789abcdef\"\npeer_cookie", with: "cookie_file = \"lan.cookie\"\npeer_cookie")
        try folder.write("a.toml", text)
        let watched = WatchedConfiguration([folder["a.toml"]])
        func cookie() throws -> Cookie? {
            let reading = watched.current()
            try #require(reading.problem == nil)
            return reading.configuration?.tunnels.first?.sessions.first?.specification.cookie
        }
        #expect(try cookie() == Cookie(hexadecimal: "0123456789abcdef"))
        try folder.write("lan.cookie", "1111111111111111\n")
        #expect(try cookie() == Cookie(hexadecimal: "1111111111111111"))
        try folder.remove("lan.cookie")
        let problem = try #require(watched.current().problem)
        #expect(problem.contains("lan.cookie"))
        #expect(!problem.contains("1111"))
        try folder.write("lan.cookie", "2222222222222222\n")
        #expect(try cookie() == Cookie(hexadecimal: "2222222222222222"))
    }
}
