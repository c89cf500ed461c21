import Foundation
import ReportAssets
import Testing

@Suite("What pages are made of")
struct AssetTests {
  @Test("skeleton, style and script together stay under 40 KB")
  func size() {
    let bytes = [ReportAssets.skeleton, ReportAssets.style, ReportAssets.script].map(\.utf8.count)
    #expect(bytes.reduce(0, +) <= 40_000)
    #expect(bytes.allSatisfy { $0 > 300 })
  }

  @Test("nothing in them leads outside of the page")
  func selfContained() {
    for text in [ReportAssets.skeleton, ReportAssets.style, ReportAssets.script] {
      for word in ["http:", "https:", "url(", "@import", "fetch(", "XMLHttp", "innerHTML", "eval("]
      {
        #expect(!text.contains(word), "\(word)")
      }
    }
  }

  /// Pairs as they stand on each other; 4.5 is WCAG 2.2 AA for text, 3 for large text and drawings
  /// (success criteria 1.4.3 and 1.4.11).
  @Test("text and drawings stand out enough, light and dark", arguments: [false, true])
  func contrast(_ isDark: Bool) throws {
    let colours = try #require(Self.colours(isDark: isDark))
    let text = ["ink", "soft", "link", "worse", "better", "care", "mark"]
    for (front, backs, least) in text.map({ ($0, ["paper", "panel"], 4.5) })
      + ["line", "edge"].map({ ($0, ["paper", "panel"], 3) })
      + [("paper", ["ink", "worse", "better"], 4.5)]
    {
      for back in backs {
        let ratio = Self.contrast(try #require(colours[front]), try #require(colours[back]))
        #expect(ratio >= least, "--\(front) on --\(back): \(ratio)")
      }
    }
  }

  /// The variables of the light scheme, or of the dark one, which must have the same names.
  private static func colours(isDark: Bool) -> [String: [Double]]? {
    let blocks = ReportAssets.style.matches(of: /:root \{([^}]*)\}/).map { block in
      Dictionary(
        block.output.1.matches(of: /--([a-z]+): #([0-9a-f]{6});/).map { match in
          (
            String(match.output.1),
            stride(from: 0, to: 6, by: 2).map { offset in
              let digits = match.output.2.dropFirst(offset).prefix(2)
              return Double(Int(digits, radix: 16) ?? 0) / 255
            }
          )
        }, uniquingKeysWith: { first, _ in first })
    }
    guard blocks.count == 2, Set(blocks[0].keys) == Set(blocks[1].keys) else { return nil }
    return blocks[isDark ? 1 : 0]
  }

  /// WCAG 2.2, 'contrast ratio' and 'relative luminance'.
  private static func contrast(_ left: [Double], _ right: [Double]) -> Double {
    func luminance(_ colour: [Double]) -> Double {
      let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (one, other) = (luminance(left) + 0.05, luminance(right) + 0.05)
    return max(one, other) / min(one, other)
  }
}
