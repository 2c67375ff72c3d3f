/** Random inputs: golden ones, changed at a few places by what the schema allows, by values that look right, and by junk. */
import { isFields } from "../../provider/src/encode/fields";
import { schemaShape, type ObjectShape, type TypeShape } from "../../provider/src/schema/shape.gen";
import { clusterToken } from "../../provider/src/model/tokens";
import { goldenCaseNames, goldenInputs } from "../golden/cases";
import { isInKopsTerms, kopsSections, randomKopsSpec } from "./kopsFields";

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What an output of a program looks like to pure code, with the value that it has in the end. */
export interface FakeOutput {
  readonly __pulumiOutput: true;
  readonly value: unknown;
}

const long = "x".repeat(5000);
const junk: readonly unknown[] = [
  ...[null, undefined, true, false, 0, -1, 1, 0.5, Number.NaN, Infinity, 2 ** 31, 2 ** 53, -(2 ** 40)],
  ...[
    "",
    " ",
    "\n",
    "a\nb",
    "\u0000",
    "\ud800",
    "é",
    "🦊",
    "'",
    '"',
    "${x}",
    "$(id)",
    "../..",
    ":",
    "a: b",
    "- a",
    "~",
    long,
  ],
  ...["0.0.0.0/0", "10.0.0.0/8", "172.20.0.0/28", "100.64.0.0/10", "::/0", "1.2.3.4", "999.0.0.0/16", "172.20.0.0/30"],
  ...[
    "us-east-1a",
    "us-east-1b",
    "eu-west-1c",
    "us-iso-east-1a",
    "us-east-1",
    "1.35.5",
    "1.99.0",
    "0.37.0",
    "v1",
    "1.2",
  ],
  ...[
    "m5.large",
    "m7g.large",
    "g5.xlarge",
    "x",
    "ami-1",
    "ssm:/a",
    "gp2",
    "io1",
    "io2",
    "st1",
    "500m",
    "1Gi",
    "10%",
    "5m",
  ],
  ...["arn:aws:iam::aws:policy/X", "arn:aws:kms:us-east-1:123456789012:key/a", "sg-1", "vpc-1", "subnet-1", "Never"],
  ...["__proto__", "constructor", "toString", "default", "nodes", "bastions", "control-plane-us-east-1a", "a.b", "a/b"],
  ...['{"Statement":[]}', '{"Statement":{"Effect":"Allow","Action":"*","Resource":["*"],"Condition":null}}'],
  ...[
    "@daily",
    "0 9 * * 1-5",
    "memory.available<5%",
    "s3://bucket/prefix",
    "s3://",
    "https://localhost:6443",
    "example.com",
  ],
  ...[[], {}, [null], [[]], [undefined], { a: null }, { a: {} }, [{}], { "": "" }, { __proto__: null }, new Date(0)],
  ...[() => 1, Symbol.iterator, 10n, { __pulumiOutput: true, value: null }],
];

/** Values that rules accept, by the name of the property. */
const plausible: Readonly<Record<string, readonly unknown[]>> = {
  additionalSecurityGroupIds: [["sg-1"], ["sg-1", "sg-2"]],
  additionalUserData: [[{ name: "a.sh", type: "text/x-shellscript", content: "#!/bin/sh\necho 1" }]],
  architectures: [["amd64"], ["arm64"], ["amd64", "arm64"]],
  budgets: [[{ nodes: "10%" }], [{ nodes: "0", schedule: "0 9 * * mon-fri", duration: "8h" }]],
  capacityTypes: [["spot"], ["on-demand", "reserved"]],
  chart: ["oci://registry.example.com/karpenter", "./charts"],
  cidr: ["10.0.0.0/16", "172.20.0.0/20", "172.20.32.0/19", "10.0.0.0/24"],
  consolidateAfter: ["5m", "Never"],
  content: ["text", "#cloud-config\n", "x".repeat(7000)],
  endpoint: ["http://127.0.0.1:5000", "https://localhost:6443", `https://h/${"p".repeat(400)}`],
  expireAfter: ["720h", "Never"],
  evictionHard: ["memory.available<5%"],
  featureGates: [{ ImageVolume: "true" }, { SpotToSpotConsolidation: true }],
  id: ["subnet-1"],
  image: ["ami-0123456789abcdef0", "ubuntu-arm64", "ssm:/a/b"],
  images: [["ami-1"], ["ubuntu-amd64", "ssm:/x"]],
  inlinePolicy: [
    '{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}',
    '{"Statement":[{"Effect":"Deny","Action":["b","a"],"Resource":["*"],"Condition":{"Bool":{"x":[true,1]}}}]}',
    '{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":null}}',
    '{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"Bool":null}}}',
  ],
  instanceType: ["t3.large", "m7g.large"],
  instanceTypes: [["m5.large", "c5.large"], ["m7g.large"], ["g5.xlarge"]],
  iops: [3000, 4000, 100],
  kmsKeyArn: ["arn:aws:kms:us-east-1:123456789012:key/a"],
  kubernetesVersion: ["1.34.0", "1.36.1"],
  labels: [{ team: "web" }, { "example.com/a": "" }],
  limits: [{ cpu: "10" }, { nodes: "5" }],
  lifetimeHours: [1, 87600],
  maxSize: [1, 5],
  minSize: [0, 2],
  name: ["a", "worker-b", "x.y"],
  namespace: ["default", "team-a"],
  nodeGroups: [{ a: {}, b: { minSize: 1 } }, { __proto__: {} }],
  nodePools: [{ spot: {}, fixed: { replicas: 2 } }, { p: { weight: 5 } }],
  policyArns: [["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]],
  replicas: [0, 1, 3],
  requirements: [[{ key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["3"] }]],
  secretAccessKey: ["key", "k".repeat(500)],
  accessKeyId: ["id", "i".repeat(500)],
  serviceAccountRoles: [
    [{ namespace: "a", name: "b", inlinePolicy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }],
    [{ namespace: "a", name: "b", policyArns: ["arn:aws:iam::aws:policy/X"] }],
    [
      {
        namespace: "a",
        name: "b",
        inlinePolicy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":null}}',
      },
    ],
  ],
  size: [20, 128, 500],
  sshPublicKey: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGR3 me", "ssh-rsa AAAAB3NzaC1yc2E"],
  stateStoreAccess: [
    { endpoint: "http://127.0.0.1:5000", accessKeyId: "id", secretAccessKey: "key" },
    { endpoint: "https://h", region: "r", accessKeyId: "i".repeat(500), secretAccessKey: "k".repeat(500) },
    { endpoint: "https://h", accessKeyId: long, secretAccessKey: long },
  ],
  stateStore: ["s3://bucket", "s3://bucket/a/b"],
  discoveryStore: ["s3://oidc", "s3://bucket/oidc", `s3://oidc/${"d".repeat(500)}`],
  subnets: [[{ zone: "us-east-1a" }], [{ zone: "us-east-1a", cidr: "172.20.0.0/20" }, null], [{ cidr: "10.0.0.0/20" }]],
  tags: [{ team: "web" }, Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, ""]))],
  taints: [[{ key: "gpu", effect: "NoSchedule" }]],
  throughput: [125, 500],
  timeoutSeconds: [1, 900],
  type: ["gp2", "gp3", "io1", "io2", "text/cloud-config"],
  values: [{ settings: { a: null, list: [1, null, { b: undefined }] } }, { replicas: 4, controller: [], x: "é\n" }],
  vpcId: ["vpc-1"],
  weight: [1, 100],
  zone: ["us-east-1a", "us-east-1b", "example.com", "Z0123456789"],
  zones: [["us-east-1a"], ["us-east-1a", "us-east-1b", "us-east-1c"], ["eu-west-1a"], []],
};

/** One input, and whether its outputs are to be looked into. */
export function randomInput(seed: number, index: number): unknown {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) ^ index);
  const names = goldenCaseNames();
  const base: unknown = random() < 0.03 ? pick(random, junk) : goldenInputs(pick(random, names));
  const inputs = copy(base);
  const changes = Math.floor(random() * 8);
  for (let change = 0; change < changes; change++) {
    changeSomewhere(inputs, schemaShape.components[clusterToken]?.inputs ?? {}, random);
  }
  return inputs;
}

/** Goes down the schema at random, and changes the value of one property; much of what can be set is in kOps's own terms. */
function changeSomewhere(value: unknown, shape: ObjectShape, random: () => number): void {
  if (!isFields(value)) return;
  if (random() < 0.03) {
    const key = pick(random, ["zonez", "amiFamily", "__proto__", "x y", long]);
    // An own property, as JSON has it: assigned, __proto__ would change the object's prototype.
    Object.defineProperty(value, key, {
      value: pick(random, junk),
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return;
  }
  const names = Object.keys(shape);
  const own = names.find((name) => kopsSections.includes(name));
  const key = own !== undefined && random() < 0.25 ? own : pick(random, names);
  const slot = shape[key];
  if (slot === undefined) return;
  const inner = value[key];
  if (inner !== undefined && random() < 0.6 && goDown(inner, slot.type, random)) return;
  Object.assign(value, { [key]: newValue(key, slot.type, random, 0) });
}

function goDown(value: unknown, type: TypeShape, random: () => number): boolean {
  if (typeof type === "string" || "enum" in type) return false;
  if ("object" in type) {
    if (isFields(value) && isInKopsTerms(type.object)) Object.assign(value, randomKopsSpec(type.object, random));
    else changeSomewhere(value, schemaShape.objects[type.object] ?? {}, random);
    return isFields(value);
  }
  const slot = "array" in type ? type.array : type.map;
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value);
  if (keys.length === 0) return false;
  const key = pick(random, keys);
  const element = (value as Record<string, unknown>)[key];
  if (random() < 0.7 && goDown(element, slot.type, random)) return true;
  (value as Record<string, unknown>)[key] = newValue(key, slot.type, random, 0);
  return true;
}

function newValue(key: string, type: TypeShape, random: () => number, depth: number): unknown {
  const chance = random();
  if (chance < 0.25) return pick(random, junk);
  const value =
    chance < 0.75
      ? pick(random, plausible[key] ?? [ofType(key, type, random, depth)])
      : ofType(key, type, random, depth);
  return random() < 0.1 ? ({ __pulumiOutput: true, value } satisfies FakeOutput) : value;
}

function ofType(key: string, type: TypeShape, random: () => number, depth: number): unknown {
  if (typeof type === "string") {
    switch (type) {
      case "string":
        return pick(random, [...(plausible[key] ?? []), ...junk.filter((each) => typeof each === "string")]);
      case "integer":
      case "number":
        return pick(random, [0, 1, 2, 3, 8, 64, 100, 3000, -1, 2 ** 31, 2 ** 53]);
      case "boolean":
        return random() < 0.5;
      case "any":
        return pick(random, junk);
    }
  }
  if ("enum" in type) return pick(random, schemaShape.enums[type.enum] ?? []);
  const count = Math.floor(random() * 3);
  if ("array" in type) {
    return Array.from({ length: count }, () => newValue(key, type.array.type, random, depth + 1));
  }
  if ("map" in type) {
    const keys = ["a", "web", "cpu", "nodes", "example.com/x", "Name", "A B", "__proto__", "kubernetes.io/arch"];
    return Object.fromEntries(
      Array.from({ length: count }, () => [pick(random, keys), newValue(key, type.map.type, random, depth + 1)]),
    );
  }
  if (isInKopsTerms(type.object) && random() < 0.9) return randomKopsSpec(type.object, random);
  const fields = Object.entries(schemaShape.objects[type.object] ?? {});
  const chosen = fields.filter(([, slot]) => slot.required || random() < 2 / (fields.length + depth * 4));
  return Object.fromEntries(chosen.map(([name, slot]) => [name, newValue(name, slot.type, random, depth + 1)]));
}

function pick<T>(random: () => number, values: readonly T[]): T {
  return copy(values[Math.floor(random() * values.length)]) as T;
}

/** Later changes are made in place, and must not reach what others are picked from. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
}
