import BenchModel
import BenchTestSupport
import Foundation
import Testing

/// Pages in a real browser, from a file, with nothing served. `BENCHDB_SCREENSHOTS=DIRECTORY` keeps
/// the pictures.
@Suite(
  "Pages in a browser", .serialized, .sharesBrowser,
  .enabled(if: Browser.isExpected, "no Chromium on PATH; `.ci/setup` installs Debian's"))
struct PageInBrowserTests {
  @Test(
    "the page opens without an error, asks for nothing else, and runs nothing that data brought")
  func opens() throws {
    try withPage(PageExample.wholeTrend) { page in
      #expect(page.requests.count == 1, "\(page.requests)")
      #expect(try page.evaluate("document.title") == "demo · benchmark history")
      let verdict: String? = try page.evaluate("document.querySelector('h1').textContent")
      #expect(verdict == "3 of 8 series are worse than at v1.1, 1 of them accepted.")
      #expect(try page.evaluate("document.querySelectorAll('script').length") == 1)
      let names: [String] = try #require(
        try page.evaluate("[...document.querySelectorAll('#table th a')].map(a => a.textContent)"))
      #expect(names.contains("\(PageExample.hostileName) · wall"))
    }
  }

  @Test("typing in the filter leaves the rows and sections that fit")
  func filters() throws {
    try withPage(PageExample.wholeTrend) { page in
      let visible =
        "[...document.querySelectorAll('#table tbody tr')].filter(r => !r.hidden).length"
      #expect(try page.evaluate(visible) == PageExample.series.count)
      try page.click("[name=text]")
      try page.type("latency first")
      #expect(try page.evaluate(visible) == 2)
      #expect(try page.evaluate("document.getElementById('count').textContent") == "2 of 9")
      #expect(
        try page.evaluate("[...document.querySelectorAll('.series')].filter(s => !s.hidden).length")
          == 2)
      try page.type(" nothing has this name")
      #expect(try page.evaluate("document.getElementById('none').hidden") == false)
      _ = try page.evaluate(
        "document.forms[0].reset(); document.forms[0].suite.value = 'memory';"
          + "document.forms[0].dispatchEvent(new Event('change'))", as: Bool.self)
      #expect(try page.evaluate(visible) == 2)
      _ = try page.evaluate("document.forms[0].suite.value = ''", as: String.self)
      try page.click("[name=changed]")
      let changed: Int? = try page.evaluate(
        "document.querySelectorAll('#table tr[data-changed]').length")
      #expect(try page.evaluate(visible) == changed)
    }
  }

  @Test("printed, nothing is cut off or left to click, and dark schemes become light")
  func prints() throws {
    for content in [PageExample.wholeTrend, PageExample.comparison] {
      try withPage(content, Browser.Look(isDark: true)) { page in
        // Every page object but their parent's says its type so.
        let text = String(decoding: try page.pdf(), as: UTF8.self)
        let pages = text.ranges(of: #/\/Type \/Page\b/#).count
        #expect((2...12).contains(pages), "\(pages) pages")

        try page.showAsPrinted(isDark: true)
        #expect(
          try page.evaluate("getComputedStyle(document.documentElement).color")
            == "rgb(34, 38, 43)")
        let visible = """
          [...document.querySelectorAll('.tools, .bar, .numbers:not([open])')]
            .filter(e => e.getClientRects().length).length
          """
        #expect(try page.evaluate(visible) == 0)
        let cut = """
          [...document.querySelectorAll('.wide, .ys span, .strip')].filter(e => {
            const b = e.getBoundingClientRect();
            return b.width > 0 && (b.left < 0 || b.right > 718 || e.scrollWidth > e.clientWidth + 1
              && e.className === 'wide')
          }).map(e => e.className + ' ' + e.textContent.slice(0, 60))
          """
        let found = try page.evaluate(cut, as: [String].self)
        #expect(found == [], "\(String(describing: found))")
        let unbroken = """
          [...document.querySelectorAll('.series:not(:has(.numbers[open])), .news li')]
            .every(e => getComputedStyle(e).breakInside === 'avoid')
          """
        #expect(try page.evaluate(unbroken) == true)
      }
    }
  }

  @Test("where a column of machines has no room, each row still tells its own")
  func narrowMachines() throws {
    for (width, isShown) in [(360, true), (1280, false)] {
      try withPage(PageExample.wholeTrend, .init(width: width)) { page in
        let texts: [String] = try #require(
          try page.evaluate(
            "[...document.querySelectorAll('#table tbody th')].map(c => c.innerText)"))
        #expect(texts.contains { $0.contains("Apple M4") } == isShown, "\(texts)")
        #expect(Set(texts).count == (isShown ? texts.count : texts.count - 1))
      }
    }
  }

  @Test("the number of a step covers no name of a mark")
  func flags() throws {
    try withPage(PageExample.wholeTrend) { page in
      let covered = """
        [...document.querySelectorAll('.series[open] .flags')].filter(f => {
          const box = e => e.getBoundingClientRect();
          return [...f.querySelectorAll('b')].some(b => [...f.querySelectorAll('i')].some(i =>
            box(b).left < box(i).right && box(i).left < box(b).right
              && box(b).top < box(i).bottom && box(i).top < box(b).bottom));
        }).length
        """
      let crowded: Int? = try page.evaluate("document.querySelectorAll('.flags.two').length")
      #expect(crowded ?? 0 > 0)
      let count: Int? = try page.evaluate(covered)
      #expect(count == 0)
    }
  }

  @Test("a click on a heading sorts, the next one the other way")
  func sorts() throws {
    try withPage(PageExample.wholeTrend) { page in
      let first = "document.querySelector('#table tbody tr th').textContent"
      let before: String? = try page.evaluate(first)
      try page.click("#table thead th:first-child button")
      #expect(try page.evaluate(first) != before)
      #expect(
        try page.evaluate("document.querySelector('#table thead th').getAttribute('aria-sort')")
          == "descending")
      try page.click("#table thead th:first-child button")
      #expect(try page.evaluate(first) == before)
      try page.click("#table thead [data-worst] button")
      let urgencies: [String] = try #require(
        try page.evaluate(
          "[...document.querySelectorAll('#table tbody td:nth-child(5)')].map(c => c.dataset.s)"))
      let numbers = urgencies.compactMap(Double.init)
      #expect(numbers == numbers.sorted(by: >))
    }
  }

  @Test("pointing at a chart tells the commit, dragging zooms, a double click resets")
  func chart() throws {
    try withPage(PageExample.wholeTrend) { page in
      let plot = ".series[open] .plot"
      let box = "document.querySelector('\(plot) svg').getAttribute('viewBox')"
      let whole: String? = try page.evaluate(box)
      try page.drag(on: plot, from: 0.7, to: 0.9)
      let zoomed: String = try #require(try page.evaluate(box))
      #expect(zoomed != whole)
      let width = try #require(Double(zoomed.split(separator: " ")[2]))
      #expect(abs(width - 400) < 20)

      try page.mouse("mouseMoved", on: plot, at: (0.5, 0.4))
      let tip: String = try #require(
        try page.evaluate("document.querySelector('\(plot) .tip').innerText"))
      #expect(tip.contains(/[0-9a-f]{9} · 20[0-9]{2}-[0-9]{2}-[0-9]{2} · 10 processes/), "\(tip)")

      try page.click(plot, times: 2)
      #expect(try page.evaluate(box) == whole)
    }
  }

  @Test("the keyboard goes from session to session, zooms and resets")
  func keyboard() throws {
    try withPage(PageExample.wholeTrend) { page in
      let plot = "document.querySelector('.series[open] .plot')"
      let tip = "\(plot).querySelector('.tip').innerText"
      _ = try page.evaluate("\(plot).focus()", as: String.self)
      try page.press("End")
      let last: String = try #require(try page.evaluate(tip))
      try page.press("ArrowLeft")
      let before: String = try #require(try page.evaluate(tip))
      #expect(last != before)
      #expect(last.contains(PageExample.line.commits[58].commit.shortHash))
      try page.press("+")
      #expect(
        try page.evaluate("\(plot).querySelector('svg').getAttribute('viewBox')")
          != "0 0 2000 2000")
      try page.press("Escape")
      #expect(
        try page.evaluate("\(plot).querySelector('svg').getAttribute('viewBox')")
          == "0 0 2000 2000")
    }
  }

  @Test("on the logarithmic scale every point keeps its order, and back again nothing has moved")
  func logarithm() throws {
    try withPage(PageExample.wholeTrend) { page in
      let path = "document.querySelector('.series[open] .l').getAttribute('d')"
      let before: String? = try page.evaluate(path)
      let button = ".series[open] .bar button[aria-pressed]"
      try page.click(button)
      #expect(try page.evaluate(path) != before)
      #expect(
        try page.evaluate("document.querySelector('\(button)').getAttribute('aria-pressed')")
          == "true")
      try page.click(button)
      #expect(try page.evaluate(path) == before)
    }
  }

  @Test(
    "a link of the overview opens its series, with and without scripts", arguments: [true, false])
  func links(_ runsScripts: Bool) throws {
    try withPage(PageExample.wholeTrend, .init(runsScripts: runsScripts)) { page in
      let target = "document.getElementById('s2').closest('details').open"
      #expect(try page.evaluate(target) == false)
      try page.click("#table a[href=\"#s2\"]")
      #expect(try page.evaluate(target) == true)
    }
  }

  @Test("assistive technology is told of headings, tables and what each chart shows")
  func accessibility() throws {
    try withPage(PageExample.wholeTrend) { page in
      let tree = try page.accessibilityTree()
      #expect(tree.contains { $0.role == "heading" && $0.name.contains("worse than at v1.1") })
      #expect(tree.contains { $0.role == "columnheader" && $0.name.contains("Latest") })
      #expect(tree.contains { $0.role == "searchbox" && $0.name.contains("Filter") })
      let images = tree.filter { $0.role == "image" || $0.role == "img" }
      #expect(images.contains { $0.name.contains("change point") && $0.name.contains("sessions") })
      #expect(images.allSatisfy { !$0.name.isEmpty })
      #expect(tree.filter { $0.role == "button" }.allSatisfy { !$0.name.isEmpty })
    }
  }

  @Test("without scripts every chart, table and number is there, and no dead control")
  func withoutScripts() throws {
    try withPage(PageExample.wholeTrend, .init(runsScripts: false)) { page in
      #expect(
        try page.evaluate("document.querySelectorAll('.plot svg .l').length")
          == PageExample.series.count)
      #expect(try page.evaluate("document.getElementById('filter').hidden") == true)
      #expect(try page.evaluate("document.querySelectorAll('main button').length") == 0)
      let rows: Int? = try page.evaluate("document.querySelectorAll('.numbers tbody tr').length")
      #expect(rows ?? 0 > 300)
    }
  }

  @Test(
    "nothing sticks out at any width, light or dark, with and without scripts",
    arguments: [360, 800, 1280], [false, true])
  func looks(_ width: Int, _ isDark: Bool) throws {
    try withTemporaryDirectory { directory in
      for (name, document) in [
        ("trend", PageExample.wholeTrend), ("compare", PageExample.comparison),
      ] {
        let file = directory.appending(path: "\(name).html")
        try Data(document.utf8).write(to: file)
        for runsScripts in [true, false] {
          let page = try #require(SharedBrowser.current).open(
            file, .init(width: width, isDark: isDark, runsScripts: runsScripts))
          let overflow: Int? = try page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth")
          #expect(overflow == 0, "\(name) at \(width)")
          // A picture of the whole page takes longer than all the rest, so only where it is kept.
          let picture = try page.screenshot(isWhole: Self.pictures != nil)
          #expect(picture.count > 10_000)
          #expect(page.errors == [])
          let variant = (isDark ? "dark" : "light") + (runsScripts ? "" : "-plain")
          try keep(picture, as: "\(name)-\(width)-\(variant).png")
          try page.close()
        }
      }
    }
  }

  private static let pictures = ProcessInfo.processInfo.environment["BENCHDB_SCREENSHOTS"]

  private func keep(_ picture: Data, as name: String) throws {
    guard let directory = Self.pictures else { return }
    try picture.write(to: URL(filePath: directory).appending(path: name))
  }

  /// Opens `document` from a file; whatever the browser complains of fails the test.
  private func withPage(
    _ document: String, _ look: Browser.Look = .init(), _ body: (Page) throws -> Void
  ) throws {
    try withTemporaryDirectory { directory in
      let file = directory.appending(path: "page.html")
      try Data(document.utf8).write(to: file)
      let page = try #require(SharedBrowser.current).open(file, look)
      try body(page)
      #expect(page.errors == [])
      try page.close()
    }
  }
}
