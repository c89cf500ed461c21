/// Questions that several tests put to a database.
enum StoredQuery {
  /// How many processes, how many different positions in the plan, the first and the last: with one
  /// run, `n,n,0,n-1` is each exactly once.
  static let orders =
    "SELECT count(*), count(DISTINCT plan_order), min(plan_order), max(plan_order) FROM process"
  static let integrity = "SELECT integrity_check FROM pragma_integrity_check"
}
