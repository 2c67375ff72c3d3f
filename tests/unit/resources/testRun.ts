/** A run of an operation without an engine, as far as operations see one. */
import type { Run } from "../../../provider/src/resources/operation/run";

export class TestRun implements Run {
  /** Progress and warnings as they came. */
  readonly lines: string[] = [];
  readonly warnings: string[] = [];
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Answers whether it is still wanted; throws when it is not. */
  onAsk: (doing: string) => void = () => undefined;
  private readonly controller = new AbortController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  report(text: string): void {
    this.lines.push(text);
  }

  inform(text: string): void {
    this.lines.push(text);
  }

  warn(text: string): void {
    this.lines.push(text);
    this.warnings.push(text);
  }

  stillWanted(doing: string): Promise<void> {
    this.asked.push(doing);
    return new Promise((resolve) => {
      this.onAsk(doing);
      resolve();
    });
  }

  cancel(): void {
    this.controller.abort();
  }
}

/** The message of the error with which it fails. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nothing failed",
    (error: unknown) => (error as Error).message,
  );
}
