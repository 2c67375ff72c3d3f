/** Calico's options: as the cluster spec declares them, and with kOps's defaults. */
import type { YamlObject } from "../../encode/yaml";
import type { UnwrappedCluster } from "../../model/cluster";
import { optionalImage } from "../../model/containerImages";
import type { CalicoDefaults } from "../../releases/release";
import type { Calico } from "../../schema/types.gen";

export type CalicoSettings = CalicoDefaults & Pick<Calico, "nftablesMode">;

export function calicoSettings({ calico, release }: UnwrappedCluster): CalicoSettings {
  return { ...release.addons.calico.defaults, ...given(calico) } as CalicoSettings;
}

/** In kOps's API, a zero says the same as nothing, save in this field (kops pkg/apis/kops/v1alpha2/networking.go:243). */
const keptIfFalse = "wireguardEnabled";

export function declaredCalico({ calico }: UnwrappedCluster): YamlObject {
  const fields = Object.entries(given(calico) as YamlObject);
  return Object.fromEntries(fields.filter(([name, value]) => name === keptIfFalse || (value !== false && value !== 0)));
}

/** kops pkg/model/components/calico.go:38 */
export function completedCalico(cluster: UnwrappedCluster): YamlObject {
  return { ...declaredCalico(cluster), encapsulationMode: cluster.release.addons.calico.defaults.encapsulationMode };
}

function given(calico: Calico): Calico {
  return Object.fromEntries(Object.entries(calico).filter(([, value]) => value !== undefined));
}

export function usesTypha(cluster: UnwrappedCluster): boolean {
  return calicoSettings(cluster).typhaReplicas > 0;
}

export function calicoImage(
  cluster: UnwrappedCluster,
  name: "calicoCni" | "calicoKubeControllers" | "calicoNode" | "calicoTypha",
): string {
  return optionalImage(cluster, name, cluster.calico);
}
