/// Which network namespaces are read.
public enum NamespaceSelection: Hashable, Sendable {
    /// The exporter's own; metrics have no label `netns`.
    case own
    /// Those of the names, with their names as the label `netns`. One that does not exist has `l2tp_up` 0.
    case named([String])
    /// Every one that has a name, looked up at each walk, and the exporter's own, with an empty label `netns`. A namespace
    /// of several names is read under the first, the own one under none.
    case all

    /// Whether metrics have a label `netns`.
    var isLabelled: Bool { self != .own }
}
