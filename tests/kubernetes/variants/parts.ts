/** Parts of the groups in the tables. */
import type { InterfaceType, NetworkInterface, NodeGroup, NodePool } from "../../../provider/src/schema/types.gen";

/** Of the resource definitions that the API server judges by (tools/karpenter/go.mod). */
export const karpenterVersion = "1.14.1";

export const pool = (settings: NodePool): NodeGroup => ({ nodePools: { pool: settings } });
export const requirement = (settings: NonNullable<NodePool["requirements"]>[number]): NodeGroup =>
  pool({ requirements: [settings] });

export function terms(count: number) {
  return Array.from({ length: count }, (_, index) => ({ id: `cr-${String(index)}` }));
}

export function manyVolumes(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    deviceName: `/dev/xvd${index < 26 ? "b" : "c"}${String.fromCharCode(97 + (index % 26))}`,
    size: 1,
  }));
}

export function networkInterface(
  card: number,
  device: number,
  interfaceType: InterfaceType = "interface",
): NetworkInterface {
  return { networkCardIndex: card, deviceIndex: device, interfaceType };
}

export interface Rejected {
  readonly name: string;
  readonly group: NodeGroup;
  /** Part of the component's reason. */
  readonly ours: string;
  /** The API server's. */
  readonly theirs: RegExp;
}
