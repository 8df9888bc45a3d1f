import Testing

@testable import L2TPExporterWeb

@Suite("A queue of turns")
struct FairQueueTests {
    /// Adds elements, each for the client that its first letter names, and tells which of them have no place after that.
    private func fill(_ queue: inout FairQueue<Character, String>, _ elements: [String]) -> [String] {
        elements.compactMap { element in
            switch queue.add(element, of: element.first ?? "?") {
            case .taken: nil
            case .takenInPlace(of: let other): other
            case .refused: element
            }
        }
    }

    @Test("Clients take turns, and what each brings stays in order")
    func turns() {
        var queue = FairQueue<Character, String>(capacity: 10)
        #expect(fill(&queue, ["a1", "a2", "a3", "b1", "c1", "b2"]).isEmpty)
        var order: [String] = []
        while let (client, element) = queue.next() {
            order.append(element)
            queue.end(of: client)
        }
        #expect(order == ["a1", "b1", "c1", "a2", "b2", "a3"])
        #expect(queue.count == 0)
    }

    @Test("Of each client one thing is under way at a time")
    func busy() {
        var queue = FairQueue<Character, String>(capacity: 10)
        #expect(fill(&queue, ["a1", "a2", "b1", "b2"]).isEmpty)
        #expect(queue.next()?.element == "a1")
        #expect(queue.next()?.element == "b1")
        #expect(queue.next() == nil)
        #expect(queue.count == 2)
        queue.end(of: "b")
        #expect(queue.next()?.element == "b2")
        #expect(queue.next() == nil)
        queue.end(of: "a")
        #expect(queue.next()?.element == "a2")
    }

    @Test("Who has most gives a place up for who has less, but for nobody who has as many")
    func full() {
        var queue = FairQueue<Character, String>(capacity: 4)
        #expect(fill(&queue, ["a1", "a2", "a3", "a4", "a5"]) == ["a5"])
        #expect(fill(&queue, ["b1", "b2", "b3"]) == ["a4", "a3", "b3"])
        #expect(fill(&queue, ["c1"]).count == 1)
        #expect(queue.count == 4)
        #expect(fill(&queue, ["d1"]).count == 1)
        // Everybody has one.
        #expect(fill(&queue, ["e1"]) == ["e1"])
    }

    @Test("What is taken out before its turn leaves its place")
    func removal() {
        var queue = FairQueue<Character, String>(capacity: 3)
        #expect(fill(&queue, ["a1", "a2", "b1"]).isEmpty)
        #expect(queue.remove(of: "a") { $0 == "a1" })
        #expect(!queue.remove(of: "a") { $0 == "a1" })
        #expect(queue.remove(of: "b") { $0 == "b1" })
        #expect(!queue.remove(of: "c") { _ in true })
        #expect(queue.count == 1)
        #expect(queue.next()?.element == "a2")
        #expect(queue.next() == nil)
    }
}
