import ReportLanguage
import StreamingPipeline
import Testing

@Suite struct ExpressionBuildingTests {
  @Test("every form of an expression can be built")
  func expressions() throws {
    let cases: [(Expression, String)] = [
      (.field("a") + .field("b"), "a + b"), (.field("a") - 1, "a - 1"),
      (.field("a") * 2, "a * 2"), (.field("a") / 2, "a / 2"), (.field("a") % 2, "a % 2"),
      (.field("a") .== 1, "a = 1"), (.field("a") .!= 1, "a != 1"), (.field("a") .< 1, "a < 1"),
      (.field("a") || .field("b") && !.field("c"), "a or b and not c"),
      (.field("a") .<= 1.5, "a <= 1.5e0"), (-.field("a"), "-a"),
      (.field("a").isBetween(1, and: .parameter("p")), "a between 1 and $p"),
      (.field("a").joined(with: "x"), "a || 'x'"),
      (.choose(if: true, then: 1, otherwise: 2), "if true then 1 else 2"),
      (.cases([(when: .field("a"), then: 1)]), "case when a then 1 end"),
      (.literal(.date(20_000)), "2024-10-04"), (.literal(.null), "null"),
    ]
    for (built, text) in cases {
      let read = try Report(parsing: ReportText("report r { source s filter \(text) }"))
      #expect(read.filter == built, "\(text)")
    }
  }
}
