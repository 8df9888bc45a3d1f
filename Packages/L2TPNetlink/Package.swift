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
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let wire = Target.Dependency.product(name: "L2TPWire", package: "L2TPWire")

let wireTestSupport = Target.Dependency.product(name: "L2TPWireTestSupport", package: "L2TPWire")

let package = Package(
    name: "L2TPNetlink",
    products: [
        .library(name: "L2TPModel", targets: ["L2TPModel"]),
        .library(name: "Netlink", targets: ["Netlink"]),
        .library(name: "LinkControl", targets: ["LinkControl"]),
        .library(name: "L2TPNetlink", targets: ["L2TPNetlink"]),
        .library(name: "L2TPSockets", targets: ["L2TPSockets"]),
        .library(name: "NetlinkTestSupport", targets: ["NetlinkTestSupport"]),
        .library(name: "L2TPContract", targets: ["L2TPContract"]),
    ],
    dependencies: [
        .package(path: "../L2TPWire"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibmnl", pkgConfig: "libmnl", providers: [.apt(["libmnl-dev"])]),
        .target(name: "Netlink", dependencies: ["CLibmnl", systemPackage], swiftSettings: settings),
        .target(name: "L2TPModel", dependencies: [wire], swiftSettings: settings),
        .target(
            name: "LinkControl", dependencies: ["CLibmnl", "Netlink", "L2TPModel", wire, systemPackage],
            swiftSettings: settings),
        .target(
            name: "L2TPNetlink",
            dependencies: ["CLibmnl", "Netlink", "L2TPModel", "LinkControl", wire, systemPackage],
            swiftSettings: settings
        ),
        .target(
            name: "L2TPSockets",
            dependencies: ["CLibmnl", "Netlink", "L2TPModel", "L2TPNetlink", wire, systemPackage],
            swiftSettings: settings
        ),
        .target(
            name: "NetlinkTestSupport",
            dependencies: ["CLibmnl", "Netlink", "L2TPModel", "L2TPNetlink", "LinkControl", wire, systemPackage],
            swiftSettings: settings
        ),
        .target(
            name: "L2TPContract",
            dependencies: ["Netlink", "L2TPModel", "L2TPNetlink", "NetlinkTestSupport", wire, systemPackage],
            swiftSettings: settings
        ),
        .testTarget(
            name: "L2TPNetlinkTests",
            dependencies: [
                "CLibmnl", "Netlink", "L2TPModel", "LinkControl", "L2TPNetlink", "L2TPSockets", "NetlinkTestSupport",
                "L2TPContract",
                wire, wireTestSupport, systemPackage,
            ],
            swiftSettings: settings
        ),
    ]
)
