/** The listing of `kops update cluster` without --yes, as data (kops v1.36.2 upup/pkg/fi/dryrun_target.go:150). */

export type Action = "create" | "modify" | "delete";

export interface Change {
  readonly action: Action;
  /** For example `LaunchTemplate/control-plane-us-east-1a.masters.c.example.com`. */
  readonly task: string;
  /** What is said of each field; empty for a deletion. */
  readonly fields: Readonly<Record<string, string>>;
}

const headings: readonly [RegExp, Action][] = [
  [/^Will create resources:/, "create"],
  [/^Will modify resources:/, "modify"],
  [/^Items will be deleted (only when|during)/, "delete"],
];

export function parseDryRun(listing: string): Change[] {
  const changes: { action: Action; task: string; fields: Record<string, string> }[] = [];
  let action: Action | undefined;
  let field: string | undefined;
  for (const line of listing.split("\n")) {
    const heading = headings.find(([pattern]) => pattern.test(line));
    const current = changes.at(-1);
    if (heading !== undefined) {
      action = heading[1];
    } else if (action !== undefined && /^ {2}\S/.test(line)) {
      const task = action === "delete" ? line.trim().replace(/\s+/, "/") : line.trim();
      changes.push({ action, task, fields: {} });
      field = undefined;
    } else if (current !== undefined && line.startsWith("  \t")) {
      const [name = "", ...text] = line.slice(3).split("\t");
      if (name.trim() !== "") field = name.trim();
      if (field !== undefined) {
        const before = current.fields[field];
        current.fields[field] = before === undefined ? text.join("\t").trim() : `${before}\n${text.join("\t")}`;
      }
    } else if (/^\S/.test(line)) {
      // A closing remark; a listing without a heading has none of ours.
      action = undefined;
    }
  }
  if (changes.length === 0 && !listing.includes("No changes need to be applied")) {
    throw new Error(`kOps listed no changes and did not say so:\n${listing}`);
  }
  return changes;
}

/**
 * Without what kOps says of every group with a warm pool, in its own clusters too: it compares the pool as a part of the
 * group, but does not look for it there (kops v1.36.2 upup/pkg/fi/cloudup/awstasks/autoscalinggroup.go:106). The pool itself
 * is compared as a task of its own.
 */
export function besideWarmPools(changes: readonly Change[]): Change[] {
  return changes.flatMap((change) => {
    const { WarmPool: pool, ...fields } = change.fields;
    const isOfGroup = change.task.startsWith("AutoscalingGroup/") && pool?.startsWith("<nil> -> name:") === true;
    if (!isOfGroup) return [change];
    return Object.keys(fields).length === 0 ? [] : [{ ...change, fields }];
  });
}

interface Allowance {
  readonly task: RegExp;
  readonly fields: readonly string[];
  /** The only text allowed, where not any is. */
  readonly text?: RegExp;
  readonly why: string;
}

/** What may differ between a cluster of the component and kOps's own. It may only shrink. */
export const allowances: readonly Allowance[] = [
  { task: /^LaunchTemplate\//, fields: ["UserData"], why: "the bootstrap script is our own text" },
  {
    task: /^LaunchTemplate\//,
    fields: ["IPv6AddressCount"],
    text: /<nil> -> 0$/,
    why: "Pulumi's provider sends no zero",
  },
  { task: /^ManagedFile\/nodeupscript-/, fields: ["Contents"], why: "the bootstrap script is our own text" },
  { task: /^AddonManifest\/.+-addons-karpenter\.sh-/, fields: ["Location"], why: "Karpenter comes from its chart" },
  { task: /^BootstrapChannel\//, fields: ["Contents"], why: "it lists the addon of Karpenter" },
  {
    task: /^IAMRolePolicy\/karpenter\.kube-system\.sa\./,
    fields: ["PolicyDocument"],
    why: "Karpenter's permissions are scoped to the cluster, unless karpenter.policy says otherwise",
  },
];

/** The changes that nothing allows, a line each. */
export function unexpected(changes: readonly Change[]): string[] {
  return changes.flatMap(({ action, task, fields }) => {
    const allowed = allowances.filter((each) => each.task.test(task));
    if (action === "delete" || allowed.length === 0) return [`${action} ${task} ${JSON.stringify(fields)}`];
    const others = Object.entries(fields).filter(
      ([field, text]) => !allowed.some((each) => each.fields.includes(field) && (each.text?.test(text) ?? true)),
    );
    return others.map(([field, text]) => `${action} ${task} ${field}: ${text}`);
  });
}
