/** The table of effects against what is made for the two programs of each example: what does a change really roll? */
import { expect } from "chai";
import { nodeClassManifest } from "../../../../provider/src/addons/karpenter/nodeClass";
import { nodePoolManifest } from "../../../../provider/src/addons/karpenter/nodePool";
import { karpenterGroups, type UnwrappedCluster } from "../../../../provider/src/model/cluster";
import { type Keyset, keysetNames, type RuntimeFacts } from "../../../../provider/src/model/runtime";
import { inOrderOfIds } from "../../../../provider/src/model/keysets";
import { cloudGroupRows } from "../../../../provider/src/plan/cloudGroups";
import { controlPlaneRows } from "../../../../provider/src/plan/controlPlane";
import { controlPlaneUserData, nodeUserData } from "../../../../provider/src/render/bootstrap/artifacts";
import { resolveCluster } from "../../../../provider/src/resolve/cluster";
import type { ClusterInputs } from "../../../../provider/src/schema/types.gen";
import type { Effect } from "../../../../provider/src/validate/changes/effects";
import { changeRows } from "../../../../provider/src/validate/changes/table";
import { goldenFacts } from "../../../golden/cases";
import { exampleOf } from "../../../support/changes";
import type { ProgramInputs } from "../../../support/programInputs";
import { renderText } from "../../../support/renderText";

/** Examples hold no outputs, so that a resolved cluster is a settled one. */
function clusterOf(program: ProgramInputs): UnwrappedCluster {
  return resolveCluster(program as unknown as ClusterInputs) as UnwrappedCluster;
}

function factsOf(program: ProgramInputs): RuntimeFacts {
  const { stateStoreAccess, encryptionConfig } = program;
  const access = { region: "us-east-1", ...(stateStoreAccess as object) } as RuntimeFacts["storeAccess"];
  const facts = goldenFacts("default");
  return {
    ...facts,
    encryptionConfigHash: encryptionConfig as string | undefined,
    storeAccess: stateStoreAccess === undefined ? undefined : access,
    keysets: keysetsOf(clusterOf(program)),
    apiLoadBalancer: { ...facts.apiLoadBalancer, addresses: addressesOf(clusterOf(program)) },
  };
}

/** The load balancer has one in each zone. */
function addressesOf({ declared: { zones } }: UnwrappedCluster): readonly string[] {
  return zones.map((_zone, index) => `172.20.${String(index)}.10`);
}

/** A key for each that is declared: made of its name, since only their presence matters here. */
function keysetsOf({ keysets }: UnwrappedCluster): RuntimeFacts["keysets"] {
  const made = keysetNames.map((keyset): [string, Keyset] => {
    const { primary, keys } = keysets[keyset];
    const { publicKey } = goldenFacts("default").keysets[keyset].keys[0]!;
    const idOf = (name: string): string => {
      const place = keys.findIndex((key) => key.name === name);
      return keys[place]?.id ?? String(100 + place);
    };
    return [
      keyset,
      {
        primaryId: idOf(primary),
        keys: inOrderOfIds(
          keys.map(({ name, distrustTimestamp }) => ({
            id: idOf(name),
            certificate: name,
            publicKey,
            ...(distrustTimestamp === undefined ? {} : { distrustTimestamp }),
          })),
        ),
      },
    ];
  });
  return Object.fromEntries(made) as RuntimeFacts["keysets"];
}

type Parts = ReadonlyMap<string, unknown>;

/** All launch templates have it. */
function keyOf(cluster: UnwrappedCluster): unknown {
  return cluster.ssh.publicKey ?? controlPlaneRows(cluster).existingKeyName;
}

/** What each control-plane group starts an instance with. */
function controlPlaneOf(program: ProgramInputs): Parts {
  const cluster = clusterOf(program);
  const { launchTemplates } = controlPlaneRows(cluster);
  return new Map(
    launchTemplates.map((template) => {
      const userData = renderText(controlPlaneUserData(template.ref), cluster, factsOf(program));
      return [template.ref, { template, userData, key: keyOf(cluster) }];
    }),
  );
}

/**
 * What Karpenter compares with a node that runs: its class with the script, and the template of its pool. What workers of Auto
 * Scaling groups are started from.
 */
function nodesOf(program: ProgramInputs): Parts {
  const cluster = clusterOf(program);
  const templates = cloudGroupRows(cluster).launchTemplates.map((template) => {
    const userData = renderText(nodeUserData(template.ref), cluster, factsOf(program));
    return [template.ref, { template, userData, key: keyOf(cluster) }] as const;
  });
  const pools = karpenterGroups(cluster).flatMap((group) => {
    const userData = renderText(nodeUserData(group.name), cluster, factsOf(program));
    const { spec } = nodeClassManifest(cluster, group, "/dev/sda1");
    // Left out of the hash (karpenter-provider-aws v1.14.1 pkg/apis/v1/ec2nodeclass.go:67), and of no other comparison.
    const nodeClass = { ...spec, ipPrefixCount: undefined };
    return group.nodePools.map((pool) => {
      const { template } = nodePoolManifest(group, pool).spec as unknown as { readonly template: unknown };
      return [`${group.name}/${pool.name}`, { nodeClass, userData, template }] as const;
    });
  });
  return new Map<string, unknown>([...templates, ...pools]);
}

/** Groups select their subnets by a tag: nodes in one that has lost it have drifted. */
function losesSubnets(from: ProgramInputs, to: ProgramInputs): boolean {
  const after = new Map(clusterOf(to).nodeGroups.map(({ name, subnets }) => [name, subnets]));
  return clusterOf(from).nodeGroups.some(({ name, subnets }) =>
    subnets.some((subnet) => after.get(name)?.includes(subnet) === false),
  );
}

/** Whether anything that is on both sides differs. */
function differ(from: Parts, to: Parts): boolean {
  return [...from].some(([key, part]) => to.has(key) && JSON.stringify(part) !== JSON.stringify(to.get(key)));
}

describe("what a change rolls", () => {
  for (const { path, effects } of changeRows) {
    const isStopped = effects.some((effect) => effect === "refused" || effect === "needs acknowledgement");
    // There is one kOps release to come from, as yet.
    if (isStopped || path === "kopsVersion") continue;
    it(`${path}: ${effects.join(", ")}`, () => {
      const { from, to } = exampleOf(path);
      const rolled: Effect[] = [];
      if (differ(controlPlaneOf(from), controlPlaneOf(to))) rolled.push("rolls the control plane");
      if (differ(nodesOf(from), nodesOf(to)) || losesSubnets(from, to)) rolled.push("rolls the group's nodes");
      expect(rolled).to.deep.equal(effects.filter((effect) => effect.startsWith("rolls ")));
    });
  }
});
