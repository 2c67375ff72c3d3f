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

/** The same run, whose messages start with what they are about. */
export function prefixed(run: Run, prefix: string): Run {
  return {
    report: (text) => {
      run.report(prefix + text);
    },
    inform: (text) => {
      run.inform(prefix + text);
    },
    warn: (text) => {
      run.warn(prefix + text);
    },
    stillWanted: (doing) => run.stillWanted(doing),
    signal: run.signal,
  };
}
