// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of ours is built with.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "tocsin",
  products: [
    .executable(name: "tocsin", targets: ["tocsin"])
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CNcursesW"),
    .systemLibrary(name: "CSQLite"),
    .target(
      name: "Model",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house
    ),
    .target(name: "Formats", dependencies: ["Model", "Yams"], swiftSettings: house),
    .target(
      name: "Rulebook",
      dependencies: ["Formats", "Model"],
      exclude: [
        "Laws", "Calendars", "Contents", "Authorities", "Templates", "Frameworks", "Rights",
      ],
      swiftSettings: house
    ),
    .target(name: "Drawing", dependencies: ["Yams"], swiftSettings: house),
    .target(name: "Panes", dependencies: ["Drawing", "Model"], swiftSettings: house),
    .target(name: "Terminal", dependencies: ["Drawing", "CNcursesW"], swiftSettings: house),
    .target(
      name: "Storage",
      dependencies: [
        "Model", "CSQLite", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house
    ),
    .target(
      name: "Exchange",
      dependencies: [
        "Formats", "Model", .product(name: "Mustache", package: "swift-mustache"),
      ],
      exclude: ["Mappings"],
      swiftSettings: house
    ),
    .target(
      name: "App",
      dependencies: ["Panes", "Terminal", "Storage", "Exchange", "Rulebook", "Drawing", "Model"],
      swiftSettings: house
    ),
    .executableTarget(
      name: "tocsin",
      dependencies: [
        "App", "Panes", "Terminal", "Storage", "Exchange", "Rulebook", "Formats", "Drawing",
        "Model",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house
    ),
    .target(
      name: "TestSupport",
      dependencies: ["Model", "Drawing", "Storage"],
      path: "Tests/TestSupport",
      exclude: ["Pty"],
      swiftSettings: house
    ),
    .target(name: "Pty", path: "Tests/TestSupport/Pty", swiftSettings: house),
    .executableTarget(
      name: "terminal-probe",
      dependencies: ["Terminal", "Drawing"],
      path: "Tests/TerminalProbe",
      swiftSettings: house
    ),
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "DrawingTests",
      dependencies: ["Drawing", "TestSupport"],
      swiftSettings: house
    ),
    .executableTarget(
      name: "storage-probe",
      dependencies: ["Exchange", "Storage", "Model", "TestSupport"],
      path: "Tests/StorageProbe",
      swiftSettings: house
    ),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Storage", "Model", "TestSupport", "storage-probe",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: house
    ),
    .testTarget(
      name: "ExchangeTests",
      dependencies: ["Exchange", "Formats", "Model", "Rulebook", "Storage", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "RulebookTests",
      dependencies: ["Rulebook", "Formats", "Model", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "PanesTests",
      dependencies: ["Panes", "Drawing", "Model", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["Terminal", "Drawing", "Pty", "terminal-probe"],
      swiftSettings: house
    ),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "App", "Panes", "Rulebook", "Formats", "Drawing", "Storage", "Model", "TestSupport",
      ],
      swiftSettings: house
    ),
    .executableTarget(
      name: "bench",
      dependencies: ["App", "Exchange", "Rulebook", "Storage", "Model"],
      path: "Tests/Bench",
      swiftSettings: house
    ),
    .testTarget(name: "EndToEnd", dependencies: ["TestSupport", "Pty"], swiftSettings: house),
  ]
)
