import Testing

@testable import L2TPNetlink

@Suite("What port identifiers tell")
struct PortLabelTests {
    let now = ContinuousClock.now

    @Test("is nothing without evidence")
    func unknown() {
        let ports = PortLabels()
        #expect(!ports.isOwn(1, at: now))
        #expect(!ports.isForeign(1, at: now))
        #expect(!ports.isKnown(1, at: now))
    }

    @Test("is one side as long as there is no evidence of the other")
    func sides() {
        var ports = PortLabels()
        ports.addOwn(1, at: now)
        ports.addForeign(2, at: now)
        #expect(ports.isOwn(1, at: now) && !ports.isForeign(1, at: now))
        #expect(ports.isForeign(2, at: now) && !ports.isOwn(2, at: now))
        ports.addForeign(1, at: now)
        #expect(!ports.isOwn(1, at: now) && !ports.isForeign(1, at: now) && ports.isKnown(1, at: now))
        ports.doubt(3, at: now)
        #expect(!ports.isOwn(3, at: now) && !ports.isForeign(3, at: now))
    }

    @Test("is forgotten with time, for process identifiers come again")
    func age() {
        var ports = PortLabels()
        ports.addForeign(1, at: now)
        let later = now + PortLabels.lifetime + .seconds(1)
        #expect(!ports.isForeign(1, at: later))
        ports.addOwn(1, at: later)
        #expect(ports.isOwn(1, at: later))
    }

    @Test("takes bounded memory")
    func limit() {
        var ports = PortLabels()
        for port in 0..<UInt32(10 * PortLabels.limit) {
            ports.addOwn(port, at: now + .milliseconds(Int(port)))
            #expect(ports.count <= PortLabels.limit)
        }
        #expect(ports.isOwn(UInt32(10 * PortLabels.limit) - 1, at: now + .seconds(10)))
    }
}
