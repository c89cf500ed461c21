import StreamingPipeline

extension PipelineOptions {
  /// The default options, but nothing stalls: hundreds of tests share a few threads, and a reading
  /// task may wait long for its turn.
  static func unhurried(_ execution: Execution) -> PipelineOptions {
    var options = PipelineOptions(execution: execution)
    options.stallTimeout = nil
    return options
  }
}
