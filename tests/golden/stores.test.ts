import { expect } from "chai";
import { parse } from "yaml";
import { yaml } from "../../provider/src/encode/yaml";
import { artifacts } from "../../provider/src/render/artifacts";
import type { ResolvedCluster } from "../../provider/src/model/cluster";
import { renderText } from "../support/renderText";
import { goldenCase, goldenCaseNames, goldenReleases, type GoldenCase } from "./cases";

const channelPath = "addons/bootstrap-channel.yaml";

for (const [release, name] of goldenReleases.flatMap((each) =>
  goldenCaseNames(each).map((name) => [each, name] as const),
)) {
  describe(`stores of the case ${name} of kOps ${release}`, () => {
    const golden = goldenCase(name, release);
    const state = rendered(golden, "state");
    const discovery = rendered(golden, "discovery");

    it("holds the files that kOps writes, and no others", () => {
      // The bootstrap script is our own text; Karpenter comes from its chart. Goldens hold neither.
      const ours = [...state.keys()].filter((path) => !path.endsWith("/nodeupscript.sh"));
      // `kops create -f` leaves no list of the user's own addons, `kops create cluster` an empty one.
      const theirs = new Set([...golden.state.keys(), "clusteraddons/default"]);
      expect(ours.sort()).to.deep.equal([...theirs].sort());
      expect([...discovery.keys()].sort()).to.deep.equal([...golden.discovery.keys()].sort());
    });

    for (const [path, want] of golden.state) {
      it(path, () => {
        expect(state.get(path)).to.equal(asCreated(path, want, golden));
      });
    }
    for (const [path, want] of golden.discovery) {
      it(`discovery: ${path}`, () => {
        expect(discovery.get(path)).to.equal(want);
      });
    }
  });
}

function rendered({ cluster, facts }: GoldenCase, store: "state" | "discovery"): ReadonlyMap<string, string> {
  return new Map(
    artifacts(cluster as ResolvedCluster)
      .filter((each) => each.store === store)
      .map((each) => {
        const path = typeof each.path === "string" ? each.path : each.path(cluster);
        return [path, renderText(each, cluster, facts)];
      }),
  );
}

/** What `kops create cluster` would have left for the same spec, where a case had to be edited; and our one difference. */
function asCreated(path: string, text: string, { cluster }: GoldenCase): string {
  if (path === channelPath && cluster.karpenter.enabled) return withoutKarpenter(text);
  if (!path.startsWith("instancegroup/")) return text;
  return text.replace(/^ {2}generation: \d+\n/m, "").replace(/^ {2}labels:\n {4}kops\.k8s\.io\/cluster: .*\n/m, "");
}

function withoutKarpenter(channel: string): string {
  const document = parse(channel) as { spec: { addons: { name: string }[] } };
  const addons = document.spec.addons.filter((addon) => addon.name !== "karpenter.sh");
  expect(addons.length).to.equal(document.spec.addons.length - 1);
  return yaml({ ...document, spec: { ...document.spec, addons } });
}
