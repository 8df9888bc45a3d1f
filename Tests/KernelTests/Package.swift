// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because these tests are built for release: in an emulated machine that is what makes them bearable,
// and it is the code that is shipped. The tests themselves need no optimizer, and by file they are compiled twice as fast.

let package = Package(
    name: "KernelTests",
    dependencies: [
        .package(name: "l2tp-toolkit", path: "../.."),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .testTarget(
            name: "KernelTests",
            dependencies: [
                "L2TPApply", "L2TPConfig", "L2TPConfigTOML", "L2TPContract", "L2TPMetrics", "L2TPModel", "L2TPNetlink",
                "L2TPSockets", "L2TPWire", "L2TPWireTestSupport", "LinkControl", "Netlink", "NetlinkTestSupport",
            ].map { .product(name: $0, package: "l2tp-toolkit") } + [
                .product(name: "SystemPackage", package: "swift-system")
            ],
            path: ".",
            exclude: ["Package.swift"],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableExperimentalFeature("Lifetimes"),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .strictMemorySafety(),
                .treatAllWarnings(as: .error),
                .unsafeFlags(["-Onone", "-no-whole-module-optimization", "-enable-batch-mode"]),
            ])
    ]
)
