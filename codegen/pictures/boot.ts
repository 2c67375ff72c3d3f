// How a cluster boots, as a sequence: who does what to whom, from `pulumi up` to the first worker.
import { box, ink, line, picture, text } from "./svg";

const actors = ["Pulumi", "S3 stores", "Control-plane node", "Kubernetes API", "Karpenter", "Worker node"] as const;
type Actor = (typeof actors)[number];

interface Step {
  readonly from: Actor;
  /** Itself: something that it does alone. */
  readonly to: Actor;
  readonly lines: readonly string[];
}

interface Phase {
  readonly title: string;
  readonly steps: readonly Step[];
}

const phases: readonly Phase[] = [
  {
    title: "Infrastructure",
    steps: [
      { from: "Pulumi", to: "Pulumi", lines: ["network, roles, keys,", "load balancer"] },
      { from: "Pulumi", to: "S3 stores", lines: ["every file"] },
      { from: "Pulumi", to: "Control-plane node", lines: ["Auto Scaling group starts it, with user data"] },
    ],
  },
  {
    title: "Control plane",
    steps: [
      {
        from: "Control-plane node",
        to: "Control-plane node",
        lines: ["user data fetches nodeup", "and checks its SHA-256"],
      },
      { from: "Control-plane node", to: "S3 stores", lines: ["nodeup reads config, keys"] },
      {
        from: "Control-plane node",
        to: "Control-plane node",
        lines: ["containerd, kubelet;", "static pods: etcd, API, …"],
      },
      { from: "Control-plane node", to: "Kubernetes API", lines: ["channels applies addons"] },
      { from: "Pulumi", to: "Kubernetes API", lines: ["ApiReadiness asks /readyz until the API is ready"] },
    ],
  },
  {
    title: "Karpenter",
    steps: [
      { from: "Pulumi", to: "Kubernetes API", lines: ["Helm: karpenter-crd, then karpenter"] },
      { from: "Pulumi", to: "Kubernetes API", lines: ["EC2NodeClass and NodePools of each node group"] },
    ],
  },
  {
    title: "Workers, whenever pods need them",
    steps: [
      { from: "Karpenter", to: "Kubernetes API", lines: ["sees a pending pod"] },
      { from: "Karpenter", to: "Worker node", lines: ["starts an instance with", "the bootstrap script"] },
      {
        from: "Worker node",
        to: "Control-plane node",
        lines: ["nodeup asks kops-controller (port 3988) for certificates"],
      },
      { from: "Worker node", to: "Kubernetes API", lines: ["the kubelet registers the node"] },
    ],
  },
];

const size = { margin: 28, column: 184, head: 34, top: 92, phase: 42, step: 30, line: 16, foot: 26 };

const center = (actor: Actor): number => size.margin + size.column * (actors.indexOf(actor) + 0.5);

function heightOf({ from, to, lines }: Step): number {
  return from === to ? size.step + lines.length * size.line : size.step + (lines.length - 1) * size.line + 12;
}

/** An arrow with its words above it, or words beside a loop. */
function drawStep({ from, to, lines }: Step, number: number, y: number): readonly string[] {
  const [start, end] = [center(from), center(to)];
  const words = lines.map((each, index) => (index === 0 ? `${String(number)}. ${each}` : each));
  if (from === to) {
    const bottom = y + 12 + lines.length * size.line;
    const loop = `M${String(start)} ${String(y + 10)} h16 v${String(bottom - y - 14)} h-14`;
    const left = start + 22;
    return [
      line(loop),
      ...words.map((each, index) => text(left, y + 20 + index * size.line, each, { halo: ink.page, size: 11 })),
    ];
  }
  const middle = (start + end) / 2;
  const arrow = y + 14 + (lines.length - 1) * size.line + 8;
  const inset = start < end ? -2 : 2;
  return [
    ...words.map((each, index) =>
      text(middle, y + 14 + index * size.line, each, { anchor: "middle", halo: ink.page, size: 11 }),
    ),
    line(`M${String(start)} ${String(arrow)} H${String(end + inset)}`),
  ];
}

function drawActors(y: number): readonly string[] {
  return actors.flatMap((actor) => [
    box({ x: center(actor) - size.column / 2 + 12, y, width: size.column - 24, height: size.head }),
    text(center(actor), y + 22, actor, { anchor: "middle", bold: true, size: 13 }),
  ]);
}

export function drawBoot(): string {
  const width = size.margin * 2 + size.column * actors.length;
  const drawn: string[] = [];
  let y = size.top + size.head + 10;
  let number = 0;
  for (const { title, steps } of phases) {
    drawn.push(
      box(
        { x: size.margin, y: y + 6, width: width - size.margin * 2, height: 24 },
        { fill: "#e4e7eb", stroke: "none", radius: 4 },
      ),
    );
    drawn.push(text(size.margin + 12, y + 22, title, { bold: true, size: 12 }));
    y += size.phase;
    for (const step of steps) {
      number += 1;
      drawn.push(...drawStep(step, number, y));
      y += heightOf(step);
    }
    y += 8;
  }
  const lifelines = actors.map((actor) => {
    const x = String(Math.round(center(actor)));
    return line(`M${x} ${String(size.top + size.head)} V${String(y)}`, {
      arrow: false,
      dashed: true,
      color: ink.frame,
    });
  });
  return picture(
    { width, height: y + size.foot },
    {
      title: "How a cluster boots",
      description: phases
        .flatMap(({ steps }) => steps)
        .map(({ from, to, lines }) => `${from}${from === to ? "" : ` to ${to}`}: ${lines.join(" ")}`)
        .join(". "),
    },
    [
      text(size.margin, 40, "How a cluster boots", { bold: true, size: 17 }),
      text(
        size.margin,
        62,
        "From pulumi up to the first worker. pulumi up ends after step 10; workers come and go without it.",
        { color: ink.quiet, size: 13 },
      ),
      ...lifelines,
      ...drawn,
      ...drawActors(size.top),
    ],
  );
}
