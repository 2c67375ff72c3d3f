/** What an operation has of the engine that asked for it. */
export interface Run {
  /** Says what is awaited, in the resource's own line of the display; the next text replaces it. */
  report(text: string): void;
  /** Says what belongs to the result of a run, a preview's too. */
  inform(text: string): void;
  /** Says what the user should find in the log afterwards. */
  warn(text: string): void;
  /**
   * Fails if the engine has cancelled the run or is no longer there. Asked before every call that destroys something:
   * without its engine, a plugin does not know what has become of the cluster.
   */
  stillWanted(doing: string): Promise<void>;
  /** Aborted when the engine cancels the run. */
  readonly signal: AbortSignal;
}
