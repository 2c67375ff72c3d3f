import { expect } from "chai";

import { readInputs } from "../../../provider/src/validate/inputs";

export const minimal = { clusterName: "c.example.com", zones: ["us-east-1a"] };

export interface BadInput {
  readonly name: string;
  /** Over the smallest good inputs; anything but an object is the inputs itself. */
  readonly input: unknown;
  /** All of them, in order: `<path>: <reason>`. */
  readonly problems: readonly string[];
}

/** What the engine's outputs look like to pure code. */
export function output(value: unknown): unknown {
  return { __pulumiOutput: true, apply: () => value };
}

export function problemsOf(input: unknown): readonly string[] {
  const raw: unknown = typeof input === "object" ? { ...minimal, ...input } : input;
  return (readInputs(raw).problems ?? []).map(({ path, reason }) => (path === "" ? reason : `${path}: ${reason}`));
}

export function describeBadInputs(title: string, cases: readonly BadInput[]): void {
  describe(title, () => {
    for (const { name, input, problems } of cases) {
      it(`refuses ${name}`, () => {
        expect(problemsOf(input)).to.deep.equal(problems);
      });
    }
  });
}
