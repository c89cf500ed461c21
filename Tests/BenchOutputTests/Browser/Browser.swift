import Foundation

/// Chromium without a window.
final class Browser {
  private let pipe: DevToolsPipe
  private let profile: URL

  struct Missing: Error, CustomStringConvertible {
    let description = "no Chromium on PATH; `.ci/setup` installs Debian's"
  }

  static let executable: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"]
      .flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// In continuous integration a missing browser is a failure, elsewhere a reason to skip.
  static let isExpected =
    executable != nil || ProcessInfo.processInfo.environment["CI"] == "true"

  init() throws {
    guard let executable = Self.executable else { throw Missing() }
    profile = FileManager.default.temporaryDirectory
      .appending(path: "benchdb-browser-\(UUID().uuidString)", directoryHint: .isDirectory)
    var arguments = [
      "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run",
      "--disable-extensions", "--disable-background-networking", "--disable-dev-shm-usage",
      "--hide-scrollbars", "--force-device-scale-factor=1", "--user-data-dir=\(profile.path)",
      "--lang=en",
    ]
    // Its sandbox refuses the superuser, as whom containers run.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    pipe = try DevToolsPipe(executable, arguments)
  }

  deinit { try? FileManager.default.removeItem(at: profile) }

  struct Look {
    var width = 1280
    var height = 900
    var isDark = false
    var runsScripts = true
  }

  /// Opens a file as a visitor would, and waits until it is loaded.
  func open(_ file: URL, _ look: Look = Look()) throws -> Page {
    let target = try pipe.send("Target.createTarget", ["url": "about:blank"])
    let attached = try pipe.send(
      "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
    let page = Page(pipe, session: attached["sessionId"] as? String ?? "")
    try page.load(file, look)
    return page
  }
}

/// One page in the browser.
final class Page {
  private let pipe: DevToolsPipe
  private let session: String
  /// What went wrong in the page: exceptions, console errors, what the browser itself complains of.
  private(set) var errors: [String] = []
  /// Addresses that the page asked for.
  private(set) var requests: [String] = []
  private var isLoaded = false

  init(_ pipe: DevToolsPipe, session: String) {
    self.pipe = pipe
    self.session = session
    pipe.onEvent = { [weak self] method, parameters, session in
      // What an earlier page still had to say is not this one's.
      if self?.session == session { self?.note(method, parameters) }
    }
  }

  func load(_ file: URL, _ look: Browser.Look) throws {
    for domain in ["Page", "Runtime", "Log", "Network", "DOM", "Accessibility"] {
      try send("\(domain).enable")
    }
    try send(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": look.width, "height": look.height, "deviceScaleFactor": 1,
        "mobile": false,
      ])
    try send(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": look.isDark ? "dark" : "light"]]])
    try send("Emulation.setScriptExecutionDisabled", ["value": !look.runsScripts])
    try send("Page.navigate", ["url": file.absoluteString])
    try pipe.wait(for: "load") { isLoaded }
  }

  private func note(_ method: String, _ parameters: [String: Any]) {
    switch method {
    case "Page.loadEventFired": isLoaded = true
    case "Runtime.exceptionThrown": errors.append("exception: \(parameters)")
    case "Runtime.consoleAPICalled" where parameters["type"] as? String == "error":
      errors.append("console: \(parameters)")
    case "Log.entryAdded":
      let entry = parameters["entry"] as? [String: Any] ?? [:]
      if entry["level"] as? String == "error" { errors.append("log: \(entry)") }
    case "Page.javascriptDialogOpening": errors.append("dialog: \(parameters)")
    case "Network.requestWillBeSent":
      let request = parameters["request"] as? [String: Any] ?? [:]
      requests.append(request["url"] as? String ?? "")
    default: break
    }
  }

  @discardableResult
  func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    try pipe.send(method, parameters, session: session)
  }

  /// What an expression in the page comes to; a promise is waited for.
  func evaluate<Value>(_ expression: String, as type: Value.Type = Value.self) throws -> Value? {
    let answer = try send(
      "Runtime.evaluate",
      ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let problem = answer["exceptionDetails"] { errors.append("\(expression): \(problem)") }
    return (answer["result"] as? [String: Any])?["value"] as? Value
  }

  /// Moves to a point of an element, given as shares of its width and height, with the button as it
  /// is.
  func mouse(_ kind: String, on selector: String, at share: (x: Double, y: Double), clicks: Int = 0)
    throws
  {
    let box: [Double] =
      try evaluate(
        "(() => { const b = document.querySelector('\(selector)').getBoundingClientRect();"
          + " return [b.x, b.y, b.width, b.height] })()") ?? [0, 0, 0, 0]
    try send(
      "Input.dispatchMouseEvent",
      [
        "type": kind, "x": box[0] + box[2] * share.x, "y": box[1] + box[3] * share.y,
        "button": kind == "mouseMoved" && clicks == 0 ? "none" : "left",
        "buttons": kind == "mouseReleased" ? 0 : clicks == 0 ? 0 : 1, "clickCount": clicks,
      ])
  }

  func click(_ selector: String, times: Int = 1) throws {
    try show(selector)
    try mouse("mouseMoved", on: selector, at: (0.5, 0.5))
    for count in 1...times {
      try mouse("mousePressed", on: selector, at: (0.5, 0.5), clicks: count)
      try mouse("mouseReleased", on: selector, at: (0.5, 0.5), clicks: count)
    }
  }

  /// Presses between two points of an element and lets go.
  func drag(on selector: String, from start: Double, to end: Double) throws {
    try show(selector)
    try mouse("mouseMoved", on: selector, at: (start, 0.5))
    try mouse("mousePressed", on: selector, at: (start, 0.5), clicks: 1)
    try mouse("mouseMoved", on: selector, at: ((start + end) / 2, 0.5), clicks: 1)
    try mouse("mouseMoved", on: selector, at: (end, 0.5), clicks: 1)
    try mouse("mouseReleased", on: selector, at: (end, 0.5), clicks: 1)
  }

  func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  func press(_ key: String) throws {
    for kind in ["keyDown", "keyUp"] {
      try send("Input.dispatchKeyEvent", ["type": kind, "key": key, "code": key])
    }
  }

  private func show(_ selector: String) throws {
    _ = try evaluate(
      "document.querySelector('\(selector)').scrollIntoView({block: 'center'})", as: String.self)
  }

  /// Roles and names as assistive technology is given them.
  func accessibilityTree() throws -> [(role: String, name: String)] {
    let nodes = try send("Accessibility.getFullAXTree")["nodes"] as? [[String: Any]] ?? []
    func text(_ value: Any?) -> String {
      (value as? [String: Any])?["value"] as? String ?? ""
    }
    return nodes.filter { $0["ignored"] as? Bool != true }
      .map { (text($0["role"]), text($0["name"])) }
  }

  /// A picture of what is in view, or of the whole page.
  func screenshot(isWhole: Bool = false) throws -> Data {
    let answer = try send(
      "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": isWhole])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }

  /// The page as a browser would print it, on paper of A4.
  func pdf() throws -> Data {
    // The paper's size is in inches.
    let answer = try send(
      "Page.printToPDF", ["paperWidth": 8.27, "paperHeight": 11.69, "printBackground": false])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }

  /// Shows the page on the screen as it would be printed, on the width that A4 leaves between its
  /// margins.
  func showAsPrinted(isDark: Bool) throws {
    try send(
      "Emulation.setEmulatedMedia",
      [
        "media": "print",
        "features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]],
      ])
    try send(
      "Emulation.setDeviceMetricsOverride",
      ["width": 718, "height": 1_000, "deviceScaleFactor": 1, "mobile": false])
  }

  func close() throws { try send("Page.close") }
}
