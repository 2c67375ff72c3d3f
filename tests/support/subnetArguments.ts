/** Arguments that give `kops create cluster` the address ranges that the component gives subnets by default. */
import { resolveCluster } from "../../provider/src/resolve/cluster";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";

/** Of the inputs, the zones and the network matter. kOps would cut the network by the number of zones, so that a further zone moves the subnets of the others. */
export function subnetArguments(inputs: object): readonly string[] {
  const { network } = resolveCluster({ clusterName: "c.example.com", ...inputs } as ClusterInputs);
  return network.subnets.map(
    ({ cidr }, index) => `--set=cluster.spec.networking.subnets[${String(index)}].cidr=${cidr}`,
  );
}
