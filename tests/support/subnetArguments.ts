/** Arguments that give `kops create cluster` the address ranges that the component gives subnets by default. */
import { resolveCluster } from "../../provider/src/resolve/cluster";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";

/** kOps would cut the network by the number of zones, so that a further zone moves the subnets of the others. */
export function subnetArguments(inputs: Omit<ClusterInputs, "clusterName">): readonly string[] {
  const { network } = resolveCluster({ clusterName: "c.example.com", ...inputs });
  return network.subnets.map(
    ({ cidr }, index) => `--set=cluster.spec.networking.subnets[${String(index)}].cidr=${cidr}`,
  );
}
