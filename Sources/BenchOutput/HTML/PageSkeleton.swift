import BenchModel
import Foundation
import ReportAssets

/// What every page begins and ends with: one file that needs no other, whose only script is the one
/// embedded in this program.
///
/// The page's own policy lets no script run whose SHA-256 it does not name, and nothing be fetched.
/// Therefore even text that had escaped its element could do nothing.
struct PageSkeleton {
  let opening: [UInt8]
  let closing: [UInt8]

  init(title: String) {
    // What stands between the tags is what counts: the skeleton has a line break before the script.
    let digest = Self.digest(of: "\n" + ReportAssets.script)
    let parts: [String: [UInt8]] = [
      "title": HTML { $0.text(title) }.bytes, "style": Array(ReportAssets.style.utf8),
      "script": Array(ReportAssets.script.utf8),
      "digest": Array(digest.utf8),
    ]
    var pieces: [[UInt8]] = [[]]
    var rest = ReportAssets.skeleton[...]
    while let mark = rest.firstMatch(of: /{{([a-z]+)}}/) {
      pieces[pieces.count - 1] += rest[..<mark.range.lowerBound].utf8
      if mark.output.1 == "body" {
        pieces.append([])
      } else {
        pieces[pieces.count - 1] += parts[String(mark.output.1)] ?? []
      }
      rest = rest[mark.range.upperBound...]
    }
    pieces[pieces.count - 1] += rest.utf8
    opening = pieces[0]
    closing = pieces.count > 1 ? pieces[1] : []
  }

  /// SHA-256 in base 64, as a content security policy names it.
  private static func digest(of text: String) -> String {
    let digits = Array(SHA256.hexadecimal(of: text.utf8))
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0..<$0 + 2]), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }
}

/// The text by which a later benchdb knows a page of its own, so that it may replace it: the
/// skeleton has it within its first kilobyte.
package enum PageSignature {
  package static let text = #"<meta name="generator" content="benchdb">"#
}
