// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableExperimentalFeature("Lifetimes"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "L2TPWire",
    products: [
        .library(name: "L2TPWire", targets: ["L2TPWire"]),
        .library(name: "L2TPWireTestSupport", targets: ["L2TPWireTestSupport"]),
    ],
    targets: [
        .target(name: "L2TPWire", swiftSettings: settings),
        .target(name: "L2TPWireTestSupport", dependencies: ["L2TPWire"], swiftSettings: settings),
        .testTarget(
            name: "L2TPWireTests",
            dependencies: ["L2TPWire", "L2TPWireTestSupport"],
            swiftSettings: settings
        ),
    ]
)
