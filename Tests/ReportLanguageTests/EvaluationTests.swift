import BenchTestSupport
import ReportLanguage
import StreamingPipeline
import Testing

@Suite struct EvaluationTests {
  private static let schema = try! Schema([
    Field("a", .int64), Field("b", .int64), Field("price", .decimal(scale: 2)),
    Field("rate", .double), Field("name", .string), Field("day", .date), Field("at", .timestamp),
  ])

  /// The value of an expression for one record.
  private func value(
    _ text: String, a: Value = 7, b: Value = 2, price: Value = .decimal(FixedDecimal("12.35")!),
    rate: Value = 0.5, name: Value = "Ärger", day: Value = .date(20_780),
    at: Value = .timestamp(1_795_000_000_123_456)
  ) throws -> Value {
    let row: [Value] = [a, b, price, rate, name, day, at]
    let columns = try zip(Self.schema.fields, row).map { field, value in
      var builder = ColumnBuilder(field)
      try builder.append(value)
      return builder.finish()
    }
    let compiler = ExpressionCompiler(typing: ExpressionTyping(schema: Self.schema))
    let evaluator = try compiler.compile(try parsed(text))
    return try evaluator.column(Frame(rowCount: 1, columns: columns))[0]
  }

  private func parsed(_ text: String) throws -> Expression {
    let report = try Report(
      parsing: ReportText("report r { source s band detail { expression \(text) } }"))
    guard case .expression(let expression) = report.bands[0].elements[0].content else {
      throw PipelineError.alreadyConsumed
    }
    return expression
  }

  private func decimal(_ text: String) -> Value { .decimal(FixedDecimal(text)!) }

  @Test("every operator and function gives what its documentation says")
  func values() throws {
    let cases: [(String, Value)] = [
      ("a + b * 2", 11), ("a - b", 5), ("a % b", 1), ("a / b", 3.5), ("-a", -7),
      ("price + 1", decimal("13.35")), ("price * price", decimal("152.5225")),
      ("price / 4", decimal("3.087500")), ("price * rate", 6.175), ("price % 1", decimal("0.35")),
      ("a > b and not b = 3", true), ("price = 12.350", true), ("price < 12.351", true),
      ("a in (1, 7)", true), ("a between 8 and 9", false), ("name is null", false),
      ("name || '-' || a", "Ärger-7"), ("if a > b then 'x' else 'y'", "x"),
      ("case when a = 1 then 1 when a = 7 then 2 else 3 end", 2),
      ("round(price, 1)", decimal("12.4")), ("round(price)", decimal("12")),
      ("floor(-price)", decimal("-13")), ("ceil(price)", decimal("13")), ("abs(-a)", 7),
      ("round(2.5e0)", 3.0), ("min(a, b, 5)", 2), ("max(a, b)", 7), ("coalesce(null, a)", 7),
      ("lower(name)", "ärger"), ("upper(name)", "ÄRGER"), ("trim('  x ')", "x"),
      ("substring(name, 2, 3)", "rge"), ("length(name)", 5), ("contains(name, 'ge')", true),
      ("starts_with(name, 'Är')", true), ("year(day)", 2026), ("quarter(day)", 4),
      ("month(day)", 11), ("week(day)", 48), ("day(day)", 23), ("hour(at)", 11),
      ("date_diff('month', 2026-01-31, 2026-03-01)", 1),
      ("format(price, '#,##0.0')", "12.4"), ("page_number()", 1),
    ]
    for (text, expected) in cases {
      let found = try value(text)
      #expect(found == expected, "\(text): \(found), expected \(expected)")
    }
  }

  @Test("null goes through operations, and three-valued logic decides where it can")
  func nulls() throws {
    for text in ["a + b", "a = b", "-a", "a || 'x'", "abs(a)", "min(a, b)", "a between 1 and 2"] {
      #expect(try value(text, a: nil) == .null, "\(text)")
    }
    #expect(try value("a = 1 or b = 2", a: nil) == true)
    #expect(try value("a = 1 and b = 3", a: nil) == false)
    #expect(try value("a in (1, null)", a: 2) == .null)
    #expect(try value("a in (2, null)", a: 2) == true)
    #expect(try value("a is null", a: nil) == true)
  }

  @Test("a division by zero and an overflow are errors that name the expression, where used")
  func faults() throws {
    for text in ["a / 0", "a % (b - 2)", "price / 0", "rate / 0", "1 / 0"] {
      #expect { try value(text) } throws: { error in
        (error as? EvaluationError)?.reason == .divisionByZero
          && "\(error)".contains("division by zero")
      }
    }
    #expect { try value("a * 2", a: .int64(.max)) } throws: { error in
      (error as? EvaluationError)?.reason == .overflow && "\(error)".contains("a * 2")
    }
    #expect(try value("if b = 0 then 0 else a % b", b: 0) == 0)
    #expect(try value("b != 0 and a % b = 1", b: 0) == false)
    #expect(try value("a / 0", a: nil) == .null)
    #expect(try value("coalesce(b, a % 0)") == 2)
  }

  @Test("constants are folded before there is a record")
  func folding() throws {
    let compiler = ExpressionCompiler(typing: ExpressionTyping(schema: nil))
    #expect(try compiler.compile(try parsed("1 + 2 * 3")).constant == 7)
    #expect(try compiler.compile(try parsed("upper('a') || 'b'")).constant == "Ab")
    #expect(try compiler.compile(try parsed("1 % 0")).constant == nil)
  }

  @Test("random expressions agree with a naive evaluator, row by row")
  func agreesWithModel() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    let schema = try Schema([Field("a", .int64), Field("b", .int64), Field("c", .bool)])
    let compiler = ExpressionCompiler(typing: ExpressionTyping(schema: schema))
    for _ in 0..<300 {
      let expression = Self.number(depth: 4, &random)
      let rows = (0..<20).map { _ in
        [
          Self.field(&random), Self.field(&random),
          [true, false, nil].randomElement(using: &random)!,
        ]
      }
      var builders = schema.fields.map { ColumnBuilder($0) }
      for row in rows { for index in 0..<3 { try builders[index].append(row[index]) } }
      let columns = builders.map { $0.finish() }
      let evaluator = try compiler.compile(expression)
      for (row, values) in rows.enumerated() {
        let model = NaiveEvaluator(fields: ["a": values[0], "b": values[1], "c": values[2]])
        let expected = try? model.value(expression)
        // The vector has all rows at once; this row's value is read from it.
        let found = try? evaluator.value(
          at: row, Frame(rowCount: rows.count, columns: columns))
        #expect(found == expected, "seed \(seed): \(expression.text) for \(values)")
      }
    }
  }

  private static func field(_ random: inout SeededRandom) -> Value {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .null
    case 1: .int64(.max)
    case 2: .int64(.min)
    default: .int64(Int64.random(in: -3...3, using: &random))
    }
  }

  private static func number(depth: Int, _ random: inout SeededRandom) -> Expression {
    guard depth > 0 else {
      return Bool.random(using: &random)
        ? Expression(.field([Bool.random(using: &random) ? "a" : "b"]))
        : Expression(.literal(.int64(Int64.random(in: -2...2, using: &random))))
    }
    let (left, right) = (number(depth: depth - 1, &random), number(depth: depth - 1, &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return Expression(.binary(.add, left, right))
    case 1: return Expression(.binary(.subtract, left, right))
    case 2: return Expression(.binary(.multiply, left, right))
    case 3: return Expression(.binary(.remainder, left, right))
    case 4: return Expression(.unary(.minus, left))
    case 5: return Expression(.call("coalesce", [left, right]))
    default:
      return Expression(
        .conditional(truth(depth: depth - 1, &random), then: left, otherwise: right))
    }
  }

  private static func truth(depth: Int, _ random: inout SeededRandom) -> Expression {
    guard depth > 0 else { return Expression(.field(["c"])) }
    let signs: [Expression.BinaryOperator] = [
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      return Expression(
        .binary(.and, truth(depth: depth - 1, &random), truth(depth: depth - 1, &random)))
    case 1:
      return Expression(
        .binary(.or, truth(depth: depth - 1, &random), truth(depth: depth - 1, &random)))
    case 2: return Expression(.unary(.not, truth(depth: depth - 1, &random)))
    case 3: return Expression(.isNull(number(depth: depth - 1, &random)))
    default:
      return Expression(
        .binary(
          signs.randomElement(using: &random)!, number(depth: depth - 1, &random),
          number(depth: depth - 1, &random)))
    }
  }
}
