import BenchCommands

CommandLineTool.main()
