import StreamingPipeline
import Testing

@Suite struct ValueTests {
  @Test("decimals are read, printed and rescaled exactly")
  func decimals() {
    for text in ["0", "-0.05", "12.50", "170141183460469231731687303715884105.7"] {
      #expect(FixedDecimal(text)?.description == text)
    }
    for text in ["", "-", ".", "1.2.3", "1e3", " 1", "170141183460469231731687303715884105728"] {
      #expect(FixedDecimal(text) == nil)
    }
    #expect(FixedDecimal("1.50") == FixedDecimal("1.5"))
    #expect(FixedDecimal("1.50")?.hashValue == FixedDecimal("1.5")?.hashValue)
    #expect(FixedDecimal("1.50")?.mantissa(atScale: 1) == 15)
    #expect(FixedDecimal("1.55")?.mantissa(atScale: 1) == nil)
    #expect(FixedDecimal("9223372036854775808")?.mantissa(atScale: 0) == nil)
    #expect(FixedDecimal("-2.5")?.approximate == -2.5)
  }

  @Test("every day from 1900 to 2100 is read as it is printed, one after the other")
  func days() {
    for day in Int32(-25_567)...47_847
    where TimestampText.days(TimestampText.text(days: day)) != day {
      Issue.record("day \(day) is \(TimestampText.text(days: day))")
    }
    #expect(TimestampText.text(days: 0) == "1970-01-01")
    #expect(TimestampText.text(days: 19_782) == "2024-02-29")
    for text in ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "2024/01/01", ""] {
      #expect(TimestampText.days(text) == nil)
    }
  }

  @Test("timestamps are read as they are printed, also before 1970")
  func timestamps() {
    for microseconds: Int64 in [0, -1, 1, 1_704_067_201_500_000, -86_400_000_001] {
      #expect(
        TimestampText.microseconds(TimestampText.text(microseconds: microseconds)) == microseconds)
    }
    #expect(TimestampText.text(microseconds: -1) == "1969-12-31T23:59:59.999999Z")
    #expect(TimestampText.microseconds("2024-01-01 00:00:01") == 1_704_067_201_000_000)
    for text in ["2024-01-01T24:00:00Z", "2024-01-01T00:00", "2024-01-01T00:00:00.1234567Z", "é"] {
      #expect(TimestampText.microseconds(text) == nil)
    }
  }

  @Test("a schema refuses two fields of one name, a key it has not and impossible scales")
  func schemas() {
    #expect(throws: PipelineError.duplicateField("a")) {
      _ = try Schema([Field("a", .int64), Field("a", .bool)])
    }
    #expect(throws: PipelineError.unknownField("b", known: ["a"], usedBy: "key")) {
      _ = try Schema([Field("a", .int64)], key: "b")
    }
    #expect(throws: PipelineError.self) { _ = try Schema([Field("a", .decimal(scale: 19))]) }
  }
}
