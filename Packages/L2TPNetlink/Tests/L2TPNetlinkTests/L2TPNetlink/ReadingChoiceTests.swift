import Testing

@testable import L2TPNetlink

@Suite struct ReadingChoiceTests {
    private func measured(each: Duration, list: Duration) -> ReadingChoice {
        var choice = ReadingChoice()
        #expect(choice.way(forCount: 100) == .each)
        choice.note(.each, count: 100, time: each)
        #expect(choice.way(forCount: 100) == .list)
        choice.note(.list, count: 100, time: list)
        return choice
    }

    @Test("Both ways are tried, then the quicker is taken")
    func quicker() {
        var slowList = measured(each: .milliseconds(10), list: .milliseconds(40))
        #expect(slowList.way(forCount: 100) == .each)
        var quickList = measured(each: .milliseconds(10), list: .milliseconds(5))
        #expect(quickList.way(forCount: 100) == .list)
    }

    @Test("Fewer sessions take less time one by one, and a list the same")
    func count() {
        var choice = measured(each: .milliseconds(10), list: .milliseconds(5))
        #expect(choice.way(forCount: 20) == .each)
        #expect(choice.way(forCount: 80) == .list)
    }

    @Test("After a while both are tried again")
    func age() {
        var choice = measured(each: .milliseconds(10), list: .milliseconds(5))
        let ways = (0..<300).map { _ in choice.way(forCount: 100) }
        #expect(ways.first == .list && ways.contains(.each))
    }

    @Test("Nothing to read measures nothing")
    func none() {
        var choice = ReadingChoice()
        choice.note(.each, count: 0, time: .seconds(1))
        #expect(choice.way(forCount: 0) == .each)
    }
}
