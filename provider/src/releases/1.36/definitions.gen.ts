// Written by codegen/release from the Go module k8s.io/kops. Do not edit.
import type { KopsRelease } from "../release";

export const definitions: KopsRelease["addons"]["definitions"] = {
  "certmanager.io": {
    path: "upup/models/cloudup/resources/addons/certmanager.io/k8s-1.16.yaml.template",
    sha256: "5ebc9a4f22c5f120c3cc57ae422e8d805858588e1e581c4bee18d7db82555a85",
  },
  "aws-load-balancer-controller.addons.k8s.io": {
    path: "upup/models/cloudup/resources/addons/aws-load-balancer-controller.addons.k8s.io/k8s-1.19-irsa.yaml.template",
    sha256: "51bf2c372687ab3d4ec9727ae76e135e4e29faaf295255c843585e44e8d0be36",
  },
  "snapshot-controller.addons.k8s.io": {
    path: "upup/models/cloudup/resources/addons/snapshot-controller.addons.k8s.io/k8s-1.20.yaml.template",
    sha256: "09402d416aa0be5b391417b11ac5a5f85d155d5bc779ba64701c7207fe8e2e4c",
  },
  "networking.projectcalico.org": {
    path: "upup/models/cloudup/resources/addons/networking.projectcalico.org/k8s-1.25.yaml.template",
    sha256: "43242d9fadde8eb6941b28734d672bf1eb8e250d3809b6d9d3c5a440d02a7e44",
  },
  "networking.amazon-vpc-routed-eni": {
    path: "upup/models/cloudup/resources/addons/networking.amazon-vpc-routed-eni/k8s-1.16.yaml.template",
    sha256: "cd3c701cae8b66a095ece58f7cdb375e469fd4842443cc3856d6eb2d21509dc2",
  },
};
