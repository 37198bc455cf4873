/** A metric that counts lines of a function's log. */
export interface LogMetric {
  /** The metric's name, such as `BlockListUnavailable`. */
  readonly name: string;
  /**
   * The lines that count.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   */
  readonly pattern: string;
}
