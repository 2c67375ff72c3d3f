/** What the interface has and this release does not build. A row goes when its feature comes. */
import type { ClusterInputs } from "../types.gen";
import { show } from "./display";
import type { Problems } from "./problem";

interface NotYet {
  readonly path: string;
  /** The value that asks for it; undefined: it is not asked for. */
  readonly asked: (inputs: Partial<ClusterInputs>) => unknown;
  readonly instead: string;
}

const notYet: readonly NotYet[] = [
  {
    path: "dns.type",
    asked: (inputs) => (inputs.dns?.type === "public" ? "public" : undefined),
    instead: 'must be one of "none", "private"',
  },
];

export function checkNotYet(inputs: Partial<ClusterInputs>, problems: Problems): void {
  for (const { path, asked, instead } of notYet) {
    const value = asked(inputs);
    if (value !== undefined) {
      problems.add(path, `not built yet in this release, got ${show(value)}; ${instead}`);
    }
  }
}
