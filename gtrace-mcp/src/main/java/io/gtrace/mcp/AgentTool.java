package io.gtrace.mcp;

/** A question that an agent can ask. */
interface AgentTool {
  /** What agents call it, as in {@code estimate}. */
  String name();

  /** What people call it. */
  String title();

  /** What it answers and when to ask it, for the model that chooses among tools. */
  String description();

  /** JSON Schema of the arguments. */
  String inputSchema();

  /**
   * Answers.
   *
   * @throws RuntimeException as the command line has it for wrong input; its message says what to
   *     mend
   */
  ToolAnswer answer(Arguments arguments);
}
