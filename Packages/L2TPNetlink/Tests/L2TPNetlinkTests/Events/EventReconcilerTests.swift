import L2TPModel
import L2TPWire
import LinkControl
import Testing

@testable import L2TPNetlink

@Suite("What happened is found out of notifications and looks")
struct EventReconcilerTests {
    /// What is there to be looked at, and who asks.
    private struct Scene {
        var tunnels: Set<Tunnel>
        var sessions: Set<Session>
        var now = ContinuousClock.now
        var reconciler: EventReconciler

        init(_ tunnels: Set<Tunnel> = [], _ sessions: Set<Session> = [], links: [Link] = []) {
            (self.tunnels, self.sessions) = (tunnels, sessions)
            reconciler = EventReconciler(
                tunnels: tunnels.sorted { $0.id < $1.id }, sessions: sessions.sorted { $0.key < $1.key }, links: links,
                at: now)
        }

        mutating func notify(_ action: L2TPNotification.Action, _ tunnel: Tunnel, by port: UInt32 = 7) {
            reconciler.receive(L2TPNotification(action, .tunnel(tunnel), requesterPortID: port))
        }

        mutating func notify(_ action: L2TPNotification.Action, _ session: Session, by port: UInt32 = 7) {
            reconciler.receive(L2TPNotification(action, .session(session), requesterPortID: port))
        }

        /// Answers all questions by what is there now; the events in short.
        mutating func settle(after pause: Duration = .zero) -> [String] {
            now += pause
            while let key = reconciler.question(at: now) {
                let found: EventReconciler.Found =
                    switch key {
                    case .tunnel(let id): .tunnel(tunnels.first { $0.id == id })
                    case .session(let key): .session(sessions.first { $0.key == key })
                    }
                reconciler.answer(found, isComplete: true, at: now)
            }
            return reconciler.takeEvents().map(Self.short)
        }

        private static func short(_ event: L2TPEvent) -> String {
            switch event.kind {
            case .tunnelCreated(let tunnel): "+\(tunnel.id)"
            case .tunnelModified(_, let tunnel): "~\(tunnel.id)"
            case .tunnelDeleted(let tunnel, let sessions): "-\(tunnel.id) \(sessions.map(\.id.rawValue))"
            case .sessionCreated(let session): "+\(session.tunnelID)/\(session.id)"
            case .sessionModified(_, let session): "~\(session.tunnelID)/\(session.id)"
            case .sessionDeleted(let session): "-\(session.tunnelID)/\(session.id)"
            case .overrun: "overrun"
            case .unattributed(let notification): "? \(notification.action)"
            }
        }
    }

    private func tunnel(_ id: UInt32 = 1, peerID: UInt32 = 1) -> Tunnel {
        Tunnel(
            id: TunnelID(id), peerID: TunnelID(peerID), encapsulation: .ip, local: address("192.0.2.1"),
            peer: address("192.0.2.2"))
    }

    private func session(_ id: UInt32 = 31, in tunnel: UInt32 = 1, interface: String? = nil) -> Session {
        Session(
            tunnelID: TunnelID(tunnel), peerTunnelID: TunnelID(1), id: SessionID(id), peerID: SessionID(id),
            pseudowireType: .ethernet, interfaceName: interface)
    }

    private func link(_ index: UInt32, _ name: String = "pw") -> Link { Link(index: index, name: name, mtu: 1446) }

    // MARK: - Late looks

    @Test("a tunnel created, deleted and created again before the first look is told three times", arguments: [1, 2])
    func tunnelAgain(secondPeer: UInt32) {
        var scene = Scene()
        scene.notify(.create, tunnel())
        scene.notify(.delete, tunnel())
        scene.notify(.create, tunnel(peerID: secondPeer))
        scene.tunnels = [tunnel(peerID: secondPeer)]
        // The first of two that differ was not seen, but its requester's second was.
        #expect(scene.settle() == (secondPeer == 1 ? ["+1", "-1 []", "+1"] : ["? create", "? delete", "+1"]))
        #expect(scene.settle(after: .seconds(60)) == [])
    }

    @Test("a session created, deleted and created again before the first look is told by its interfaces")
    func sessionAgain() {
        var scene = Scene([tunnel()])
        let session = session(interface: "pw")
        scene.reconciler.receive(link(5), at: scene.now)
        scene.notify(.create, session)
        scene.notify(.delete, session)
        scene.reconciler.receiveRemoval(ofLink: 5)
        scene.reconciler.receive(link(6), at: scene.now)
        scene.notify(.create, session)
        scene.sessions = [session]
        #expect(scene.settle() == ["+1/31", "-1/31", "+1/31"])
        #expect(scene.settle(after: .seconds(60)) == [])
        scene.sessions = []
        scene.reconciler.receiveRemoval(ofLink: 6)
        // Perhaps its tunnel is going as well; that is waited for.
        #expect(scene.settle() == [])
        #expect(scene.settle(after: .seconds(2)) == ["-1/31"])
    }

    @Test("a deletion that is told twice is one, whether the object is still there or not", arguments: [false, true])
    func deletionTwice(isStillThere: Bool) {
        var scene = Scene([tunnel()], [session()])
        for _ in 1...2 { scene.notify(.delete, session()) }
        for _ in 1...2 { scene.notify(.delete, tunnel()) }
        if !isStillThere { (scene.tunnels, scene.sessions) = ([], []) }
        var events = scene.settle()
        (scene.tunnels, scene.sessions) = ([], [])
        events += scene.settle(after: .milliseconds(10))
        #expect(events == ["-1/31", "-1 []"])
        #expect(scene.settle(after: .seconds(60)) == [])
    }

    @Test("a tunnel's sessions are told with it, but for those whose own deletion was told")
    func tunnelWithSessions() {
        var scene = Scene([tunnel()], [session(31), session(32), session(33)])
        scene.notify(.delete, session(32))
        scene.notify(.delete, tunnel())
        // Sessions go first.
        #expect(scene.settle() == [])
        scene.sessions = []
        #expect(scene.settle(after: .milliseconds(10)) == ["-1/32"])
        scene.tunnels = []
        #expect(scene.settle(after: .milliseconds(10)) == ["-1 [31, 33]"])
    }

    @Test("a deletion elsewhere of the same identifiers is told neither here nor later")
    func twin() {
        var scene = Scene([tunnel()], [session()])
        scene.notify(.delete, tunnel())
        scene.notify(.delete, session())
        #expect(scene.settle() == [])
        for _ in 1...400 { #expect(scene.settle(after: .milliseconds(100)) == []) }
        #expect(scene.reconciler.foreignCount == 2)
    }

    // MARK: - Requesters

    /// Which evidence there is of the requester of an object that came and went.
    enum Evidence: CaseIterable { case none, own, foreign, both }

    @Test(
        "an object that came and went is taken for one of here if its requester was here, and never passed over in silence",
        arguments: Evidence.allCases)
    func requester(evidence: Evidence) {
        var scene = Scene()
        if evidence == .own || evidence == .both {
            scene.notify(.create, tunnel(8))
            scene.tunnels = [tunnel(8)]
            #expect(scene.settle() == ["+8"])
        }
        if evidence == .foreign || evidence == .both {
            scene.notify(.create, tunnel(9))
            #expect(scene.settle() == (evidence == .both ? ["? create"] : []))
        }
        let count = scene.reconciler.foreignCount
        scene.notify(.create, tunnel())
        scene.notify(.delete, tunnel())
        #expect(scene.settle() == (evidence == .own ? ["+1", "-1 []"] : ["? create", "? delete"]))
        #expect(scene.reconciler.foreignCount == count)
    }

    @Test("a tunnel that came and went is where its session's interface was", arguments: [false, true])
    func interface(isHere: Bool) {
        var scene = Scene()
        if isHere {
            scene.reconciler.receive(link(5), at: scene.now)
            scene.reconciler.receiveRemoval(ofLink: 5)
        }
        scene.notify(.create, tunnel())
        scene.notify(.create, session(interface: "pw"))
        scene.notify(.delete, tunnel())
        #expect(scene.settle() == (isHere ? ["+1", "+1/31", "-1 [31]"] : []))
        #expect(scene.reconciler.foreignCount == (isHere ? 0 : 3))
    }

    @Test("settings changed elsewhere under the same identifiers are told only if they may have been changed back here")
    func modificationOfATwin() {
        var scene = Scene([tunnel()], [session()])
        var other = session()
        other.lnsMode = true
        scene.notify(.modify, other)
        #expect(scene.settle() == [])
        #expect(scene.reconciler.foreignCount == 1)
        scene.notify(.modify, other)
        scene.notify(.modify, session())
        #expect(scene.settle() == ["? modify"])
    }

    // MARK: - Losses

    @Test("after a loss a missing deletion is no evidence")
    func loss() {
        var scene = Scene()
        scene.notify(.create, tunnel())
        scene.reconciler.noteLoss()
        scene.notify(.create, tunnel(2), by: 8)
        #expect(scene.settle() == ["? create"])
        // But what was told after the loss is complete.
        #expect(scene.reconciler.foreignCount == 1)
        #expect(!scene.reconciler.ports.isKnown(7, at: scene.now))
        #expect(scene.reconciler.ports.isForeign(8, at: scene.now))
    }

    @Test("after a loss also what is being looked at just now is uncertain")
    func lossDuringALook() {
        var scene = Scene()
        scene.notify(.create, tunnel())
        #expect(scene.reconciler.question(at: scene.now) == .tunnel(TunnelID(1)))
        scene.reconciler.noteLoss()
        #expect(scene.settle() == ["? create"])
    }

    @Test("an object that stays although its deletion was told may be another, if its creation can have been lost")
    func lossDuringADeletion() {
        var scene = Scene([tunnel()])
        scene.notify(.delete, tunnel())
        #expect(scene.settle() == [])
        scene.reconciler.noteLoss()
        var events: [String] = []
        for _ in 1...400 { events += scene.settle(after: .milliseconds(100)) }
        #expect(events == ["? delete"])
        #expect(scene.reconciler.foreignCount == 0)
    }

    @Test("a creation after a loss is not taken for a second object")
    func creationAfterALoss() {
        var scene = Scene()
        scene.notify(.create, tunnel())
        scene.tunnels = [tunnel()]
        #expect(scene.settle() == ["+1"])
        // Its deletion is lost, and it is there again.
        scene.reconciler.noteLoss()
        scene.notify(.create, tunnel())
        #expect(scene.settle() == [])
        #expect(scene.reconciler.ports.isOwn(7, at: scene.now))
        #expect(scene.reconciler.foreignCount == 0)
    }
}
