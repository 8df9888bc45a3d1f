import L2TPConfig

/// How text is set off on a terminal. Colour never says what the words do not.
struct Style {
    /// Whether there are colours at all.
    var isColoured: Bool

    /// A text in the colour of what is done to it.
    func text(_ text: String, _ action: Change.Action) -> String {
        guard isColoured else { return text }
        let colour =
            switch action {
            case .create, .adopt: 32
            case .modify, .link: 36
            case .recreate: 33
            case .delete: 31
            }
        return "\u{1b}[\(colour)m\(text)\u{1b}[0m"
    }
}
