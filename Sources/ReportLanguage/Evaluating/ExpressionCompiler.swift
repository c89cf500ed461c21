package import StreamingPipeline

/// The rows for which an expression is evaluated, and the variables that it can name.
package struct Frame {
  let rowCount: Int
  /// The columns of the batch.
  let columns: Batch.Columns
  /// The values of the variables, by slot.
  var variables: [Value] = []
  var pageNumber = 1

  /// Makes a frame of the rows of a batch, selected or not.
  package init(_ batch: Batch) {
    rowCount = batch.rowCount
    columns = batch.columns
  }

  /// Makes a frame of rows that belong to no batch.
  package init(rowCount: Int, columns: [Column]) {
    self.rowCount = rowCount
    self.columns = Batch.Columns(columns)
  }
}

/// A compiled expression, which is evaluated one batch at a time.
package struct Evaluator: Sendable {
  /// The type of its values; `string` where they are always null.
  package let type: FieldType
  let evaluate: @Sendable (Frame) -> Vector
  /// Its value, if it is the same for all records.
  package let constant: Value?
  /// Whether its values depend on variables or on the page, and so change between the records of a
  /// batch.
  let isRunning: Bool

  /// The value for a row.
  package func value(at row: Int, _ frame: Frame) throws(EvaluationError) -> Value {
    try evaluate(frame).value(row)
  }

  /// The values for all rows, as a column.
  ///
  /// - Throws: `EvaluationError` for a row that cannot be computed.
  package func column(_ frame: Frame) throws(EvaluationError) -> Column {
    let vector = evaluate(frame)
    if let faults = vector.faults, let first = faults.keys.min(), let fault = faults[first] {
      throw fault
    }
    return vector.column(rows: frame.rowCount)
  }
}

/// Compiles expressions: names become indices, constants are folded, and types are fixed.
package struct ExpressionCompiler: Sendable {
  let typing: ExpressionTyping
  let parameters: [String: Value]
  let variableSlots: [String: Int]
  let now: Int64

  /// - Parameters:
  ///   - typing: the types of everything that expressions can name.
  ///   - parameters: the values of the parameters, of their types or null.
  ///   - variableSlots: the slots of the variables' values in a frame.
  ///   - now: the value of `now()`, in microseconds since 1970.
  package init(
    typing: ExpressionTyping, parameters: [String: Value] = [:],
    variableSlots: [String: Int] = [:], now: Int64 = 0
  ) {
    self.typing = typing
    self.parameters = parameters
    self.variableSlots = variableSlots
    self.now = now
  }

  /// Compiles an expression.
  package func compile(_ expression: Expression) throws(TypeProblem) -> Evaluator {
    try compile(expression, as: try typing.type(of: expression) ?? .string)
  }

  /// Compiles an expression whose values are converted to a type that holds them.
  func compile(
    _ expression: Expression, as target: FieldType
  ) throws(TypeProblem) -> Evaluator {
    guard let type = try typing.type(of: expression) else { return constant(.null, as: target) }
    let evaluator = try node(expression, type)
    if type == target { return evaluator }
    return folded(target, [evaluator]) { $0[0].converted(to: target, for: expression) }
  }

  private func node(
    _ expression: Expression, _ type: FieldType
  ) throws(TypeProblem) -> Evaluator {
    switch expression.node {
    case .literal(let value): return constant(value, as: type)
    case .parameter(let name): return constant(parameters[name.text] ?? .null, as: type)
    case .field(let path): return try field(path, type)
    case .variable(let name):
      let slot = variableSlots[name.text] ?? 0
      return Evaluator(
        type: type, evaluate: { Vector($0.variables[slot], as: type) }, constant: nil,
        isRunning: true)
    case .unary(.minus, let operand):
      return folded(type, [try compile(operand, as: type)]) { $0[0].negated(for: expression) }
    case .unary(.not, let operand):
      return folded(.bool, [try compile(operand, as: .bool)]) { operands in
        operands[0].map(.bool) { (truth: Bool) in !truth }
      }
    case .binary(let sign, let left, let right):
      return try binary(sign, left, right, type, expression)
    case .isIn(let value, let list): return try isIn(value, list, expression)
    case .between(let value, let low, let high): return try between(value, low, high, expression)
    case .isNull(let value):
      let operand = try compile(value)
      return folded(.bool, [operand]) { operands in operands[0].isNullMask }
    case .conditional(let condition, let then, let otherwise):
      let parts = [
        try compile(condition, as: .bool), try compile(then, as: type),
        try compile(otherwise, as: type),
      ]
      return folded(type, parts) { $0[0].chosen($0[1], $0[2]) }
    case .cases(let cases, let otherwise): return try branches(cases, otherwise, type)
    case .call(let name, let arguments):
      guard let function = BuiltinFunction(rawValue: name.text) else {
        throw TypeProblem(.unknownFunction(name.text), name.span)
      }
      return try call(function, arguments, type, expression)
    }
  }

  /// An evaluator with one value for all records.
  func constant(_ value: Value, as type: FieldType) -> Evaluator {
    let vector = Vector(value, as: type)
    return Evaluator(type: type, evaluate: { _ in vector }, constant: value, isRunning: false)
  }

  /// An operation, which is computed now if all operands are constant. A computation that fails is
  /// left for the run, which knows whether the value is used.
  func folded(
    _ type: FieldType, _ operands: [Evaluator],
    _ body: @escaping @Sendable ([Vector]) -> Vector
  ) -> Evaluator {
    let isRunning = operands.contains(where: \.isRunning)
    if operands.allSatisfy({ $0.constant != nil }) {
      let empty = Frame(rowCount: 1, columns: [])
      let vector = body(operands.map { $0.evaluate(empty) })
      if let value = try? vector.value(0) { return constant(value, as: type) }
      return Evaluator(type: type, evaluate: { _ in vector }, constant: nil, isRunning: false)
    }
    // Most operations have one or two operands, for which no array of closures is needed.
    let evaluate: @Sendable (Frame) -> Vector
    switch operands.count {
    case 1:
      let first = operands[0].evaluate
      evaluate = { body([first($0)]) }
    case 2:
      let (first, second) = (operands[0].evaluate, operands[1].evaluate)
      evaluate = { body([first($0), second($0)]) }
    default: evaluate = { frame in body(operands.map { $0.evaluate(frame) }) }
    }
    return Evaluator(type: type, evaluate: evaluate, constant: nil, isRunning: isRunning)
  }

  private func field(_ path: [Name], _ type: FieldType) throws(TypeProblem) -> Evaluator {
    let name = path.map(\.text).joined(separator: ".")
    guard let position = typing.schema?.position(of: name) else {
      throw TypeProblem(.unknownField(name), path.first?.span ?? .none)
    }
    return Evaluator(
      type: type, evaluate: { Vector($0.columns[position]) }, constant: nil, isRunning: false)
  }

  private func binary(
    _ sign: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ type: FieldType,
    _ expression: Expression
  ) throws(TypeProblem) -> Evaluator {
    switch sign {
    case .and, .or:
      let parts = [try compile(left, as: .bool), try compile(right, as: .bool)]
      return folded(.bool, parts) { $0[0].combined($0[1], deciding: sign == .or) }
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let parts = try operands([left, right])
      return folded(.bool, parts) { $0[0].compared(sign, $0[1], for: expression) }
    case .concatenate:
      let parts = [try compile(left), try compile(right)]
      let fault = EvaluationError(.textTooLong, expression)
      return folded(.string, parts) { parts in
        parts[0].texts.zip(parts[1].texts, .string, or: fault) { (left: String, right: String) in
          left.utf8.count + right.utf8.count <= EvaluationError.longestText ? left + right : nil
        }
      }
    case .add, .subtract, .multiply, .divide, .remainder:
      let parts = try operands([left, right])
      return folded(type, parts) { $0[0].calculated(sign, $0[1], as: type, for: expression) }
    }
  }

  /// Compiles operands to evaluators whose types go together. Null takes the type of the others.
  func operands(_ expressions: [Expression]) throws(TypeProblem) -> [Evaluator] {
    let common = try typing.common(of: expressions) ?? .string
    var operands: [Evaluator] = []
    for expression in expressions {
      let type = try typing.type(of: expression) ?? common
      operands.append(try compile(expression, as: type))
    }
    return operands
  }

  private func isIn(
    _ value: Expression, _ list: [Expression], _ expression: Expression
  ) throws(TypeProblem) -> Evaluator {
    guard !list.isEmpty else { return constant(.bool(false), as: .bool) }
    return folded(.bool, try operands([value] + list)) { parts in
      let matches = parts.dropFirst().map { parts[0].compared(.equal, $0, for: expression) }
      return matches.dropFirst().reduce(matches[0]) { $0.combined($1, deciding: true) }
    }
  }

  private func between(
    _ value: Expression, _ low: Expression, _ high: Expression, _ expression: Expression
  ) throws(TypeProblem) -> Evaluator {
    folded(.bool, try operands([value, low, high])) { parts in
      parts[0].compared(.greaterOrEqual, parts[1], for: expression)
        .combined(parts[0].compared(.lessOrEqual, parts[2], for: expression), deciding: false)
    }
  }

  private func branches(
    _ cases: [Expression.WhenThen], _ otherwise: Expression?, _ type: FieldType
  ) throws(TypeProblem) -> Evaluator {
    var result =
      try otherwise.map { expression throws(TypeProblem) in
        try compile(expression, as: type)
      } ?? constant(.null, as: type)
    for branch in cases.reversed() {
      let parts = [
        try compile(branch.condition, as: .bool), try compile(branch.result, as: type), result,
      ]
      result = folded(type, parts) { $0[0].chosen($0[1], $0[2]) }
    }
    return result
  }
}

extension Vector {
  /// Whether each lane is null; the answer is never null itself.
  fileprivate var isNullMask: Vector {
    let truths = nulls ?? [Bool](repeating: false, count: lanes.count)
    return Vector(.bool, .bool(truths), faults: faults, isConstant: isConstant)
  }
}
