import ArgumentParser
import BenchWorkflows

extension ComparisonFormat: ExpressibleByArgument {}
extension CheckFormat: ExpressibleByArgument {}
extension WorkflowService: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}
