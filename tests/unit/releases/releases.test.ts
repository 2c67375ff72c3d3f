import { expect } from "chai";
import { architectures, fileHash, nodeFileUrls } from "../../../provider/src/model/nodeFiles";
import { kopsReleases } from "../../../provider/src/releases";
import type { Cni } from "../../../provider/src/schema/types.gen";

const cnis = ["amazonvpc", "calico", "cilium", "kindnet", "none"] as const satisfies readonly Cni[];

describe("the facts of a release", () => {
  for (const release of Object.values(kopsReleases)) {
    const kubernetesVersions = Object.values(release.kubernetes.versions).flat();

    it(`${release.version}: have a hash for every file that a node of any Kubernetes version downloads`, () => {
      for (const kubernetesVersion of kubernetesVersions) {
        for (const cni of cnis) {
          const urls = architectures.flatMap((each) => nodeFileUrls({ release, kubernetesVersion, cni }, each));
          for (const url of urls) expect(fileHash(release, url, {}), url).to.match(/^[0-9a-f]{64}$/);
        }
      }
    });

    it(`${release.version}: list every Kubernetes version that they have hashes for`, () => {
      const hashed = Object.keys(release.nodeFiles.hashes).flatMap(
        (url) => /\/v([0-9.]+)\/bin\/linux\/amd64\/kubelet$/.exec(url)?.[1] ?? [],
      );
      expect([...kubernetesVersions].sort()).to.deep.equal(hashed.sort());
      expect(kubernetesVersions).to.include(release.kubernetes.defaultVersion);
    });

    it(`${release.version}: say for each Kubernetes minor version which etcd and Karpenter go with it`, () => {
      const minors = Object.keys(release.kubernetes.versions);
      expect(Object.keys(release.etcd.versions)).to.deep.equal(minors);
      expect(Object.keys(release.karpenter.oldestByKubernetes)).to.deep.equal(minors);
      const managed = release.etcd.managed.map(({ version }) => version);
      expect(managed).to.include.members(Object.values(release.etcd.versions));
    });
  }
});
