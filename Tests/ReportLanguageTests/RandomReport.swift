import BenchTestSupport
import ReportLanguage
import StreamingPipeline

/// Makes reports of every form that can be written, whether they are valid or not.
struct RandomReport {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func report() -> Report {
    var report = Report(name(), title: maybe { $0.text() }, source: name())
    report.description = maybe { $0.text() }
    report.parameters = some { $0.parameter() }
    report.formats = some { NamedFormat($0.name(), $0.format(3)) }
    report.filter = maybe { $0.expression(4) }
    report.order = some { SortOrder($0.name(), isDescending: $0.random.next() & 1 == 0) }
    report.limit = maybe { $0.number(1000) }
    report.groups = some { Group($0.number(9), $0.name(), by: $0.expression(3)) }
    report.variables = some { $0.variable() }
    report.bands = some { $0.band(3) }
    return report
  }

  mutating func expression(_ height: Int) -> Expression {
    guard height > 0, number(6) > 0 else { return leaf() }
    func inner(_ random: inout RandomReport) -> Expression { random.expression(height - 1) }
    switch number(12) {
    case 0: return Expression(.unary(.minus, inner(&self)))
    case 1: return Expression(.unary(.not, inner(&self)))
    case 2...6:
      let sign = pick(Expression.BinaryOperator.allCases)
      return Expression(.binary(sign, inner(&self), inner(&self)))
    case 7: return Expression(.isIn(inner(&self), (0...number(3)).map { _ in inner(&self) }))
    case 8: return Expression(.between(inner(&self), inner(&self), inner(&self)))
    case 9: return Expression(.isNull(inner(&self)))
    case 10:
      return Expression(
        .conditional(inner(&self), then: inner(&self), otherwise: inner(&self)))
    case 11:
      let branches = (0...number(2)).map { _ in
        Expression.WhenThen(when: inner(&self), then: inner(&self))
      }
      return Expression(.cases(branches, otherwise: maybe(inner)))
    default: return Expression(.call(name(), some(inner)))
    }
  }

  private mutating func leaf() -> Expression {
    switch number(11) {
    case 0: Expression(.literal(.null))
    case 1: Expression(.literal(.bool(number(1) == 0)))
    case 2: Expression(.literal(.int64(pick([0, 7, -7, .max, .min, Int64(number(1000))]))))
    case 3:
      Expression(
        .literal(
          .decimal(
            FixedDecimal(
              mantissa: Int128(Int64(bitPattern: random.next()) >> Int64(number(63))),
              scale: 1 + number(17)))))
    case 4:
      Expression(
        .literal(
          .double(pick([0, -0.0, 1, -1.5, 1e300, .leastNonzeroMagnitude, 0.1, 1e16, 123_456.75]))))
    case 5: Expression(.literal(.string(text())))
    case 6: Expression(.literal(.date(Int32(number(40_000)) - 20_000)))
    case 7:
      Expression(.literal(.timestamp(Int64(number(1_000_000_000)) * 1_000_003 - 500_000_000)))
    case 8: Expression(.parameter(name()))
    case 9: Expression(.variable(name()))
    default: Expression(.field((0...number(2)).map { _ in name() }))
    }
  }

  // MARK: - Parts

  private mutating func parameter() -> Parameter {
    let types: [FieldType] = [
      .int64, .double, .decimal(scale: number(18)), .bool, .string, .date, .timestamp,
    ]
    var parameter = Parameter(name(), pick(types), isRequired: number(1) == 0)
    parameter.defaultValue = maybe { $0.expression(2) }
    parameter.minimum = maybe { $0.expression(1) }
    parameter.maximum = maybe { $0.expression(1) }
    parameter.length = maybe {
      let least = $0.number(20)
      return least...(least + $0.number(20))
    }
    parameter.pattern = maybe { $0.text() }
    return parameter
  }

  private mutating func function() -> AggregateFunction {
    pick([
      .count, .sum, .average, .min, .max, .first, .last, .distinct, .median, .deviation,
      .percentile(95), .percentile(99.9), .percentile(1e-5),
    ])
  }

  private mutating func variable() -> Variable {
    let calculation: Variable.Calculation =
      number(2) == 0
      ? .custom(expression(3)) : .function(function(), of: maybe { $0.expression(2) })
    return Variable(
      name(), calculation, reset: pick([.detail, .group(number(4)), .page, .report]),
      initial: maybe { $0.expression(1) })
  }

  private mutating func band(_ height: Int) -> Band {
    let level = number(5)
    let kinds: [Band.Kind] = [
      .title, .pageHeader, .columnHeader, .groupHeader(level), .detailHeader, .detail,
      .detailFooter, .groupFooter(level), .columnFooter, .pageFooter, .summary,
    ]
    return Band(
      pick(kinds), visibleWhen: maybe { $0.expression(2) }, elements: some { $0.element() },
      bands: height > 1 ? some { $0.band(height - 1) } : [])
  }

  private mutating func element() -> Element {
    var element = Element(content())
    element.heading = maybe { $0.text() }
    element.format = maybe { $0.format(3) }
    element.width = maybe { $0.number(100) }
    element.alignment = maybe { $0.pick([.left, .centre, .right]) }
    element.visibility = maybe { $0.expression(2) }
    return element
  }

  private mutating func content() -> Element.Content {
    switch number(7) {
    case 0: .label(text())
    case 1: .field(name())
    case 2: .expression(expression(4))
    case 3:
      .aggregate(
        function(), of: maybe { $0.expression(2) },
        scope: pick([.band, .page, .report, .group(number(3))]))
    case 4: .line
    case 5: .box(text())
    case 6: .image(path: text(), alternative: text())
    default:
      .chart(
        Chart(
          pick(Chart.Kind.allCases), function(), of: maybe { $0.expression(2) },
          by: expression(2), title: maybe { $0.text() }))
    }
  }

  private mutating func format(_ height: Int) -> ElementFormat {
    switch number(height > 0 ? 5 : 3) {
    case 0: .named(name())
    case 1: .pattern(text())
    case 2: .currency(text())
    case 3: .percentage(digits: number(18))
    case 4:
      .conditional(
        (0...number(2)).map { _ in
          ElementFormat.Case(when: expression(2), format(height - 1))
        }, otherwise: maybe { $0.format(height - 1) })
    default: .fallback(text(), maybe { $0.format(height - 1) })
    }
  }

  // MARK: - Words

  /// Makes a name: mostly a simple one, sometimes a keyword or a name that needs backticks.
  private mutating func name() -> Name {
    let odd = [
      "and", "null", "band", "format", "currency", "percentage", "value", "group", "field", "line",
      "größe", "名前", "two words", "a.b", ".", "1st", "`", "\\", "$x", "it's", "\u{202E}",
      "e\u{301}",
      "title", "by", "not", "in", "report", "scope", "min", "custom", "sum", "count",
    ]
    return Name(number(2) == 0 ? pick(odd) : pick(["amount", "region", "x", "_total2", "Id"]))
  }

  private mutating func text() -> String {
    let pieces = [
      "a", "Sales by region", "'", "\"", "\\", "\n", "\t", "\r\n", "{", "}", "#", "`", "é", "名",
      "\u{0}", "\u{1B}[31m", "👩‍👩‍👧", "$x", "--", "\u{FEFF}", "#,##0.00",
    ]
    return (0..<number(4)).map { _ in pick(pieces) }.joined()
  }

  mutating func number(_ most: Int) -> Int { Int.random(in: 0...most, using: &random) }

  mutating func pick<Item>(_ items: [Item]) -> Item { items[number(items.count - 1)] }

  private mutating func maybe<Item>(_ make: (inout RandomReport) -> Item) -> Item? {
    number(1) == 0 ? make(&self) : nil
  }

  private mutating func some<Item>(_ make: (inout RandomReport) -> Item) -> [Item] {
    (0..<number(3)).map { _ in make(&self) }
  }
}
