import type { Kube } from "./kube";

/** A change that no watch tells of, if there is one, is seen after this time, in milliseconds. */
const LOOK_AGAIN = 5000;

/**
 * Whether a list may have changed since it was last asked for. Controllers watch what they attend to; these here look when
 * something happened, since a list each half second from each of them is a good part of an API server's work.
 */
export class Changes {
  private changed = true;
  private looked = 0;
  private closed = false;
  private end: (() => void) | undefined;

  constructor(
    private readonly kube: Kube,
    private readonly path: string,
  ) {}

  /** Without a watch, it may have: then each turn looks, as whoever has lost a server tries again. */
  take(): boolean {
    if (this.closed) return false;
    const wanted = this.changed || this.end === undefined || Date.now() - this.looked > LOOK_AGAIN;
    if (!wanted) return false;
    this.end ??= this.watch();
    this.changed = false;
    this.looked = Date.now();
    return true;
  }

  /** What was taken could not be attended to. */
  keep(): void {
    this.changed = true;
  }

  /** For good: a turn that goes on meanwhile begins no watch that nobody would end. */
  close(): void {
    this.closed = true;
    this.end?.();
  }

  private watch(): () => void {
    return this.kube.watch(
      this.path,
      () => {
        this.changed = true;
      },
      () => {
        this.end = undefined;
      },
    );
  }
}
