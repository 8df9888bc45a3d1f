import L2TPModel
import L2TPWire
import Testing

@Suite struct SessionDifferenceTests {
    private let session = Session(
        tunnelID: TunnelID(3000), peerTunnelID: TunnelID(4000), id: SessionID(1000), peerID: SessionID(2000),
        interfaceName: "lan", cookie: Cookie(UInt32(1)), reorderTimeout: .milliseconds(8))

    private var desired: SessionSpecification {
        var desired = SessionSpecification.ethernet(interface: "lan")
        desired.cookie = Cookie(UInt32(1))
        desired.reorderTimeout = .milliseconds(7)
        return desired
    }

    private func differences(_ change: (inout SessionSpecification) -> Void) -> [SessionDifference] {
        var desired = desired
        change(&desired)
        return session.differences(from: desired)
    }

    @Test("A session that fulfils its specification differs in nothing, whatever the clock tick and the sublayer")
    func none() {
        #expect(differences { _ in }.isEmpty)
        #expect(differences { $0.l2SpecificSublayer = .none }.isEmpty)
        #expect(session.modification(towards: desired) == SessionModification())
    }

    @Test("Every attribute is told by its word, and whether it can be changed in place")
    func everyAttribute() {
        let found = differences {
            $0 = SessionSpecification(
                tunnelID: TunnelID(1), id: SessionID(2), peerID: SessionID(3), pseudowireType: .ppp,
                peerCookie: Cookie(UInt32(7)), sendsSequenceNumbers: true, requiresSequenceNumbers: true,
                lnsMode: true, interfaceName: .example("other"))
        }
        #expect(Set(found.map(\.attribute)) == Set(SessionDifference.Attribute.allCases))
        #expect(
            found.filter(\.isModifiable).map(\.attribute.rawValue)
                == ["recv_seq", "send_seq", "lns_mode", "reorder_timeout"])
        #expect(found.contains { $0.description == "cookie: needs delete and create" })
        #expect(found.contains { $0.description == "lns_mode: can be modified" })
    }

    @Test("Outside LNS mode the sending of sequence numbers may be the kernel's doing")
    func mayBeKernels() {
        #expect(
            differences { $0.sendsSequenceNumbers = true }
                == [SessionDifference(.sendsSequenceNumbers, mayBeKernels: true)])
        let found = differences {
            $0.sendsSequenceNumbers = true
            $0.lnsMode = true
        }
        #expect(found == [SessionDifference(.sendsSequenceNumbers), SessionDifference(.lnsMode)])
    }

    @Test("What differs becomes a modification, unless something needs delete and create")
    func modification() {
        var desired = desired
        desired.requiresSequenceNumbers = true
        desired.sendsSequenceNumbers = true
        desired.lnsMode = true
        desired.reorderTimeout = .milliseconds(100)
        #expect(
            session.modification(towards: desired)
                == SessionModification(
                    requiresSequenceNumbers: true, sendsSequenceNumbers: true, lnsMode: true,
                    reorderTimeout: .milliseconds(100)))
        desired.peerCookie = Cookie(UInt32(9))
        #expect(session.modification(towards: desired) == nil)
    }

    @Test(
        "A name that the kernel may have made of the desired one is no difference",
        arguments: [
            ("lan", "lan", true), ("lan", "wan", false), ("l%d", "l0", true), ("l%d", "l12", true), ("l%d", "l", false),
            ("l%d", "lan", false), ("%dx", "3x", true), ("%dx", "3y", false), ("a%db", "a7b", true),
            ("a%da", "a", false),
        ])
    func interfaceName(desired: String, reported: String, isSame: Bool) {
        var session = session
        session.interfaceName = reported
        var specification = self.desired
        specification.interfaceName = .example(desired)
        #expect(session.differences(from: specification).isEmpty == isSame)
        specification.interfaceName = nil
        #expect(session.differences(from: specification).isEmpty)
        session.interfaceName = nil
        specification.interfaceName = .example(desired)
        #expect(!session.differences(from: specification).isEmpty)
    }
}
