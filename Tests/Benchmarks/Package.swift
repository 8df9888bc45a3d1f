// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(path: "../../Packages/L2TPWire"),
        .package(path: "../../Packages/L2TPNetlink"),
    ],
    targets: [
        .executableTarget(
            name: "ManyObjects",
            dependencies: [
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "L2TPModel", package: "L2TPNetlink"),
                .product(name: "Netlink", package: "L2TPNetlink"),
                .product(name: "L2TPNetlink", package: "L2TPNetlink"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CWireBaseline"),
        .executableTarget(
            name: "ParseMessages",
            dependencies: [
                "CWireBaseline",
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "L2TPWireTestSupport", package: "L2TPWire"),
            ],
            swiftSettings: settings
        ),
    ]
)
