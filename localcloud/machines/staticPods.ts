import * as fs from "node:fs";
import { parse } from "yaml";
import type { Root } from "./root";

interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
  }[];
}

/** What a static pod's first container runs. */
export interface StaticPod {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const MANIFESTS = "/etc/kubernetes/manifests";

/** The static pods that nodeup left, by name. */
export function staticPods(root: Root, nodeName: string): Map<string, StaticPod> {
  const pods = staticPodManifests(root).map((manifest) => podOf(manifest, nodeName));
  return new Map(pods.map((pod) => [pod.name, pod]));
}

/** Their manifests as text. */
export function staticPodManifests(root: Root): readonly string[] {
  if (!root.has(MANIFESTS)) return [];
  const files = fs.readdirSync(root.path(MANIFESTS)).sort();
  return files.map((file) => root.read(`${MANIFESTS}/${file}`));
}

function podOf(manifest: string, nodeName: string): StaticPod {
  const { metadata, spec } = parse(manifest) as { metadata: { name: string }; spec: { containers: Container[] } };
  const container = spec.containers[0];
  if (container === undefined) throw new Error(`static pod ${metadata.name} has no container`);
  const all = [...(container.command ?? []), ...(container.args ?? [])];
  // Kubernetes' images start everything through a program that only copies the output to a file.
  const command =
    all[0] === "/go-runner"
      ? all.slice(1).filter((each, index, rest) => !isRunnerFlag(each, rest.slice(0, index)))
      : all;
  const env: Record<string, string> = {};
  for (const { name, value, valueFrom } of container.env ?? []) {
    env[name] = value ?? (valueFrom?.fieldRef?.fieldPath === "spec.nodeName" ? nodeName : "");
  }
  const expand = (text: string): string => text.replace(/\$\(([A-Z_]+)\)/g, (all_, name: string) => env[name] ?? all_);
  return { name: metadata.name, command: command.map(expand), env };
}

function isRunnerFlag(word: string, before: readonly string[]): boolean {
  return before.every((each) => each.startsWith("--")) && word.startsWith("--");
}
