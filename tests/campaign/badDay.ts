import type { IncomingMessage, ServerResponse } from "node:http";

const lateMilliseconds = 3000;

/** Which requests go wrong, and how: a share of them, at random from those faults. */
export class BadDay<Fault extends string> {
  /** How often each thing happened. */
  readonly happened: Record<string, number> = {};
  /** The share of requests that go wrong. */
  share = 0;

  constructor(
    private readonly faults: readonly Fault[],
    private readonly random: () => number,
  ) {}

  next(): Fault | "none" {
    const isBad = this.random() < this.share;
    const fault = (isBad ? this.faults[Math.floor(this.random() * this.faults.length)] : undefined) ?? "none";
    this.happened[fault] = (this.happened[fault] ?? 0) + 1;
    return fault;
  }
}

/** Gives on what was received: late, or not at all, with "cut after", although it was done. */
export function passOn(received: IncomingMessage, asked: IncomingMessage, answer: ServerResponse, fault: string): void {
  const give = (): void => {
    if (fault === "cut after") {
      asked.socket.destroy();
      received.destroy();
      return;
    }
    answer.writeHead(received.statusCode ?? 500, received.headers);
    received.pipe(answer);
  };
  setTimeout(give, fault === "late" ? lateMilliseconds : 0);
}
