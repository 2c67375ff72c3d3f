/** Which clusters hold an input against kOps, which gets the same settings and has to come to the same result. */
import { clusterToken } from "../../provider/src/model/tokens";
import { schemaShape } from "../../provider/src/schema/shape.gen";
import type { Verdict } from "../../provider/src/validate/spec/verdict";
import { goldenCaseNames, goldenInputs } from "../../tests/golden/cases";
import { clusters } from "../../tests/kops/clusters";
import { networks, ranges, utilityRanges } from "../../tests/kops/networks";

const topInputs = Object.keys(schemaShape.components[clusterToken]?.inputs ?? {});
/** More golden cases than these say nothing of the input. */
const mostNamed = 4;

const golden = goldenCaseNames().map((name) => ({ name, inputs: goldenInputs(name) }));

const ownIds = {
  ...{ vpcId: "vpc", transitGatewayId: "tgw", natGatewayId: "nat", allocationId: "eipalloc" },
  subnets: new Map([ranges, utilityRanges].flatMap((each) => Object.values(each)).map((range) => [range, "subnet"])),
};
const judged: readonly unknown[] = [
  ...clusters.map(({ inputs }) => inputs),
  ...networks.map(({ inputs }) => inputs(ownIds)),
];

export function isInput(path: string): boolean {
  return topInputs.includes(path.split(".")[0] ?? "");
}

/** `section`: the input that has the spec. */
export function inputsOf(field: string, verdict: Verdict, section: string): readonly string[] {
  switch (verdict.kind) {
    case "carried":
      return [`${section}.${field}`];
    case "own":
      return verdict.input.split(/,? /).filter(isInput);
    case "refused":
      return [];
  }
}

/** In words; undefined where no cluster has any of the inputs. */
export function judgesOf(paths: readonly string[]): string | undefined {
  const has = (inputs: unknown): boolean => paths.some((path) => holds(inputs, path.split(".")));
  const names = golden.filter(({ inputs }) => has(inputs)).map(({ name }) => `\`${name}\``);
  if (names.length > mostNamed) return "many golden cases";
  if (names.length > 0) return names.join(", ");
  return judged.some(has) ? "`tests/kops`" : undefined;
}

/** `*` stands for any key, and a path goes through lists. */
function holds(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((each) => holds(each, path));
  const [key, ...rest] = path;
  if (key === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value).filter(([name]) => key === "*" || key === name);
  return entries.some(([, each]) => holds(each, rest));
}
