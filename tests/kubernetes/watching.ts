/** What is looked at all the while something else happens. */
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeObject } from "../../localcloud/machines/kube";

/** The smallest of what is counted, one count after the other. */
export class Fewest {
  private least = Infinity;
  private ended = false;
  private readonly done: Promise<void>;

  constructor(private readonly count: () => number | Promise<number>) {
    this.done = this.run();
  }

  async stop(): Promise<number> {
    this.ended = true;
    await this.done;
    return this.least;
  }

  private async run(): Promise<void> {
    while (!this.ended) {
      this.least = Math.min(this.least, await this.count());
      await sleep(200);
    }
  }
}

/** For how long something has not answered. */
export class Outage {
  private milliseconds = 0;
  private last = Date.now();
  private readonly timer: NodeJS.Timeout;

  constructor(answers: () => Promise<boolean>) {
    this.timer = setInterval(() => {
      void answers()
        .catch(() => false)
        .then((isThere) => {
          if (!isThere) this.milliseconds += Date.now() - this.last;
          this.last = Date.now();
        });
    }, 500);
  }

  /** In seconds. */
  stop(): number {
    clearInterval(this.timer);
    return this.milliseconds / 1000;
  }
}

/** Workers of a newer version than a control-plane node that is there at the same time. */
export class NewerWorkers {
  readonly found = new Set<string>();
  /** How often there was an answer. */
  looks = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(nodes: () => Promise<readonly KubeObject[]>) {
    this.timer = setInterval(() => void nodes().then(this.look.bind(this), () => undefined), 500);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(nodes: readonly KubeObject[]): void {
    this.looks += 1;
    const isControlPlane = ({ metadata }: KubeObject): boolean =>
      metadata.labels?.["node-role.kubernetes.io/control-plane"] !== undefined;
    const oldest = Math.min(...nodes.filter(isControlPlane).map(minorOf));
    for (const node of nodes.filter((each) => !isControlPlane(each) && minorOf(each) > oldest)) {
      this.found.add(`${node.metadata.name}: 1.${String(minorOf(node))} beside 1.${String(oldest)}`);
    }
  }
}

function minorOf({ status }: KubeObject): number {
  const { kubeletVersion } = (status as { nodeInfo: { kubeletVersion: string } }).nodeInfo;
  return Number(/^v1\.(\d+)\./.exec(kubeletVersion)?.[1]);
}
