package import BenchRunner

/// Builds one executable in several layouts by giving its build command a seed, and finds out
/// whether the command honours it.
///
/// Different bytes prove a layout only where the same seed gives the same bytes, so the first seed
/// is built twice. What is cached has been proved before.
package struct SeededLayouts {
  package enum Outcome: Hashable {
    /// One product for each seed; at least two of them differ.
    case layouts([BuiltSuite])
    /// There is one layout, for this reason.
    case one(OneLayoutReason)
  }

  private let recipe: BuildRecipe
  private let plain: String?
  private let seeds: Range<Int>
  private let builder: Builder

  /// How the products are made.
  package struct Builder {
    /// The cached product of a recipe, if there is one.
    package let cached: (BuildRecipe) throws -> BuiltSuite?
    /// Builds a recipe anew and caches nothing.
    package let buildAnew: (BuildRecipe) throws -> BuiltSuite
    /// Caches what was built anew.
    package let keep: (BuiltSuite, BuildRecipe) throws -> BuiltSuite
    /// Takes what is cached, or builds and caches it.
    package let build: (BuildRecipe) throws -> BuiltSuite

    package init(
      cached: @escaping (BuildRecipe) throws -> BuiltSuite?,
      buildAnew: @escaping (BuildRecipe) throws -> BuiltSuite,
      keep: @escaping (BuiltSuite, BuildRecipe) throws -> BuiltSuite,
      build: @escaping (BuildRecipe) throws -> BuiltSuite
    ) {
      self.cached = cached
      self.buildAnew = buildAnew
      self.keep = keep
      self.build = build
    }
  }

  /// `plain` is the code hash of the product that is built without a seed; `seeds` has at least
  /// one.
  package init(
    of recipe: BuildRecipe, plain: String?, seeds: Range<Int>, builder: Builder
  ) {
    self.recipe = recipe
    self.plain = plain
    self.seeds = seeds
    self.builder = builder
  }

  /// - Throws: what building throws.
  package func make() throws -> Outcome {
    let recipes = seeds.compactMap(recipe.seeded)
    guard plain != nil, let recipe = recipes.first else { return .one(.script) }
    guard let first = try provedProduct(of: recipe) else { return .one(.notReproducible) }
    guard first.codeHash != plain else { return .one(.ignoresSeed) }
    let products = [first] + (try recipes.dropFirst().map(builder.build))
    let differ = Set(products.map(\.codeHash)).count > 1
    return differ || products.count == 1 ? .layouts(products) : .one(.ignoresSeed)
  }

  /// - Returns: `nil` where the same recipe gives other bytes when it is built again.
  private func provedProduct(of recipe: BuildRecipe) throws -> BuiltSuite? {
    if let cached = try builder.cached(recipe) { return cached }
    let built = try builder.buildAnew(recipe)
    guard
      try built.codeHash == plain || builder.buildAnew(recipe).codeHash == built.codeHash
    else { return nil }
    return try builder.keep(built, recipe)
  }
}
