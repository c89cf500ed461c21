import ArgumentParser
import BenchOutput
import BenchWorkflows

// The formats and other choices that options take by their names.

extension OutputFormat: ExpressibleByArgument {}
extension ComparisonFormat: ExpressibleByArgument {}
extension CheckFormat: ExpressibleByArgument {}
extension HistoryFormat: ExpressibleByArgument {}
extension RowFormat: ExpressibleByArgument {}
extension WorkflowService: ExpressibleByArgument {}
