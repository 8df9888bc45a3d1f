import L2TPExporterWeb
import Synchronization

/// Answers every scrape with the same text, and remembers what it was asked.
final class StubResponder: ScrapeResponder {
    struct Question: Equatable {
        var accept: String?
        var timeout: Duration?
    }

    private let response: ScrapeResponse?
    private let text: String
    private let state = Mutex<(questions: [Question], problem: String?, gate: Gate?)>(([], nil, nil))

    /// If it is not shared, each answer has bytes of its own.
    init(_ text: String = "# HELP l2tp_up Up.\n", isShared: Bool = true, gate: Gate? = nil) {
        self.text = text
        response = isShared ? Self.response(text) : nil
        state.withLock { $0.gate = gate }
    }

    var questions: [Question] { state.withLock { $0.questions } }

    var readinessProblem: String? {
        get { state.withLock { $0.problem } }
        set { state.withLock { $0.problem = newValue } }
    }

    func scrape(accept: String?, timeout: Duration?) async -> ScrapeResponse {
        let gate = state.withLock { state in
            state.questions.append(Question(accept: accept, timeout: timeout))
            return state.gate
        }
        await gate?.pass()
        return response ?? Self.response(text)
    }

    private static func response(_ text: String) -> ScrapeResponse {
        ScrapeResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
    }
}
