// Written by codegen/release from the Go module k8s.io/kops. Do not edit.

/** SHA-256, in hex, by canonical URL. */
export const fileHashes: Readonly<Record<string, string>> = {
  // pkg/assets/assetdata/k8s-1.34.yaml:32
  "https://dl.k8s.io/release/v1.34.0/bin/linux/amd64/kubectl":
    "cfda68cba5848bc3b6c6135ae2f20ba2c78de20059f68789c090166d6abc3e2c",
  // pkg/assets/assetdata/k8s-1.34.yaml:36
  "https://dl.k8s.io/release/v1.34.0/bin/linux/amd64/kubelet":
    "5c0d28cea2a3a5c91861dda088a29d56c1b027e184dae1d792686f0710750076",
  // pkg/assets/assetdata/k8s-1.34.yaml:56
  "https://dl.k8s.io/release/v1.34.0/bin/linux/arm64/kubectl":
    "00b182d103a8a73da7a4d11e7526d0543dcf352f06cc63a1fde25ce9243f49a0",
  // pkg/assets/assetdata/k8s-1.34.yaml:60
  "https://dl.k8s.io/release/v1.34.0/bin/linux/arm64/kubelet":
    "e45a7795391cd62ee226666039153832d3096c0f892266cd968936e18b2b40b0",
  // pkg/assets/assetdata/k8s-1.34.yaml:89
  "https://dl.k8s.io/release/v1.34.1/bin/linux/amd64/kubectl":
    "7721f265e18709862655affba5343e85e1980639395d5754473dafaadcaa69e3",
  // pkg/assets/assetdata/k8s-1.34.yaml:93
  "https://dl.k8s.io/release/v1.34.1/bin/linux/amd64/kubelet":
    "5a72c596c253ea0b0e5bcc6f29903fd41d1d542a7cadf3700c165a2a041a8d82",
  // pkg/assets/assetdata/k8s-1.34.yaml:113
  "https://dl.k8s.io/release/v1.34.1/bin/linux/arm64/kubectl":
    "420e6110e3ba7ee5a3927b5af868d18df17aae36b720529ffa4e9e945aa95450",
  // pkg/assets/assetdata/k8s-1.34.yaml:117
  "https://dl.k8s.io/release/v1.34.1/bin/linux/arm64/kubelet":
    "6a66bc08d6c637fcea50c19063cf49e708fde1630a7f1d4ceca069a45a87e6f1",
  // pkg/assets/assetdata/k8s-1.34.yaml:146
  "https://dl.k8s.io/release/v1.34.2/bin/linux/amd64/kubectl":
    "9591f3d75e1581f3f7392e6ad119aab2f28ae7d6c6e083dc5d22469667f27253",
  // pkg/assets/assetdata/k8s-1.34.yaml:150
  "https://dl.k8s.io/release/v1.34.2/bin/linux/amd64/kubelet":
    "9c5e717b774ee9b9285ce47e7d2150c29e84837eb19a7eaa24b60b1543c9d58f",
  // pkg/assets/assetdata/k8s-1.34.yaml:170
  "https://dl.k8s.io/release/v1.34.2/bin/linux/arm64/kubectl":
    "95df604e914941f3172a93fa8feeb1a1a50f4011dfbe0c01e01b660afc8f9b85",
  // pkg/assets/assetdata/k8s-1.34.yaml:174
  "https://dl.k8s.io/release/v1.34.2/bin/linux/arm64/kubelet":
    "3e31b1bee9ab32264a67af8a19679777cd372b1c3a04b5d7621289cf137b357c",
  // pkg/assets/assetdata/k8s-1.34.yaml:203
  "https://dl.k8s.io/release/v1.34.3/bin/linux/amd64/kubectl":
    "ab60ca5f0fd60c1eb81b52909e67060e3ba0bd27e55a8ac147cbc2172ff14212",
  // pkg/assets/assetdata/k8s-1.34.yaml:207
  "https://dl.k8s.io/release/v1.34.3/bin/linux/amd64/kubelet":
    "0e759f40bbc717c05227ae3994b77786f58f59ffa0137a34958c6b26fa5bcbbd",
  // pkg/assets/assetdata/k8s-1.34.yaml:227
  "https://dl.k8s.io/release/v1.34.3/bin/linux/arm64/kubectl":
    "46913a7aa0327f6cc2e1cc2775d53c4a2af5e52f7fd8dacbfbfd098e757f19e9",
  // pkg/assets/assetdata/k8s-1.34.yaml:231
  "https://dl.k8s.io/release/v1.34.3/bin/linux/arm64/kubelet":
    "765b740e3ad9c590852652a2623424ec60e2dddce2c6280d7f042f56c8c98619",
  // pkg/assets/assetdata/k8s-1.34.yaml:260
  "https://dl.k8s.io/release/v1.34.4/bin/linux/amd64/kubectl":
    "d50c359d95e0841eaad08ddc27c7be37cba8fdccfba5c8e2ded65e121ff112db",
  // pkg/assets/assetdata/k8s-1.34.yaml:264
  "https://dl.k8s.io/release/v1.34.4/bin/linux/amd64/kubelet":
    "03b8fea715a7ef82eeaf518dee34c72670c57cc7bc40dc1320c04fbf4f15172f",
  // pkg/assets/assetdata/k8s-1.34.yaml:284
  "https://dl.k8s.io/release/v1.34.4/bin/linux/arm64/kubectl":
    "5b982c0644ab1e27780246b9085a5886651b4a7ed86243acbb2bacc1bea01dda",
  // pkg/assets/assetdata/k8s-1.34.yaml:288
  "https://dl.k8s.io/release/v1.34.4/bin/linux/arm64/kubelet":
    "c78845473c434ee85a2444eeab87f8b20f524e3ab6854a078f79468f44aad8f5",
  // pkg/assets/assetdata/k8s-1.34.yaml:317
  "https://dl.k8s.io/release/v1.34.5/bin/linux/amd64/kubectl":
    "6a17dd8387783b3144a65535e38d02c351027e9718ea34a6c360476cb26d28bb",
  // pkg/assets/assetdata/k8s-1.34.yaml:321
  "https://dl.k8s.io/release/v1.34.5/bin/linux/amd64/kubelet":
    "660c7da5cca02dcd83ba21bb3df95a8983bb1c0169af396a8cc234a6d6e7297f",
  // pkg/assets/assetdata/k8s-1.34.yaml:341
  "https://dl.k8s.io/release/v1.34.5/bin/linux/arm64/kubectl":
    "2d433b53b99ea532f877df6fa5044286e3950d4933967ac3d99262760bc649fd",
  // pkg/assets/assetdata/k8s-1.34.yaml:345
  "https://dl.k8s.io/release/v1.34.5/bin/linux/arm64/kubelet":
    "a4cd54fa5af5ed6b4ed14cf172d30f53fd1f197d7d3f43af733b54b19cc87ac5",
  // pkg/assets/assetdata/k8s-1.34.yaml:374
  "https://dl.k8s.io/release/v1.34.6/bin/linux/amd64/kubectl":
    "3166155b17198c0af34ff5a360bd4d9d58db98bafadc6f3c2a57ae560563cd6b",
  // pkg/assets/assetdata/k8s-1.34.yaml:378
  "https://dl.k8s.io/release/v1.34.6/bin/linux/amd64/kubelet":
    "603e15187e0a909a2f104b17b3ea1d927514eae9fe1e96cd8a05b015cf1ee82c",
  // pkg/assets/assetdata/k8s-1.34.yaml:398
  "https://dl.k8s.io/release/v1.34.6/bin/linux/arm64/kubectl":
    "a49a439f83f504e6bc051f516a8baf8d2220d74110f7f9bcaf25feac69e368d1",
  // pkg/assets/assetdata/k8s-1.34.yaml:402
  "https://dl.k8s.io/release/v1.34.6/bin/linux/arm64/kubelet":
    "6b30975e2a582367b5048ffdf9ae26e05442cc18faaf29b5dbd9c6a6b556fa26",
  // pkg/assets/assetdata/k8s-1.34.yaml:431
  "https://dl.k8s.io/release/v1.34.7/bin/linux/amd64/kubectl":
    "b46ecf2b80f76d5a7d58c296c2e11e42c85eaa1eb866ddbc1e91625f71c21000",
  // pkg/assets/assetdata/k8s-1.34.yaml:435
  "https://dl.k8s.io/release/v1.34.7/bin/linux/amd64/kubelet":
    "1bc50f574e2f365513c07055e007d284d5e93322282ed288d27e81c2b4356d8c",
  // pkg/assets/assetdata/k8s-1.34.yaml:455
  "https://dl.k8s.io/release/v1.34.7/bin/linux/arm64/kubectl":
    "93d2113f1f38b5709f2955b7981fcd37d675c9aafda81702c202a63361b6093b",
  // pkg/assets/assetdata/k8s-1.34.yaml:459
  "https://dl.k8s.io/release/v1.34.7/bin/linux/arm64/kubelet":
    "07658e949e5a089faf36da7ae4e7242a4d2a97fa8eaace0980fd9705d23143a8",
  // pkg/assets/assetdata/k8s-1.34.yaml:488
  "https://dl.k8s.io/release/v1.34.8/bin/linux/amd64/kubectl":
    "f6249132865c13abe3c9dd5038f5da65849cb86eee1608c001831504e481aa8c",
  // pkg/assets/assetdata/k8s-1.34.yaml:492
  "https://dl.k8s.io/release/v1.34.8/bin/linux/amd64/kubelet":
    "117ff5f6923c9ab4af7fa4e995a2bdc48b4b0f84d00017b4d7368e1e861e84f2",
  // pkg/assets/assetdata/k8s-1.34.yaml:512
  "https://dl.k8s.io/release/v1.34.8/bin/linux/arm64/kubectl":
    "4c9fe1f717738950c638c38056130a8db5075e6413ae36d8687221a240cdf88b",
  // pkg/assets/assetdata/k8s-1.34.yaml:516
  "https://dl.k8s.io/release/v1.34.8/bin/linux/arm64/kubelet":
    "5d8d62d15f18c18998af09fcab83420b9cbccc2be7fede2a0b26f4a3f523c6b5",
  // pkg/assets/assetdata/k8s-1.35.yaml:32
  "https://dl.k8s.io/release/v1.35.0/bin/linux/amd64/kubectl":
    "a2e984a18a0c063279d692533031c1eff93a262afcc0afdc517375432d060989",
  // pkg/assets/assetdata/k8s-1.35.yaml:36
  "https://dl.k8s.io/release/v1.35.0/bin/linux/amd64/kubelet":
    "2f4ed7778681649b81244426c29c5d98df60ccabf83d561d69e61c1cbb943ddf",
  // pkg/assets/assetdata/k8s-1.35.yaml:56
  "https://dl.k8s.io/release/v1.35.0/bin/linux/arm64/kubectl":
    "58f82f9fe796c375c5c4b8439850b0f3f4d401a52434052f2df46035a8789e25",
  // pkg/assets/assetdata/k8s-1.35.yaml:60
  "https://dl.k8s.io/release/v1.35.0/bin/linux/arm64/kubelet":
    "aa658d077348b43d238f50966a583f4244b2a7d45590c77b3b165b7d44983ab8",
  // pkg/assets/assetdata/k8s-1.35.yaml:89
  "https://dl.k8s.io/release/v1.35.1/bin/linux/amd64/kubectl":
    "36e2f4ac66259232341dd7866952d64a958846470f6a9a6a813b9117bd965207",
  // pkg/assets/assetdata/k8s-1.35.yaml:93
  "https://dl.k8s.io/release/v1.35.1/bin/linux/amd64/kubelet":
    "e7343310e03ff0d424df4397bdfa4468947d6d1f0f93dac586c1e8d6e4086d5d",
  // pkg/assets/assetdata/k8s-1.35.yaml:113
  "https://dl.k8s.io/release/v1.35.1/bin/linux/arm64/kubectl":
    "706256e21a4e9192ee62d1a007ac0bfcff2b0b26e92cc7baad487a6a5d08ff82",
  // pkg/assets/assetdata/k8s-1.35.yaml:117
  "https://dl.k8s.io/release/v1.35.1/bin/linux/arm64/kubelet":
    "73475c6db8fd8a9780b1b378fa2f917875e6146166c24603c1abc6eafd4493a8",
  // pkg/assets/assetdata/k8s-1.35.yaml:146
  "https://dl.k8s.io/release/v1.35.2/bin/linux/amd64/kubectl":
    "924eb50779153f20cb668117d141440b95df2f325a64452d78dff9469145e277",
  // pkg/assets/assetdata/k8s-1.35.yaml:150
  "https://dl.k8s.io/release/v1.35.2/bin/linux/amd64/kubelet":
    "20887f461c0de96b0cb14c7af6b897f92d424ac078f8642f98e83ef52a0bf03e",
  // pkg/assets/assetdata/k8s-1.35.yaml:170
  "https://dl.k8s.io/release/v1.35.2/bin/linux/arm64/kubectl":
    "cd859449f54ad2cb05b491c490c13bb836cdd0886ae013c0aed3dd67ff747467",
  // pkg/assets/assetdata/k8s-1.35.yaml:174
  "https://dl.k8s.io/release/v1.35.2/bin/linux/arm64/kubelet":
    "eaf11f9c20c385624775671662e127b083c9b5d0b451fd613f9468e09ca5656c",
  // pkg/assets/assetdata/k8s-1.35.yaml:203
  "https://dl.k8s.io/release/v1.35.3/bin/linux/amd64/kubectl":
    "fd31c7d7129260e608f6faf92d5984c3267ad0b5ead3bced2fe125686e286ad6",
  // pkg/assets/assetdata/k8s-1.35.yaml:207
  "https://dl.k8s.io/release/v1.35.3/bin/linux/amd64/kubelet":
    "28d570423eaad5f1f5658a646bd8c015c786c95d62ffaf14bf35fa0c4326fa05",
  // pkg/assets/assetdata/k8s-1.35.yaml:227
  "https://dl.k8s.io/release/v1.35.3/bin/linux/arm64/kubectl":
    "6f0cd088a82dde5d5807122056069e2fac4ed447cc518efc055547ae46525f14",
  // pkg/assets/assetdata/k8s-1.35.yaml:231
  "https://dl.k8s.io/release/v1.35.3/bin/linux/arm64/kubelet":
    "58496a5d16d4316b18397735190d2d41e0c368169ecb458d91b09f4cd1e03c80",
  // pkg/assets/assetdata/k8s-1.35.yaml:260
  "https://dl.k8s.io/release/v1.35.4/bin/linux/amd64/kubectl":
    "b529430df69a688fd61b64ad2299edb5fd71cb58be2a4779dba624c7d3510efd",
  // pkg/assets/assetdata/k8s-1.35.yaml:264
  "https://dl.k8s.io/release/v1.35.4/bin/linux/amd64/kubelet":
    "983a6ba5a49823dcdd745c674e5e2416377dd27d6ad1b42d2befa0fb961a19f6",
  // pkg/assets/assetdata/k8s-1.35.yaml:284
  "https://dl.k8s.io/release/v1.35.4/bin/linux/arm64/kubectl":
    "6a5a4cc4e396d7626a7a693a3044b51c75520f81db30fe6816c2554e53be336f",
  // pkg/assets/assetdata/k8s-1.35.yaml:288
  "https://dl.k8s.io/release/v1.35.4/bin/linux/arm64/kubelet":
    "d710eef03bb4ad164bb77af9be5b11b44f874e2fc08153c7d383420d685f73e8",
  // pkg/assets/assetdata/k8s-1.35.yaml:317
  "https://dl.k8s.io/release/v1.35.5/bin/linux/amd64/kubectl":
    "90f75ea6ecc9ea5633262e1c0b83a40560003b30fc94a04cb099404fcef0c224",
  // pkg/assets/assetdata/k8s-1.35.yaml:321
  "https://dl.k8s.io/release/v1.35.5/bin/linux/amd64/kubelet":
    "4ba1f892bd52fdae7cd2abb1b1111054ff274c71f88af0a85fd9f1107e8d46c8",
  // pkg/assets/assetdata/k8s-1.35.yaml:341
  "https://dl.k8s.io/release/v1.35.5/bin/linux/arm64/kubectl":
    "ac69e06fd6860d69786692f5af1c3a1208ed54f8366a4d97ab15c172e99765ee",
  // pkg/assets/assetdata/k8s-1.35.yaml:345
  "https://dl.k8s.io/release/v1.35.5/bin/linux/arm64/kubelet":
    "a100cfe89d7dd7a49a07164c6ccb78df02563483ef5b37330e1150e37e8868b3",
  // pkg/assets/assetdata/k8s-1.36.yaml:32
  "https://dl.k8s.io/release/v1.36.0/bin/linux/amd64/kubectl":
    "123d8c8844f46b1244c547fffb3c17180c0c26dac9890589fe7e67763298748e",
  // pkg/assets/assetdata/k8s-1.36.yaml:36
  "https://dl.k8s.io/release/v1.36.0/bin/linux/amd64/kubelet":
    "d857082946c28493e8fdc52227feabd962e0e0900b6c6e4f6510168043b79dd4",
  // pkg/assets/assetdata/k8s-1.36.yaml:56
  "https://dl.k8s.io/release/v1.36.0/bin/linux/arm64/kubectl":
    "9f9d9c44a7b5264515ac9da5991584e2395bd50662e651132337e7b4d0c56f8f",
  // pkg/assets/assetdata/k8s-1.36.yaml:60
  "https://dl.k8s.io/release/v1.36.0/bin/linux/arm64/kubelet":
    "049d95107361583e64f3ac9b8c9bdaf73fc7e512a838972b13b423a33ece87e9",
  // pkg/assets/assetdata/k8s-1.36.yaml:89
  "https://dl.k8s.io/release/v1.36.1/bin/linux/amd64/kubectl":
    "629d3f410e09bf49b64ae7079f7f0bda1191efed311f7d37fdbab0ad5b0ec2b7",
  // pkg/assets/assetdata/k8s-1.36.yaml:93
  "https://dl.k8s.io/release/v1.36.1/bin/linux/amd64/kubelet":
    "7efa1780c73d9fb3a464002864e582eb2d15aa691e475eaae323093d08feae14",
  // pkg/assets/assetdata/k8s-1.36.yaml:113
  "https://dl.k8s.io/release/v1.36.1/bin/linux/arm64/kubectl":
    "59f7ee8e477fae658447607dc3c8790ac17a1b016c01c622c12070e969e2d4e7",
  // pkg/assets/assetdata/k8s-1.36.yaml:117
  "https://dl.k8s.io/release/v1.36.1/bin/linux/arm64/kubelet":
    "bf274dd3affbf2543d20465dee1f763f668f78c6fbd56197794f81337a49d687",
  // pkg/assets/assetdata/ecr.yaml:7
  "https://artifacts.k8s.io/binaries/cloud-provider-aws/v1.31.7/linux/amd64/ecr-credential-provider-linux-amd64":
    "7644623e4ec9ad443ab352a8a5800a5180ee28741288be805286ba72bb8e7164",
  // pkg/assets/assetdata/ecr.yaml:9
  "https://artifacts.k8s.io/binaries/cloud-provider-aws/v1.31.7/linux/arm64/ecr-credential-provider-linux-arm64":
    "1980e3a038cb16da48a137743b31fb81de6c0b59fa06c206c2bc20ce0a52f849",
  // pkg/assets/assetdata/cni-1.6.yaml:8
  "https://github.com/containernetworking/plugins/releases/download/v1.6.2/cni-plugins-linux-amd64-v1.6.2.tgz":
    "b8e811578fb66023f90d2e238d80cec3bdfca4b44049af74c374d4fae0f9c090",
  // pkg/assets/assetdata/cni-1.6.yaml:10
  "https://github.com/containernetworking/plugins/releases/download/v1.6.2/cni-plugins-linux-arm64-v1.6.2.tgz":
    "01e0e22acc7f7004e4588c1fe1871cc86d7ab562cd858e1761c4641d89ebfaa4",
  // pkg/assets/assetdata/containerd-2.2.yaml:28
  "https://github.com/containerd/containerd/releases/download/v2.2.4/containerd-2.2.4-linux-amd64.tar.gz":
    "62e77f6294e432dca5b56ad7e7d6085b5bbb526ebba0a51d832714f9b04cfdfd",
  // pkg/assets/assetdata/containerd-2.2.yaml:30
  "https://github.com/containerd/containerd/releases/download/v2.2.4/containerd-2.2.4-linux-arm64.tar.gz":
    "d0897c8e27c96a7b7d4c73e9b278ea9f559dda619d497d88b323a528bd1412c3",
  // pkg/assets/assetdata/runc-1.3.yaml:43
  "https://github.com/opencontainers/runc/releases/download/v1.3.5/runc.amd64":
    "66fa8390be8fb3b23dfbb60c767368bb5b51f1acfa88692bbff1a82953d4d9e9",
  // pkg/assets/assetdata/runc-1.3.yaml:45
  "https://github.com/opencontainers/runc/releases/download/v1.3.5/runc.arm64":
    "bd843d75a788e612c9df286b1fa519a44fcbb7a7b8d01e2268431433cc7c718c",
};
