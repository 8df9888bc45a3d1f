// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    // libFuzzer brings `main`. Without this flag a single-file executable would get another.
    .unsafeFlags(["-parse-as-library"]),
]

let package = Package(
    name: "Fuzz",
    dependencies: [
        .package(path: "../../Packages/L2TPWire")
    ],
    targets: [
        .executableTarget(
            name: "FuzzMessage",
            dependencies: [.product(name: "L2TPWire", package: "L2TPWire")],
            swiftSettings: settings
        )
    ]
)
