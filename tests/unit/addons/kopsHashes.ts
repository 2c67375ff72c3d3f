/**
 * The hashes that kOps 1.36.2 itself wrote into the bootstrap channel for clusters that have no golden, run against a
 * simulated AWS with S3_ENDPOINT http://127.0.0.1:18377 and KOPS_BASE_URL http://127.0.0.1:18081/kops/1.36.2. Every case has
 * --networking cilium, one zone and Kubernetes 1.35.5 where its comment says nothing else.
 */
export const kopsHashes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // --kubernetes-version 1.36.0
  "newest Kubernetes": {
    "kops-controller.addons.k8s.io": "6a958023d9a970cd10930b257c56bfc2fedb039ae52464850b960443d26d8af6",
    "coredns.addons.k8s.io": "101237bed80482a5448266715707d5a336197bdc0d17dc74328c4ed6fa165be8",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "6888cc26a08c4599a432dd5ba557e10fa27790c353d9d4c4bf7b9138a95064d1",
    "aws-cloud-controller.addons.k8s.io": "b84e8cba05348fbd04ea35ab0b1a81104798ba91e8611edd09afa59c13ff4a7c",
    "aws-ebs-csi-driver.addons.k8s.io": "1e3ef0a93ff781c12ec1ecf9a05e58634d94f070ea5261b52aa2fe03f296b57b",
  },
  // --zones and --control-plane-zones us-east-1{a,b,c,d,f}
  "five control planes": {
    "kops-controller.addons.k8s.io": "6a958023d9a970cd10930b257c56bfc2fedb039ae52464850b960443d26d8af6",
    "coredns.addons.k8s.io": "101237bed80482a5448266715707d5a336197bdc0d17dc74328c4ed6fa165be8",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "ff1f5816a5f2121136615b826b13ac7697c2d1bbd21923acf10c5246c31b7b21",
    "aws-cloud-controller.addons.k8s.io": "b84e8cba05348fbd04ea35ab0b1a81104798ba91e8611edd09afa59c13ff4a7c",
    "aws-ebs-csi-driver.addons.k8s.io": "4a92dd8627a9fcc6b2ec1a271ad6685104014ec228eccfc6b37b1906d1a63cef",
  },
  // --cloud-labels 'team=a b,cost=7,Owner=x'
  "cloud labels": {
    "kops-controller.addons.k8s.io": "6a958023d9a970cd10930b257c56bfc2fedb039ae52464850b960443d26d8af6",
    "coredns.addons.k8s.io": "101237bed80482a5448266715707d5a336197bdc0d17dc74328c4ed6fa165be8",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "cbacb8227da200ac562861957af1da347244237472c074896e6e0d9782c61579",
    "aws-cloud-controller.addons.k8s.io": "b84e8cba05348fbd04ea35ab0b1a81104798ba91e8611edd09afa59c13ff4a7c",
    "aws-ebs-csi-driver.addons.k8s.io": "706601535a648e269f287aad0a6deae989f6b49a52c754e406a8475abf7d7186",
  },
  // --cloud-labels 'x=a:b+c/d@e,y=lead,z=tail '
  "odd cloud labels": {
    "kops-controller.addons.k8s.io": "6a958023d9a970cd10930b257c56bfc2fedb039ae52464850b960443d26d8af6",
    "coredns.addons.k8s.io": "101237bed80482a5448266715707d5a336197bdc0d17dc74328c4ed6fa165be8",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "cefefaee4fd58148a317b5e115417a14d22bf37a42bd22b497fb1b6073daf465",
    "aws-cloud-controller.addons.k8s.io": "b84e8cba05348fbd04ea35ab0b1a81104798ba91e8611edd09afa59c13ff4a7c",
    "aws-ebs-csi-driver.addons.k8s.io": "7805f85bd02ac71156d96f744f677629e3d03f2d8430a3390d3cb59e2c307192",
  },
  // --cloud-labels 'x=a #b,y=%&<>', S3_SECRET_ACCESS_KEY 'a+b/c=='
  "a comment in cloud labels, keys with signs": {
    "kops-controller.addons.k8s.io": "0ac9c7ef2dc29a4feb6ef70685905a059ec4b0b51d45f038cf8ec6758811afea",
    "coredns.addons.k8s.io": "101237bed80482a5448266715707d5a336197bdc0d17dc74328c4ed6fa165be8",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "f909786079ee9e8e8cd0c2d8206d664672d4e491e7eb8a48c9009592b18e013a",
    "aws-cloud-controller.addons.k8s.io": "b84e8cba05348fbd04ea35ab0b1a81104798ba91e8611edd09afa59c13ff4a7c",
    "aws-ebs-csi-driver.addons.k8s.io": "69135eeb007e6bdb7adf20e56229dbfac4536622ee6e643b6e8f70133493fa18",
  },
  // --cloud-labels 'colon=x', state store s3://kops-state/some/prefix, S3_SECRET_ACCESS_KEY 12345
  "a name too long for roles, a prefix": {
    "kops-controller.addons.k8s.io": "ff2bcc1afaeda91bf13f27427939334c02d0e329fd1193142ac9fdcdc567aaa2",
    "coredns.addons.k8s.io": "0dd9b8abec105e825aa7dd6e9602defade9b196b0ca13140f60ea887b1347118",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "2fc77d11db543348df29eb84e5a571ec551d65c0aa3c336034ee78a6346c0b80",
    "aws-cloud-controller.addons.k8s.io": "a5460d63ce1492d2e71991a1915777bba44df5f7a1c9abf51c40ab5e6ce11c2c",
    "aws-ebs-csi-driver.addons.k8s.io": "85bb235a1e15638b326c91ed36273edba7d4c3bbf33b4a9e9466de50be0fa2e6",
  },
  // --zones us-east-1a,us-east-1b --topology private --bastion
  "private topology": {
    "kops-controller.addons.k8s.io": "6a958023d9a970cd10930b257c56bfc2fedb039ae52464850b960443d26d8af6",
    "coredns.addons.k8s.io": "101237bed80482a5448266715707d5a336197bdc0d17dc74328c4ed6fa165be8",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "6888cc26a08c4599a432dd5ba557e10fa27790c353d9d4c4bf7b9138a95064d1",
    "aws-cloud-controller.addons.k8s.io": "b84e8cba05348fbd04ea35ab0b1a81104798ba91e8611edd09afa59c13ff4a7c",
    "aws-ebs-csi-driver.addons.k8s.io": "1e3ef0a93ff781c12ec1ecf9a05e58634d94f070ea5261b52aa2fe03f296b57b",
  },
  // --dns private --dns-zone example.com
  "private DNS": {
    "kops-controller.addons.k8s.io": "6a958023d9a970cd10930b257c56bfc2fedb039ae52464850b960443d26d8af6",
    "coredns.addons.k8s.io": "92848868892af32ba17302d157d1aa5cbbd20801eb8cc5f82eb2bf81819361d7",
    "kubelet-api.rbac.addons.k8s.io": "da91eb5cf9a29f1b03510007d6d54603aef2fc23a305abc9ba496c510dfd3bc7",
    "limit-range.addons.k8s.io": "686cc69e559a1c6f5e8b94e38de54a575a25c432ed5ceec565244b965fb5f07f",
    "dns-controller.addons.k8s.io": "5a9a9714581fb8841c51acc9eb96e3b819a8173c6df5ded6fcc8e6088f557c4a",
    "storage-aws.addons.k8s.io": "4065da166f272f6fdd34db6bb66ae6da239d01d91d5c7b391a88be1f5f2bc02e",
    "networking.cilium.io": "6888cc26a08c4599a432dd5ba557e10fa27790c353d9d4c4bf7b9138a95064d1",
    "aws-cloud-controller.addons.k8s.io": "b84e8cba05348fbd04ea35ab0b1a81104798ba91e8611edd09afa59c13ff4a7c",
    "aws-ebs-csi-driver.addons.k8s.io": "1e3ef0a93ff781c12ec1ecf9a05e58634d94f070ea5261b52aa2fe03f296b57b",
  },
};
